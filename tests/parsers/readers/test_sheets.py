"""Workbooks, XLSX and XLS alike: cells with their addresses, blanks that stay blank, nothing hidden is read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from openpyxl.worksheet.cell_range import CellRange

import parsers
from parsers.model.document import Document, Line, Table
from parsers.model.errors import DocumentError
from parsers.model.report import Status
from parsers.readers import sheets
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, Grid, Spot, to_sheet
from workers.corpus.workbook import Leaf, on_one_sheet, tables_apart, to_xls, to_xlsx

MAKERS = (to_xlsx, to_xls)
SMALL = Grid((1, 1, 1), ((Spot("甲", 0, 2), Spot("乙", 2)), (Spot("子", 0), Spot("1", 1), Spot("2", 2))))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("make", MAKERS)
def test_a_cell_names_its_sheet_and_address_and_a_merge_begins_once(make: Callable[..., bytes]) -> None:
    (table,) = tables(parsers.read(make((Leaf("表一", ("标题", SMALL)),))))
    found = [[(c.text, c.place.path, c.column, c.column_span) for c in row.cells] for row in table.rows]
    assert found == [
        [("甲", "表一!A2", 0, 2), ("乙", "表一!C2", 2, 1)],
        [("子", "表一!A3", 0, 1), ("1", "表一!B3", 1, 1), ("2", "表一!C3", 2, 1)],
    ]
    assert table.place.path == "表一!A2:C3"


@pytest.mark.parametrize("make", MAKERS)
def test_a_row_that_says_one_thing_is_a_line_and_a_chosen_sheet_name_too(make: Callable[..., bytes]) -> None:
    document = parsers.read(
        make((Leaf("主动公开", ("二、主动公开政府信息情况", SMALL, "备注：无")), Leaf("Sheet2", ("完",))))
    )
    assert lines(document) == ["主动公开", "二、主动公开政府信息情况", "备注：无", "完"]


@pytest.mark.parametrize("make", MAKERS)
def test_blank_cells_are_blank_each_at_its_own_address(make: Callable[..., bytes]) -> None:
    blank = {("requests", "granted", c): "" for c in ("research_institution", "other_organization", "total")}
    blank |= {("review_litigation", "review", "total"): ""}
    report = parsers.assess(make(tables_apart(to_sheet("2021", written("2021"), Changes(cells=blank))))).report
    figures = [report.tables[table][row][column] for table, row, column in blank]
    assert [figure.status for figure in figures] == [Status.BLANK] * 4
    paths = [figure.place.path for figure in figures]
    assert paths == ["依申请公开!F6", "依申请公开!I6", "依申请公开!J6", "复议诉讼!E4"]


@pytest.mark.parametrize("make", MAKERS)
def test_an_empty_row_parts_two_tables(make: Callable[..., bytes]) -> None:
    found = tables(parsers.read(make((Leaf("表", (SMALL, "", SMALL)),))))
    assert [texts(table) for table in found] == [[["甲", "乙"], ["子", "1", "2"]]] * 2


def _hide_xlsx(book: Any) -> None:
    book.worksheets[0].row_dimensions[2].hidden = True
    book.worksheets[0].column_dimensions["B"].hidden = True
    book.worksheets[1].sheet_state = "veryHidden"


def _hide_xls(book: Any) -> None:
    book.get_sheet(0).row(1).hidden = 1
    book.get_sheet(0).col(1).hidden = 1
    book.get_sheet(1).visibility = 2


@pytest.mark.parametrize(("make", "hide"), [(to_xlsx, _hide_xlsx), (to_xls, _hide_xls)])
def test_hidden_rows_columns_and_sheets_are_left_out_and_told(
    make: Callable[..., bytes], hide: Callable[..., None]
) -> None:
    grid = Grid((1, 1, 1), tuple((Spot(f"行{i}", 0), Spot("7", 1), Spot("8", 2)) for i in range(3)))
    document = parsers.read(make((Leaf("甲", (grid,)), Leaf("乙", (grid,)), Leaf("丙", (SMALL,))), hide))
    assert texts(tables(document)[0]) == [["行0", "8"], ["行2", "8"]]
    assert lines(document) == ["甲", "丙"]
    assert [(p.code, p.place and p.place.path) for p in document.problems] == [
        ("HIDDEN_CELLS", "甲"),
        ("HIDDEN_SHEET", "乙"),
    ]


def _odd_xlsx(book: Any) -> None:
    page = book.worksheets[0]
    page["B2"], page["C2"] = "#REF!", "=1+1"
    page["B3"], page["C3"] = 58000, True
    page["B3"].number_format = '0!.0,"万"'


def test_an_error_an_uncounted_formula_and_a_scaled_number_are_never_blank_and_never_a_number() -> None:
    grid = Grid((1, 1, 1), tuple((Spot(f"行{i}", 0), Spot("7", 1), Spot("8", 2)) for i in range(3)))
    document = parsers.read(to_xlsx((Leaf("甲", (grid,)),), _odd_xlsx))
    assert texts(tables(document)[0])[1:] == [["行1", "#REF!", "=1+1"], ["行2", "58000", "TRUE"]]
    assert [(p.code, p.place and p.place.path) for p in document.problems] == [
        ("CELL_UNCLEAR", "甲!C2"),
        ("CELL_UNCLEAR", "甲!B3"),
    ]


def _xls_error(book: Any) -> None:
    book.get_sheet(0).write(4, 0, "和")
    book.get_sheet(0).row(4).set_cell_error(1, "#DIV/0!")


def test_an_error_in_an_old_workbook_is_not_blank() -> None:
    document = parsers.read(to_xls((Leaf("甲", (SMALL,)),), _xls_error))
    assert texts(tables(document)[-1]) == [["和", "#DIV/0!"]]


@pytest.mark.parametrize("make", MAKERS)
def test_a_cell_that_holds_text_keeps_every_letter(make: Callable[..., bytes]) -> None:
    grid = Grid((1, 1), ((Spot("甲", 0), Spot("1,234", 1)), (Spot("乙\n丙", 0), Spot(" ０ ", 1))))
    assert texts(tables(parsers.read(make((Leaf("表", (grid,)),))))[0]) == [["甲", "1,234"], ["乙\n丙", " ０ "]]


def _far_away(book: Any) -> None:
    page = book.worksheets[0]
    page["XFD1048576"] = "远"
    page.merged_cells.ranges.add(CellRange("A9:XFD1048000"))  # merge_cells would make each of its cells


def test_a_cell_in_the_last_corner_costs_nothing_and_is_told() -> None:
    document = parsers.read(to_xlsx((Leaf("表", (SMALL,)),), _far_away))
    assert texts(tables(document)[0]) == [["甲", "乙"], ["子", "1", "2"]]
    assert [problem.code for problem in document.problems] == ["LIMIT_CELLS"]


@pytest.mark.parametrize("make", MAKERS)
def test_a_damaged_workbook_is_read_or_refused(make: Callable[..., bytes]) -> None:
    data = make(on_one_sheet(to_sheet("2021", written("2021"))))
    for cut in range(600, len(data) - 1, len(data) // 7):
        broken = data[:cut] + bytes(255 - byte for byte in data[cut : cut + 400]) + data[cut + 400 :]
        with suppress(DocumentError):
            parsers.read(broken)


def test_an_old_workbook_behind_a_password_is_said_to_be_encrypted() -> None:
    data = to_xls((Leaf("表", (SMALL,)),))
    # BOF, then FILEPASS (MS-XLS 2.4.117) in the place of what followed
    start = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    data = data[:start] + b"\x2f\x00\x36\x00\x01\x00" + data[start + 6 :]
    with pytest.raises(DocumentError) as caught:
        parsers.read(data)
    assert caught.value.code == "ENCRYPTED"


@pytest.mark.parametrize("make", MAKERS)
def test_the_same_workbook_is_read_the_same_way(make: Callable[..., bytes]) -> None:
    leaves = on_one_sheet(to_sheet("2021", written("2021")))
    assert parsers.read(make(leaves)) == parsers.read(make(leaves))


def test_the_maker_writes_the_same_bytes() -> None:
    leaves = on_one_sheet(to_sheet("2021", written("2021")))
    assert (to_xlsx(leaves), to_xls(leaves)) == (to_xlsx(leaves), to_xls(leaves))


def _many_merges(book: Any) -> None:
    page = book.worksheets[0]
    for row in range(10, 1500):
        page.cell(row, 1, "行")
        page.merged_cells.ranges.add(CellRange(f"A{row}:XFD{row}"))


def test_merges_over_all_columns_cost_no_more_than_the_cells_that_are_shown() -> None:
    document = parsers.read(to_xlsx((Leaf("表", (SMALL,)),), _many_merges))
    assert texts(tables(document)[0]) == [["甲", "乙"], ["子", "1", "2"]]
    assert lines(document).count("行") == 1490


@pytest.mark.parametrize("make", MAKERS)
def test_a_workbook_with_more_cells_than_any_report_is_refused(
    make: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_TEXTS", 4)
    with pytest.raises(DocumentError) as caught:
        parsers.read(make((Leaf("表", (SMALL,)),)))
    assert caught.value.code == "TOO_LARGE"
