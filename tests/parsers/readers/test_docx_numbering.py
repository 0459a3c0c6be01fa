"""Numbers that come from lists are part of the text, as Word prints them."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.document import Line
from parsers.readers.docx.numerals import MOST, number_to_text
from workers.corpus.docx import NAMESPACES, package, paragraph

WRITTEN = (
    ("chineseCounting", {1: "一", 10: "十", 12: "十二", 20: "二十", 21: "二十一", 105: "一百零五", 110: "一百一十"}),
    ("chineseCountingThousand", {11: "十一", 1001: "一千零一", 0: "〇"}),
    ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
    ("chineseLegalSimplified", {1: "壹", 12: "壹拾贰"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("ideographZodiac", {1: "子", 12: "亥"}),
    ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "21"}),
    ("decimalEnclosedCircle", {3: "③"}),
    ("decimalEnclosedParen", {2: "⑵"}),
    ("decimalEnclosedFullstop", {2: "⒉"}),
    ("ideographEnclosedCircle", {2: "㊁"}),
    ("decimalFullWidth", {12: "１２"}),
    ("decimalZero", {3: "03", 12: "12"}),
    ("upperLetter", {1: "A", 27: "AA"}),
    ("lowerLetter", {2: "b"}),
    ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
    ("lowerRoman", {0: "0", 9: "ix"}),
    ("none", {1: ""}),
    ("decimal", {7: "7"}),
    ("hebrew1", {7: "7"}),
    ("chineseCounting", {MOST + 1: "10000", -1: "-1"}),
)


@pytest.mark.parametrize(("style", "cases"), WRITTEN)
def test_every_format_writes_its_numbers(style: str, cases: dict[int, str]) -> None:
    assert {number: number_to_text(number, style) for number in cases} == cases


def level(number: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


THREE = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
BY_STYLE = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="heading">'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="child"><w:basedOn w:val="heading"/></w:style></w:styles>'
)


def numbering(definition: str, *instances: str) -> str:
    numbers = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/>{inside}</w:num>'
        for i, inside in enumerate(instances or ("",), 1)
    )
    first = f'<w:abstractNum w:abstractNumId="0">{definition}</w:abstractNum>'
    return f"<w:numbering {NAMESPACES}>{first}{numbers}</w:numbering>"


def item(level: int, text: str = "甲", list_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def printed(body: str, numbers: str, styles: str | None = None) -> list[str]:
    parts = {"numbering": numbers} | ({"styles": styles} if styles else {})
    return [b.text for b in parsers.read(package(body, parts)).blocks if isinstance(b, Line)]


def test_deeper_levels_begin_anew_under_each_item() -> None:
    levels = (0, 1, 2, 2, 1, 2, 0, 1)
    found = printed("".join(item(n, "") for n in levels), numbering(THREE))
    assert found == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_a_number_may_hold_those_above_it_and_legal_style_writes_them_in_digits() -> None:
    definition = level(0, "chineseCounting", "第%1条") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert printed(item(0) + item(1) + item(1), numbering(definition)) == ["第一条甲", "1.1甲", "1.2甲"]


def test_a_list_begins_at_its_start_and_an_override_begins_it_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbers = numbering(level(0, "decimal", "%1、", start=3), "", override, "")
    body = item(0) + item(0) + item(0, list_id=2) + item(0, list_id=2) + item(0, list_id=3)
    assert printed(body, numbers) == ["3、甲", "4、甲", "5、甲", "6、甲", "7、甲"]


def test_an_override_may_print_a_level_in_another_way() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    assert printed(item(0, list_id=2), numbering(THREE, "", override)) == ["A)甲"]


@pytest.mark.parametrize(("restart", "last"), [("0", "3."), ("1", "3."), ("2", "1.")])
def test_a_level_restarts_after_the_level_it_names(restart: str, last: str) -> None:
    definition = (
        level(0, "decimal", "")
        + level(1, "decimal", "")
        + level(2, "decimal", "%3.", f'<w:lvlRestart w:val="{restart}"/>')
    )
    assert printed(item(2, "") + item(2, "") + item(1, "") + item(2, ""), numbering(definition))[-1] == last


def test_a_style_makes_list_items_and_zero_ends_the_list() -> None:
    styled = paragraph("总体情况", '<w:pStyle w:val="child"/>')
    without = paragraph("正文", '<w:pStyle w:val="child"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert printed(styled + without + styled, numbering(THREE), BY_STYLE) == ["一、总体情况", "正文", "二、总体情况"]


def test_bullets_and_hidden_numbers_are_no_text() -> None:
    definition = level(0, "bullet", "\uf06c") + level(1, "decimal", "%2.", "<w:rPr><w:vanish/></w:rPr>")
    assert printed(item(0) + item(1), numbering(definition)) == ["甲", "甲"]


def test_a_figure_that_slipped_into_a_list_keeps_its_value_and_is_told() -> None:
    body = item(0, "5") + item(0, "5件")
    document = parsers.read(package(body, {"numbering": numbering(level(0, "decimal", "%1."))}))
    assert [b.text for b in document.blocks if isinstance(b, Line)] == ["5", "2. 5件"]
    assert [problem.code for problem in document.problems] == ["LIST_NUMBER"]


def test_a_list_that_is_not_defined_numbers_nothing() -> None:
    assert printed(item(0, list_id=9) + item(8), numbering(THREE)) == ["甲", "甲"]
