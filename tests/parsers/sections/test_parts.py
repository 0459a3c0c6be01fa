"""The five parts of section one."""

from __future__ import annotations

import pytest

from parsers.editions import EDITIONS
from parsers.model.document import Place
from parsers.sections.parts import lines_to_parts

FIVE = ["proactive", "on_request", "information_management", "platform", "supervision"]
NAMES = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
NUMBERS = "一二三四五"


def parts(*lines: str) -> dict[str, str]:
    found = lines_to_parts(tuple((line, Place(line=n)) for n, line in enumerate(lines, 1)), EDITIONS[-1].parts)
    return {name: part.text for name, part in found.items()}


@pytest.mark.parametrize("form", ["（{no}）{name}情况", "({no}){name}。", "{no}是{name}。", "{n}.{name}：", "{name}"])
def test_all_five_are_found_in_every_numbering(form: str) -> None:
    heads = [form.format(no=NUMBERS[i], n=i + 1, name=name) for i, name in enumerate(NAMES)]
    found = parts(*[line for head in heads for line in (head, "正文一句，没有小标题。")])
    assert (list(found), set(found.values())) == (FIVE, {"正文一句，没有小标题。"})


def test_text_on_the_line_of_the_heading_belongs_to_the_part() -> None:
    assert parts("（一）主动公开情况。全年公开168条。", "又一段。") == {"proactive": "全年公开168条。\n又一段。"}


def test_a_list_inside_a_part_is_no_new_part() -> None:
    lines = (
        "（一）主动公开。",
        "一是监督保障有力。",
        "（二）依申请公开。",
        "二是平台建设。",
        "（五）监督保障。",
        "完。",
    )
    assert list(parts(*lines)) == ["proactive", "on_request", "supervision"]


def test_a_section_without_parts_has_none() -> None:
    assert parts("全年工作有序推进，没有分项。") == {}


def test_parts_run_together_in_one_paragraph_are_told_apart() -> None:
    line = "（一）主动公开2023年公开政府信息168条。（二）依申请公开。未收到申请。(三)政府信息管理情况。先审后发。"
    assert parts(line) == {
        "proactive": "2023年公开政府信息168条。",
        "on_request": "未收到申请。",
        "information_management": "先审后发。",
    }


def test_a_heading_broken_over_two_lines_is_one_heading() -> None:
    lines = ("（一）主动公开。", "公开168条。", "（二）政府信息公", "开平台建设情况。改版专栏，", "新增入口。")
    assert parts(*lines) == {"proactive": "公开168条。", "platform": "改版专栏，\n新增入口。"}


def test_a_heading_that_names_two_parts_opens_both() -> None:
    found = parts("（一）主动公开情况", "公开168条。", "（二）政府信息管理和平台建设情况", "改版专栏。")
    assert found == {"proactive": "公开168条。", "information_management": "改版专栏。", "platform": "改版专栏。"}


def test_management_of_a_platform_is_no_management_of_information() -> None:
    assert list(parts("（四）政府信息公开平台建设和管理情况", "改版专栏。")) == ["platform"]


def test_what_is_numbered_beside_the_five_ends_the_part_before_it() -> None:
    lines = ("（一）主动公开。", "公开168条。", "（二）教育培训。组织培训2次。", "（三）依申请公开。", "未收到。")
    assert parts(*lines) == {"proactive": "公开168条。", "on_request": "未收到。"}


def test_words_that_open_a_paragraph_are_its_heading() -> None:
    lines = ("主动公开方面，全年公开168条。", "在依申请公开方面，未收到申请。", "政府信息管理：先审后发。", "又一段。")
    assert parts(*lines) == {
        "proactive": "，全年公开168条。",
        "on_request": "，未收到申请。",
        "information_management": "先审后发。\n又一段。",
    }


def test_a_part_has_the_place_of_the_line_its_heading_stands_on() -> None:
    lines = (("总起。", Place(line=4)), ("（一）主动公开。公开168条。（二）依申请公开。无。", Place(line=5)))
    found = lines_to_parts(lines, EDITIONS[-1].parts)
    assert [(name, part.heading, part.place.line) for name, part in found.items()] == [
        ("proactive", "（一）主动公开。", 5),
        ("on_request", "（二）依申请公开。", 5),
    ]
