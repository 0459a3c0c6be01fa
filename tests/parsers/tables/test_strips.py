"""Lines and grid rows as strips of cells."""

from __future__ import annotations

import pytest

from parsers.model.document import Cell, Line, Place, Row, Table
from parsers.tables.strips import is_page_number, line_to_strip, table_to_strips


def cells(text: str) -> list[str]:
    return [token.text for token in line_to_strip(Line(text=text, place=Place(line=7))).tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章\t0\t\t3", ["规章", "0", "", "3"]),
        ("\t\t2.重复申请\t0", ["2.重复申请", "0"]),
        ("| 规章 | 0 | |", [" 规章 ", " 0 ", " "]),
        ("| --- | --- |", []),
        ("一、本年新收 21 0 0 21", ["一、本年新收", "21", "0", "0", "21"]),
        ("行政许可 3195", ["行政许可", "3195"]),
        ("行政 许可 3195", ["行政 许可", "3195"]),
        ("全年公开信息，共计 168", ["全年公开信息，共计 168"]),
        ("全年公开信息168条。", ["全年公开信息168条。"]),
        ("", []),
        ("   ", []),
        ("\t", ["\t"]),
    ],
)
def test_a_line_is_cut_where_its_producer_marked_cells(text: str, expected: list[str]) -> None:
    assert cells(text) == expected


def test_a_token_knows_the_line_and_column_where_its_text_begins() -> None:
    strip = line_to_strip(Line(text="规章\t15\t3", place=Place(line=7)))
    assert [(token.place.line, token.place.column) for token in strip.tokens] == [(7, 1), (7, 4), (7, 7)]


@pytest.mark.parametrize("text", ["- 3 -", "— 12 —", "第3页", "第 3 页，共 9 页", "3/9", "－３－"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(line_to_strip(Line(text=text, place=Place())))


@pytest.mark.parametrize("text", ["3", "-3", "第三条", "2023/2024学年", "1-3", "规章\t3"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(line_to_strip(Line(text=text, place=Place())))


def test_a_grid_row_of_one_cell_is_a_line_in_a_frame() -> None:
    def cell(text: str) -> Cell:
        return Cell(text=text, place=Place(page=1))

    rows = (Row(cells=(cell("正文"),)), Row(cells=(cell(""), cell(" "))), Row(cells=(cell("规章"), cell("0"))))
    strips = table_to_strips(Table(columns=2, rows=rows, place=Place(page=1)))
    assert [(strip.text, strip.ruled) for strip in strips] == [("正文", False), ("规章 0", True)]
