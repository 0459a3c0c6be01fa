"""Blank cells that leave no mark, or one that may be read in two ways: no other cell's number takes their place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.outcome import Outcome
from parsers.model.report import Status
from workers.corpus.figures import CellId, Figures, cells_of, seeded
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

CELLS = cells_of("2021")
LAST_ROW = tuple(cell for cell in CELLS if cell[1] == "carried_forward")


def printed(way: str, figures: Figures, blank: list[CellId]) -> str:
    """`cells_apart` as it is, or a layout whose lines were trimmed on both sides or on the right."""
    name, _, trimmed = way.partition(" trimmed ")
    text = layout(name)(to_sheet("2021", figures, Changes(cells=dict.fromkeys(blank, ""))))
    lines = text.split("\n")
    if trimmed:
        lines = [line.strip() if trimmed == "both" else line.rstrip() for line in lines]
    return "\n".join(lines)


def wrong(outcome: Outcome, figures: Figures, blank: list[CellId]) -> list[CellId]:
    """Cells that hold another number than was filed, or are called blank and are not."""
    return [
        (table, row, column)
        for (table, row, column), value in figures.items()
        if (figure := outcome.report.tables[table][row][column]).status in (Status.NUMBER, Status.BLANK)
        and figure.value != (None if (table, row, column) in blank else value)
    ]


def accusations(outcome: Outcome) -> list[str]:
    return [f.message for f in outcome.findings.findings if f.is_agencys and f.code != "CELL_BLANK"]


WAYS = (
    "cells_apart",
    "tabbed trimmed right",
    "tabbed trimmed both",
    "tight trimmed right",
    "cells_with_tabs trimmed both",
)


@pytest.mark.parametrize("way", WAYS)
@given(seed=st.integers(0, 10_000), data=st.data())
@settings(max_examples=15, deadline=None)
def test_blank_cells_move_no_other_cells_number(way: str, seed: int, data: st.DataObject) -> None:
    cells = data.draw(st.sampled_from((CELLS, LAST_ROW)))
    blank = data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=7, unique=True))
    figures = seeded("2021", seed)
    outcome = parsers.assess(printed(way, figures, blank).encode())
    assert (wrong(outcome, figures, blank), accusations(outcome)) == ([], [])


@pytest.mark.parametrize("column", range(6))
def test_a_blank_cell_and_a_blank_total_in_the_last_row_are_not_taken_for_two_blanks_in_one_place(column: int) -> None:
    figures, blank = seeded("2021", 22), [LAST_ROW[column], LAST_ROW[-1]]
    outcome = parsers.assess(printed("cells_apart", figures, blank).encode())
    assert (wrong(outcome, figures, blank), accusations(outcome)) == ([], [])


@pytest.mark.parametrize("row", ["carried_over", "granted", "total_processed", "carried_forward"])
def test_a_blank_total_whose_tab_was_trimmed_moves_no_number_into_it(row: str) -> None:
    figures, blank = seeded("2021", 3), [("requests", row, "total")]
    outcome = parsers.assess(printed("tabbed trimmed both", figures, blank).encode())
    assert (wrong(outcome, figures, blank), accusations(outcome)) == ([], [])


def test_a_first_cell_that_is_blank_is_certain_where_lines_keep_the_tabs_at_their_ends() -> None:
    figures, blank = seeded("2021", 3), [("requests", "granted", "natural_person")]
    outcome = parsers.assess(printed("tabbed", figures, blank).encode())
    row = outcome.report.tables["requests"]["granted"]
    assert (row["natural_person"].status, row["total"].value) == (Status.BLANK, figures["requests", "granted", "total"])


def test_a_bar_that_ends_a_line_which_begins_without_one_has_a_blank_cell_behind_it() -> None:
    figures, blank = seeded("2021", 4), [("requests", "carried_over", "total")]
    text = printed("piped", figures, blank)
    bare = "\n".join(line.removeprefix("| ").removesuffix(" |") for line in text.split("\n"))
    row = parsers.assess(bare.encode()).report.tables["requests"]["carried_over"]
    assert [figure.value for figure in row.values()] == [
        None if cell in blank else figures[cell] for cell in CELLS if cell[1] == "carried_over"
    ]


@pytest.mark.parametrize("way", ["spaced", "one_line", "tables_in_lines"])
def test_a_row_whose_numbers_stand_inside_its_label_is_not_blank(way: str) -> None:
    figures = seeded("2021", 4)
    numbers = " ".join(str(value) for cell, value in figures.items() if cell[1] == "partially_granted")
    start, end = "（二）部分公开（区分处理的，只", "计这一情形，不计其他情形）"
    text = printed(way, figures, []).replace(f"{start}{end} {numbers}", f"{start} {numbers} {end}")
    assert f"{numbers} {end}" in text
    row = parsers.assess(text.encode()).report.tables["requests"]["partially_granted"]
    assert {figure.status for figure in row.values()} == {Status.UNREADABLE}
