"""What was recognised in a picture and is in doubt gives no value, and its spelling accuses nobody."""

from __future__ import annotations

import msgspec

import parsers
from parsers.model.document import Cell, Document, Line, Place, Row, Table
from parsers.model.outcome import Outcome
from parsers.model.pictures import page_to_remark
from parsers.model.report import Status
from parsers.tables.strips import cell_to_token
from tests.make.documents import change_grids, to_document
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, Grid, Spot, to_sheet
from workers.corpus.texts import layout

GROUPED = 15
"""Columns of table 3."""

MISSPELT = Changes(labels={"本年废止件数": "本年度止件数", "2.其他法律行政法规禁止公开": "2.其他法律行政止公开"})


def judged(changes: Changes | None = None, *, doubted: str) -> Outcome:
    """A report of which the lines that hold these words are in doubt."""
    document = parsers.read(layout("tabbed")(to_sheet("2021", written("2021"), changes)).encode())
    blocks = tuple(
        msgspec.structs.replace(block, doubt=True) if isinstance(block, Line) and doubted in block.text else block
        for block in document.blocks
    )
    return parsers.check(parsers.classify(msgspec.structs.replace(document, blocks=blocks)))


def cell(text: str, *, doubt: bool) -> Cell:
    return Cell(text=text, place=Place(page=1, box=(0.0, 0.0, 9.0, 9.0), path="table 1, row 1, column 1"), doubt=doubt)


def test_a_figure_in_doubt_is_unreadable_and_keeps_what_was_seen() -> None:
    row = judged(doubted="行政许可").report.tables["proactive"]["administrative_licensing"]["decisions"]
    assert (row.status, row.value, row.raw) == (Status.UNREADABLE, None, "3195")


def test_a_figure_in_doubt_is_never_the_agencys_mistake() -> None:
    wrong = Changes(cells={("requests", "total_processed", "total"): "99"})
    assert any(finding.is_agencys for finding in judged(wrong, doubted="没有这样的字").findings.findings)
    assert not any(finding.is_agencys for finding in judged(wrong, doubted="总计").findings.findings)


def test_a_label_in_doubt_is_no_misspelling() -> None:
    codes = [finding.code for finding in judged(MISSPELT, doubted="").findings.findings]
    assert "LABEL_TYPO" not in codes
    assert "HEADER_TYPO" not in codes
    assert "LABEL_TYPO" in [finding.code for finding in judged(MISSPELT, doubted="没有这样的字").findings.findings]


def test_ink_that_could_not_be_read_is_no_blank() -> None:
    assert not cell_to_token(cell("", doubt=True)).is_blank
    assert cell_to_token(cell("", doubt=False)).is_blank


def test_a_figure_in_doubt_stands_where_a_value_stands() -> None:
    assert cell_to_token(cell("[o", doubt=True)).is_value
    assert not cell_to_token(cell("[o", doubt=False)).is_value
    assert not cell_to_token(cell("规章", doubt=True)).is_value


def test_a_figure_in_doubt_stands_in_its_place_in_table_three_too() -> None:
    sheet = to_sheet("2021", written("2021"), Changes(cells={("review_litigation", "review", "corrected"): "[o"}))
    document = to_document(
        change_grids(sheet, lambda grid: _group_a_row(grid) if len(grid.widths) == GROUPED else grid)
    )
    blocks = tuple(
        msgspec.structs.replace(block, rows=tuple(map(_doubted, block.rows))) if isinstance(block, Table) else block
        for block in document.blocks
    )
    found = parsers.classify(msgspec.structs.replace(document, blocks=blocks)).tables["review_litigation"]
    told = {(row, column): figure.status for row, figures in found.items() for column, figure in figures.items()}
    assert [cell for cell, status in told.items() if status is not Status.NUMBER] == [("review", "corrected")]
    assert found["review"]["corrected"].status is Status.UNREADABLE


def _group_a_row(grid: Grid) -> Grid:
    """Table 3 as three rows of five under one row of heads: the heads and labels alone say which cell is which."""
    *_, heads, values = grid.rows
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    first = (Spot("", 0), *(Spot(heads[i].text, i + 1) for i in range(5)))
    rows = [(Spot(name, 0), *(Spot(values[5 * n + i].text, i + 1) for i in range(5))) for n, name in enumerate(names)]
    return Grid((1,) * 6, (first, *rows))


def _doubted(row: Row) -> Row:
    return Row(cells=tuple(msgspec.structs.replace(c, doubt=True) if c.text == "[o" else c for c in row.cells))


def test_a_document_without_doubt_does_not_speak_of_it() -> None:
    assert b"doubt" not in msgspec.json.encode(
        parsers.read(layout("tabbed")(to_sheet("2021", written("2021"))).encode())
    )
    line = Line(text="澄湖县水务局", place=Place(line=1), doubt=True)
    source = parsers.read("澄湖县水务局".encode()).source
    told = msgspec.json.encode(Document(source=source, pages=(), blocks=(line,)))
    assert msgspec.json.decode(told, type=Document).blocks == (line,)


def test_a_section_that_seems_to_be_missing_on_a_picture_accuses_nobody() -> None:
    text = layout("tabbed")(to_sheet("2021", written("2021"), Changes(drop_sections=("other",))))
    report = parsers.classify(parsers.read(text.encode()))
    recognised = msgspec.structs.replace(report, problems=(page_to_remark(1),))
    found = {name: parsers.check(r).findings.findings for name, r in (("text", report), ("picture", recognised))}
    told = {name: [f for f in findings if f.code != "NOT_TEXT"] for name, findings in found.items()}
    assert {name: [(f.code, f.is_agencys) for f in findings] for name, findings in told.items()} == {
        "text": [("SEC_MISSING", True)],
        "picture": [("SEC_MISSING", False)],
    }
