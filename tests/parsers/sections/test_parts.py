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
