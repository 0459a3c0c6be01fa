"""The six headings, as agencies really print them."""

from __future__ import annotations

import pytest

from parsers.editions import EDITIONS
from parsers.model.document import Line, Place
from parsers.sections.outline import choose_headings, strips_to_printed_headings
from parsers.tables.strips import line_to_strip

SIX = ["overview", "proactive", "requests", "review_litigation", "problems", "other"]
HEADINGS = [section.heading for section in EDITIONS[-1].sections]


def found(*lines: str) -> list[str]:
    strips = tuple(line_to_strip(Line(text=text, place=Place(line=n))) for n, text in enumerate(lines, 1))
    return [heading.section for heading in choose_headings(strips_to_printed_headings(strips, EDITIONS[-1].sections))]


def lines_with(heading: str, index: int) -> list[str]:
    """All six headings with text between them, one of them replaced."""
    printed = [heading if i == index else official for i, official in enumerate(HEADINGS)]
    return [line for text in printed for line in (*text.split("\n"), "这里是正文。")]


VARIANTS = (
    (0, "一、概述"),
    (0, "总体情况"),
    (0, "1.总体情况"),
    (0, "第一部分 总体情况"),
    (1, "二、行政机关主动公开政府信息情况"),
    (2, "三、行政机关收到和处理政府信息公开申请情况"),
    (2, "三、收到和处理政府信息申请公开申请情况"),
    (2, "三 收到和处理政府信息公开申请情况"),
    (3, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    (3, "四、政府信息公开行政复议和行政诉讼情况"),
    (3, "四、政府信息公开行政复议、行\n政诉讼情况"),
    (4, "五、政府信息公开工作存在的主要问题及改进情况"),
    (4, "五、存在问题及改进措施"),
    (4, "五、政府信息公开工作存在不足及改进措施"),
    (4, "五、五、存在的主要问题及改进情况"),
    (4, "四、存在的主要问题及改进情况。"),
    (5, "六、其他需要报告事项"),
    (5, "六、其他需要报告的事项：无"),
    (5, "六、其他需要报告的事项 无其他事项。"),
    (5, "六、其它需要报告的事项"),
)


@pytest.mark.parametrize(("index", "heading"), VARIANTS)
def test_a_heading_is_known_by_its_words(index: int, heading: str) -> None:
    assert found(*lines_with(heading, index)) == SIX


def test_the_rows_of_table_two_are_no_headings() -> None:
    assert found("一、本年新收政府信息公开申请数量", "三、本年度办理结果", "四、结转下年度继续办理") == []


def test_a_part_of_section_one_is_no_section() -> None:
    lines = lines_with(HEADINGS[0], 0)
    lines.insert(1, "（一）政府信息主动公开情况")
    assert found(*lines) == SIX


def test_sections_that_are_numbered_in_brackets_are_sections() -> None:
    assert found(*[f"（{heading[0]}）{heading[2:]}" for heading in HEADINGS]) == SIX


def test_a_table_of_contents_gives_way_to_the_headings_themselves() -> None:
    contents = [f"{heading}……{n}" for n, heading in enumerate(HEADINGS)]
    lines = [*HEADINGS, *[line for heading in HEADINGS for line in (heading, "正文。")]]
    strips = tuple(line_to_strip(Line(text=text, place=Place(line=n))) for n, text in enumerate(lines))
    assert [
        heading.index for heading in choose_headings(strips_to_printed_headings(strips, EDITIONS[-1].sections))
    ] == [6, 8, 10, 12, 14, 16]
    assert found(*contents) == []


def test_a_sentence_that_names_a_section_is_no_heading() -> None:
    assert found("本报告由总体情况、主动公开政府信息情况等六个部分组成。", "总体情况良好") == []


def test_a_number_before_a_heading_belongs_to_the_table() -> None:
    assert found("3", "四、政府信息公开行政复议、行政诉讼情况") == ["review_litigation"]


def test_a_part_of_section_one_that_reads_like_section_two_is_not_it() -> None:
    lines = [line for text in HEADINGS for line in (text, "这里是正文。")]
    lines[1] = "1.主动公开政府信息的情况"
    strips = tuple(line_to_strip(Line(text=text, place=Place(line=n))) for n, text in enumerate(lines, 1))
    headings = choose_headings(strips_to_printed_headings(strips, EDITIONS[-1].sections))
    assert [heading.index for heading in headings if heading.section == "proactive"] == [2]


@pytest.mark.parametrize(
    ("line", "section", "rest"),
    [
        ("五、存在的主要问题及改进情况（一）存在问题：更新慢。", "problems", "（一）存在问题：更新慢。"),
        ("三、收到和处理政府信息公开申请情况（单位：件）", "requests", "（单位：件）"),
        ("一、总体情况(一)主动公开。公开168条。", "overview", "(一)主动公开。公开168条。"),
    ],
)
def test_a_bracket_behind_a_heading_begins_its_text(line: str, section: str, rest: str) -> None:
    strips = (line_to_strip(Line(text=line, place=Place(line=1))),)
    headings = choose_headings(strips_to_printed_headings(strips, EDITIONS[-1].sections))
    assert [(heading.section, heading.rest) for heading in headings] == [(section, rest)]
