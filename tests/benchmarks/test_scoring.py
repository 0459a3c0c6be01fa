"""One measure of cells for every reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import parsers
from benchmarks.child import NO_READER, measure
from benchmarks.markup_ways import soup_to_raw
from benchmarks.raw import Raw, RawCell, raw_to_document, spans_to_table, squares_to_table
from benchmarks.scoring import Gold, document_to_right, file_to_gold, needs_second_reader
from benchmarks.ways import WAYS, Way
from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from workers.corpus.gold import report_to_gold
from workers.corpus.reports import Report, draft_to_report, seed_to_draft
from workers.corpus.sheet import Grid
from workers.corpus.texts import layout


@pytest.fixture
def report() -> Report:
    return draft_to_report(seed_to_draft(3, 0))


@pytest.fixture
def gold(report: Report, tmp_path: Path) -> Gold:
    (tmp_path / "a.gold.json").write_bytes(report_to_gold(report))
    return file_to_gold(tmp_path / "a.pdf")


def tables(report: Report) -> list[Grid]:
    return [block for block in report.sheet if isinstance(block, Grid)]


def test_a_document_read_right_has_every_cell_and_needs_no_second_reader(report: Report, gold: Gold) -> None:
    document = parsers.read(layout("tabbed")(report.sheet).encode())
    assert document_to_right(document, gold) == len(gold) == 200
    assert not needs_second_reader(document)


def test_one_wrong_cell_is_one_cell_less_and_its_sums_ask_for_the_second_reader(report: Report, gold: Gold) -> None:
    squares = [squares_to_table(_to_squares(grid)) for grid in tables(report)]
    row = next(row for row in squares[1] if any("（七）总计" in cell.text for cell in row))
    row[-1] = replace(row[-1], text=f"{row[-1].text}1")
    document = raw_to_document(Raw([report.title], [squares]), Kind.PDF)
    assert document_to_right(document, gold) == 199
    assert needs_second_reader(document)


def test_nothing_is_right_in_what_is_no_report(gold: Gold) -> None:
    assert document_to_right(parsers.read("一份通知".encode()), gold) == 0


def test_tables_as_squares_with_what_a_merge_covers_left_out_are_read_by_their_labels(
    report: Report, gold: Gold
) -> None:
    squares = [squares_to_table(_to_squares(grid)) for grid in tables(report)]
    # a page break inside table 2: its second half is another table on the next page
    raw = Raw([report.title, ""], [[squares[0], squares[1][:9]], [squares[1][9:], squares[2]]])
    assert document_to_right(raw_to_document(raw, Kind.PDF), gold) == 200


def _to_squares(grid: Grid) -> list[list[str | None]]:
    squares: list[list[str | None]] = [[None] * len(grid.widths) for _ in grid.rows]
    for i, row in enumerate(grid.rows):
        for spot in row:
            squares[i][spot.column] = spot.text
    return squares


def test_tables_with_spans_are_read_by_their_labels(report: Report, gold: Gold) -> None:
    found = [[[(s.text, s.rows, s.columns) for s in row] for row in grid.rows] for grid in tables(report)]
    raw = soup_to_raw((f"首页\n{report.title}\n", found))
    assert document_to_right(raw_to_document(raw, Kind.HTML), gold) == 200


def test_a_cell_begins_beside_what_reaches_down_from_above() -> None:
    table = spans_to_table([[("三", 2, 1), ("甲", 1, 1), ("乙", 1, 2)], [("1", 1, 1), ("2", 1, 1)]])
    assert table[1] == [RawCell("1", 1), RawCell("2", 2)]


def test_a_square_that_is_covered_belongs_to_the_cell_on_its_left() -> None:
    assert squares_to_table([["a", None, "b"]]) == [[RawCell("a", 0, 2), RawCell("b", 2)]]


def _refuse(code: str, calls: int = 0) -> Way:
    """A reader that refuses every document after so many."""
    left = iter(range(calls))

    def read(_: bytes) -> None:
        if next(left, None) is None:
            raise DocumentError(code, "读不了。", "换一份。")

    return Way("pdf", "pdf", "", read, lambda _: raw_to_document(Raw([]), Kind.PDF))


def test_a_kind_without_a_reader_is_refused_and_not_measured(tmp_path: Path) -> None:
    (tmp_path / "typst-0.pdf").write_bytes(b"%PDF")
    assert measure(_refuse(NO_READER), [tmp_path / "typst-0.pdf"], score=True).refused == "读不了。"


def test_a_document_that_cannot_be_read_takes_time_and_has_no_cell_right(report: Report, tmp_path: Path) -> None:
    (tmp_path / "typst-0.pdf").write_bytes(b"%PDF")
    (tmp_path / "typst-0.gold.json").write_bytes(report_to_gold(report))
    measured = measure(_refuse("PDF_BROKEN"), [tmp_path / "typst-0.pdf"], score=True)
    assert measured.right == {"typst-0": (0, 200)}
    assert measured.milliseconds["typst-0"] > 0


def test_every_way_has_a_name_of_its_own() -> None:
    names = [way.name for way in WAYS]
    assert len(set(names)) == len(names)
