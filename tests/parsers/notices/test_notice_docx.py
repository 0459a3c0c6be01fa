"""The Word file: an official document in its paragraphs, its fonts and its page, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import msgspec
import pytest
from lxml import etree

from parsers.model.outcome import Outcome
from parsers.notices.compose import notice_to_order, outcome_to_notice, with_drawn
from parsers.notices.docx import CHECKED_COLUMNS, COLUMNS, EPOCH, PARTS, notice_to_docx
from parsers.notices.drawn import Drawn
from parsers.notices.layout import item_to_facts
from tests.parsers.notices.notice_world import as_infos, drawn_of, outcome_of, with_findings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MILLIMETRE = 1440 / 25.4
TEXT_WIDTH = 156 * MILLIMETRE


def docx_of(outcome: Outcome, drawn: Drawn | None = None) -> bytes:
    notice = outcome_to_notice(outcome)
    return notice_to_docx(with_drawn(notice, notice_to_order(notice, outcome.report.source.kind), drawn), drawn)


def part(data: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def text_of(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Style and text of the paragraphs outside tables that say something."""
    found = part(data).iterfind(f"{W}body/{W}p")
    return [(p.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), text_of(p)) for p in found if text_of(p)]


def tables(data: bytes) -> list[list[list[str]]]:
    rows = ([[text_of(c) for c in r.iter(f"{W}tc")] for r in t.iter(f"{W}tr")] for t in part(data).iter(f"{W}tbl"))
    return list(rows)


TWO_FINDINGS = """\
DocTitle 关于澄湖县水务局2023年
DocTitle 政府信息公开工作年度报告核查情况的反馈
To 澄湖县水务局：
Body 经对照《中华人民共和国政府信息公开条例》第四十九条、第五十条和《中华人民共和国政府信息公开工作年度报告格式》\
（国办公开办函〔2021〕30号）核查，发现以下问题：
Level1 一、请更正的问题
Body 1. {errors[0].message}
Body {facts[0]}
Level1 二、请核实的问题
Body 2. {warnings[0].message}
Body {facts[1]}
Closing 请于　　　　年　　月　　日前核实更正、重新发布并反馈；\
逾期未整改的，将依据《条例》第四十七条予以督促整改或者通报批评。
Closing 附件：单元格截图
Signature （核查单位署名）
Signature 　　　　年　　月　　日
AnnexNumber 附件
DocTitle 单元格截图
Caption 第1项　表三“行政复议”行“总计”列（第2页）
Caption 第2项　表一“行政事业性收费”行“本年收费金额”列（第1页）
"""


def test_a_notice_of_two_findings_reads_like_this() -> None:
    lines = [f"{style} {text}\n" for style, text in paragraphs(docx_of(outcome_of(), drawn_of()))]
    notice = outcome_to_notice(outcome_of())
    assert "".join(lines) == TWO_FINDINGS.format(
        errors=notice.errors, warnings=notice.warnings, facts=[item_to_facts(item) for item in notice.items]
    )


def test_more_than_five_findings_stand_in_a_ruled_table() -> None:
    table = tables(docx_of(outcome_of("many")))[0]
    assert table[0] == ["序号", "位置", "填报", "核查结果", "依据", "要求"]
    errors = outcome_to_notice(outcome_of("many")).errors
    assert table[3] == [
        "3",
        "表二“一、本年新收政府信息公开申请数量”行“总计”列（第1页）",
        f"70对照：{errors[2].expected}",
        errors[2].result,
        "国办公开办函〔2021〕30号附件表二“总计”列",
        "请更正。",
    ]
    assert len(table) == 1 + len(errors)


def test_infos_stand_in_an_annex_of_their_own_before_the_pictures() -> None:
    infos = as_infos(outcome_of())
    mixed = with_findings(
        infos, (*outcome_of().findings.findings[:1], *infos.findings.findings[1:], *infos.findings.findings[:1])
    )
    drawn = msgspec.structs.replace(drawn_of(), pictures=drawn_of().pictures[:1])
    texts = [
        text for style, text in paragraphs(docx_of(mixed, drawn)) if style in {"Closing", "AnnexNumber", "DocTitle"}
    ]
    assert texts[3:] == [
        "附件：1. 供参考的事项",
        "　　　2. 单元格截图",
        *("附件1", "供参考的事项", "附件2", "单元格截图"),
    ]


def test_a_clean_report_is_confirmed_with_what_was_checked() -> None:
    clean = outcome_of("clean")
    data = docx_of(clean)
    assert ("Level1", "一、已核查的事项") in paragraphs(data)
    ((head, *rows),) = tables(data)
    assert head == ["事项", "相符"]
    assert ["表内勾稽关系", "42处"] in rows


