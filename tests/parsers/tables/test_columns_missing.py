"""A column, a label or a row's own line is missing, or one is there too often: right or in doubt, never shifted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import parsers
from parsers.model.report import Status
from tests.make.documents import change_grids
from tests.make.html import to_html
from tests.parsers.test_one_truth import read_figures
from workers.corpus.figures import Figures, seeded
from workers.corpus.sheet import Changes, Grid, Sheet, Spot, to_sheet
from workers.corpus.texts import layout

FIGURES = seeded("2021", 1011)
SHEET = to_sheet("2021", FIGURES, Changes(year=2023))
WAYS = ("tabbed", "tight", "cells_with_tabs", "cells_apart", "piped", "spaced", "one_line", "html")
HEADS = 3
"""Rows of heads of tables 2 and 3."""

Row = tuple[Spot, ...]


def changed(width: int, change: Callable[[Grid], Grid]) -> Sheet:
    """The sheet with the table of so many columns changed: 4 is table 1, 10 table 2, 15 table 3."""
    return change_grids(SHEET, lambda grid: change(grid) if len(grid.widths) == width else grid)


def without_column(row: Row, column: int) -> Row:
    """The row without the cell that begins there, those behind it moved up, those above it one narrower."""
    kept = (spot for spot in row if spot.column != column or spot.columns > 1)
    return tuple(
        replace(
            spot,
            column=spot.column - (spot.column > column),
            columns=spot.columns - (spot.column <= column < spot.column + spot.columns),
        )
        for spot in kept
    )


def dropped(grid: Grid, column: int) -> Grid:
    return Grid(grid.widths[1:], tuple(without_column(row, column) for row in grid.rows))


def values_dropped(grid: Grid, column: int) -> Grid:
    rows = tuple(without_column(row, column) for row in grid.rows[HEADS:])
    return Grid(grid.widths, (*grid.rows[:HEADS], *rows))


def wrong(sheet: Sheet, way: str) -> Figures:
    """Values that are certain and are not those of the report."""
    data = to_html(sheet) if way == "html" else layout(way)(sheet).encode()
    found = read_figures(parsers.assess(data), FIGURES)
    return {cell: value for cell, value in found.items() if FIGURES[cell] != value}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("column", [3, 4, 7, 9])
def test_a_column_that_table_two_has_not_shifts_no_value(way: str, column: int) -> None:
    assert wrong(changed(10, lambda grid: dropped(grid, column)), way) == {}


@pytest.mark.parametrize("way", WAYS)
def test_a_column_missing_under_no_heads_at_all_shifts_no_value(way: str) -> None:
    bare = changed(10, lambda grid: Grid(grid.widths[1:], dropped(grid, 7).rows[HEADS:]))
    assert wrong(bare, way) == {}


@pytest.mark.parametrize("way", [way for way in WAYS if way not in ("tabbed", "piped")])
def test_values_missing_under_a_head_shift_no_other_value(way: str) -> None:
    assert wrong(changed(10, lambda grid: values_dropped(grid, 7)), way) == {}


@pytest.mark.parametrize("way", WAYS)
def test_a_column_missing_in_table_one_shifts_no_value(way: str) -> None:
    def drop(grid: Grid) -> Grid:
        head, *rows = grid.rows
        return Grid(grid.widths, (head, *(without_column(row, 2) for row in rows[:3]), *rows[3:]))

    assert wrong(changed(4, drop), way) == {}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("column", [0, 7, 14])
def test_a_cell_missing_in_table_three_shifts_no_value(way: str, column: int) -> None:
    assert wrong(changed(15, lambda grid: dropped(grid, column)), way) == {}


@pytest.mark.parametrize("way", WAYS)
def test_a_number_too_many_at_the_end_of_table_three_shifts_no_value(way: str) -> None:
    def add(grid: Grid) -> Grid:
        first, *rows, values = grid.rows
        return Grid((1,) * 16, ((*first, Spot("合计", 15, 1, 3)), *rows, (*values, Spot("9", 15))))

    assert wrong(changed(15, add), way) == {}


@pytest.mark.parametrize("way", WAYS)
def test_numbers_of_the_columns_in_table_three_are_no_values(way: str) -> None:
    numbers = tuple(Spot(str(i + 1), i) for i in range(15))
    sheet = changed(15, lambda grid: Grid(grid.widths, (*grid.rows[:-1], numbers, grid.rows[-1])))
    assert wrong(sheet, way) == {}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("row", [0, 7, 24])
def test_a_row_printed_twice_with_other_numbers_is_in_doubt(way: str, row: int) -> None:
    def twice(grid: Grid) -> Grid:
        rows = [i for i, spots in enumerate(grid.rows) if sum(s.text.isdigit() for s in spots) == 7]
        own = tuple(s for s in grid.rows[rows[row]] if s.rows == 1)
        other = tuple(replace(s, text=f"{s.text}1") if s.text.isdigit() else s for s in own)
        return Grid(grid.widths, (*grid.rows[: rows[row] + 1], other, *grid.rows[rows[row] + 1 :]))

    sheet = changed(10, twice)
    data = to_html(sheet) if way == "html" else layout(way)(sheet).encode()
    names = list(dict.fromkeys(name for table, name, _ in FIGURES if table == "requests"))
    figures = parsers.assess(data).report.tables["requests"][names[row]]
    assert {figure.status for figure in figures.values()} == {Status.UNREADABLE}


@pytest.mark.parametrize("way", WAYS)
def test_numbers_behind_the_heads_are_not_those_of_the_row_called_as_the_last_head_is(way: str) -> None:
    """其他 is the last head and the last row but two; the first row has lost its label."""

    def lose(grid: Grid) -> Grid:
        first = tuple(replace(s, text="") if s.column < HEADS else s for s in grid.rows[HEADS])
        return Grid(grid.widths, (*grid.rows[:HEADS], first, *grid.rows[HEADS + 1 :]))

    assert wrong(changed(10, lose), way) == {}


@pytest.mark.parametrize("way", WAYS)
def test_two_years_side_by_side_give_no_wrong_number(way: str) -> None:
    other = to_sheet("2021", seeded("2021", 5), Changes(year=2022))
    last = next(block for block in other if isinstance(block, Grid) and len(block.widths) == 10)

    def beside(grid: Grid) -> Grid:
        rows = [
            (*old, *(replace(s, column=s.column + 7) for s in new if s.column >= HEADS))
            for old, new in zip(last.rows, grid.rows, strict=True)
        ]
        return Grid((1,) * 17, ((Spot("", 0, 3), Spot("2022年", 3, 7), Spot("2023年", 10, 7)), *rows))

    assert wrong(changed(10, beside), way) == {}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("head", ["行次", "单位"])
def test_a_column_of_words_beside_the_labels_makes_no_label_and_no_head_misspelt(way: str, head: str) -> None:
    def add(grid: Grid) -> Grid:
        rows = [
            (
                row[0],
                Spot(head if row[0].text == "信息内容" else "件", 1),
                *(replace(s, column=s.column + 1) for s in row[1:]),
            )
            if len(row) > 1
            else row
            for row in grid.rows
        ]
        return Grid((1,) * 5, tuple(rows))

    sheet = changed(4, add)
    data = to_html(sheet) if way == "html" else layout(way)(sheet).encode()
    outcome = parsers.assess(data)
    assert {c: v for c, v in read_figures(outcome, FIGURES).items() if FIGURES[c] != v} == {}
    if way != "spaced":  # 规章 and 件 stand there as one word
        assert [f.code for f in outcome.findings.findings if f.code in ("LABEL_TYPO", "HEADER_TYPO")] == []