@pytest.mark.parametrize(("is_drawn", "said"), [(True, "另有"), (False, "原件页面未能绘出")])
def test_pictures_that_are_not_there_are_told(is_drawn: bool, said: str) -> None:  # noqa: FBT001 - a row of data
    drawn = drawn_of("many") if is_drawn else None
    texts = [text for style, text in paragraphs(docx_of(outcome_of("many"), drawn)) if style == "Closing"]
    assert any(text.startswith(f"注：{said}") for text in texts)


def test_the_page_is_a4_with_the_margins_of_an_official_document() -> None:
    section = part(docx_of(outcome_of())).find(f"{W}body/{W}sectPr")
    size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    edges = {name: int(margins.get(f"{W}{name}")) / MILLIMETRE for name in ("top", "left", "right", "bottom")}
    assert edges == pytest.approx({"top": 37, "left": 28, "right": 26, "bottom": 35}, abs=0.02)
    width, height = (int(size.get(f"{W}{name}")) / MILLIMETRE for name in ("w", "h"))
    assert (width - edges["left"] - edges["right"]) == pytest.approx(156, abs=0.05)
    assert (height - edges["top"] - edges["bottom"]) == pytest.approx(225, abs=0.05)
    assert int(225 * MILLIMETRE / int(grid.get(f"{W}linePitch"))) == 22


def style_of(name: str) -> dict[str, str | None]:
    styles = part(docx_of(outcome_of()), "word/styles.xml")
    style = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == name)

    def value(path: str, attribute: str = "val") -> str | None:
        found = style.find(path.replace("/", f"/{W}").replace("w:", W))
        return None if found is None else found.get(f"{W}{attribute}")

    return {
        "font": value("w:rPr/rFonts", "eastAsia"),
        "size": value("w:rPr/sz"),
        "align": value("w:pPr/jc"),
        "indent": value("w:pPr/ind", "firstLineChars"),
        "free": value("w:pPr/ind", "rightChars"),
        "line": value("w:pPr/spacing", "line"),
        "rule": value("w:pPr/spacing", "lineRule"),
    }


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("Normal", {"line": "579", "rule": "exact"}),
        ("DocTitle", {"font": "方正小标宋简体", "size": "44", "align": "center"}),
        ("Body", {"indent": "200", "font": None}),
        ("Level1", {"font": "黑体", "indent": "200"}),
        ("Level2", {"font": "楷体_GB2312", "indent": "200"}),
        ("Signature", {"align": "right", "free": "400"}),
        ("PageNumber", {"font": "宋体", "size": "28"}),
    ],
)
def test_each_style_is_that_of_the_standard(name: str, facts: dict[str, str | None]) -> None:
    assert facts.items() <= style_of(name).items()


def test_plain_text_is_fangsong_of_the_third_size() -> None:
    defaults = part(docx_of(outcome_of()), "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults.find(f"{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert defaults.find(f"{W}sz").get(f"{W}val") == "32"


@pytest.mark.parametrize(("footer", "side"), [("footer1", "right"), ("footer2", "left")])
def test_the_page_number_stands_between_dashes_outside(footer: str, side: str) -> None:
    paragraph = part(docx_of(outcome_of()), f"word/{footer}.xml").find(f"{W}p")
    assert text_of(paragraph) == "— 1 —"
    assert paragraph.find(f"{W}pPr/{W}jc").get(f"{W}val") == side
    assert part(docx_of(outcome_of()), "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


@pytest.mark.parametrize("columns", [COLUMNS, CHECKED_COLUMNS])
def test_a_table_is_as_wide_as_the_text(columns: tuple[tuple[str, int], ...]) -> None:
    assert sum(width for _, width in columns) == pytest.approx(TEXT_WIDTH, abs=3)


def test_the_same_notice_gives_the_same_bytes_without_a_date() -> None:
    data = docx_of(outcome_of(), drawn_of())
    assert data == docx_of(outcome_of(), drawn_of())
    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    assert {entry.date_time for entry in entries} == {EPOCH}
    assert [entry.filename for entry in entries] == [
        *(name for name, _ in PARTS),
        *("word/media/item1.png", "word/media/item2.png"),
    ]


def test_every_part_that_is_named_is_there() -> None:
    data = docx_of(outcome_of(), drawn_of())
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    targets = [f"word/{node.get('Target')}" for node in part(data, "word/_rels/document.xml.rels")]
    overrides = [node.get("PartName")[1:] for node in part(data, "[Content_Types].xml") if node.get("PartName")]
    assert [name for name in (*targets, *overrides) if name not in names] == []


def test_what_xml_cannot_hold_is_replaced_and_what_it_means_escaped() -> None:
    finding = outcome_of().findings.findings[0]
    odd = msgspec.structs.replace(finding, message="填报\x00<w:p>&\ud800，请核实。")
    data = docx_of(with_findings(outcome_of(), (odd,)))
    assert any("填报\ufffd<w:p>&\ufffd，请核实。" in text for _, text in paragraphs(data))
