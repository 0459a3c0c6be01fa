"""Columns and groups in another order than the form's: read under their heads or in doubt, never by their number."""

from __future__ import annotations

from dataclasses import replace

import pytest

import parsers
from parsers.editions import edition_named
from parsers.model.document import Place
from parsers.model.outcome import Outcome
from parsers.tables.heads import are_heads_in_another_order
from parsers.tables.strips import Strip, Token
from tests.make.documents import to_document
from tests.make.html import to_html
from tests.parsers.test_one_truth import read_figures
from workers.corpus.figures import Figures, seeded
from workers.corpus.sheet import Changes, Grid, Sheet, Spot, to_sheet
from workers.corpus.texts import layout

FIGURES = seeded("2021", 11)
SHEET = to_sheet("2021", FIGURES, Changes(year=2023))
WAYS = ("tabbed", "tight", "piped", "cells_with_tabs", "cells_apart", "spaced", "html")


def moved(at: int, order: tuple[int, ...]) -> Sheet:
    """The report with the last columns of its grid number `at` in this order, heads and values alike."""
    places = [i for i, block in enumerate(SHEET) if isinstance(block, Grid)]
    grid = SHEET[places[at]]
    assert isinstance(grid, Grid)
    first = len(grid.widths) - len(order)
    target = {first + old: first + new for new, old in enumerate(order)}
    rows = tuple(
        tuple(sorted((_moved(spot, target) for spot in row), key=lambda spot: spot.column)) for row in grid.rows
    )
    return (*SHEET[: places[at]], Grid(grid.widths, rows), *SHEET[places[at] + 1 :])


def _moved(spot: Spot, target: dict[int, int]) -> Spot:
    return replace(spot, column=target.get(spot.column, spot.column)) if spot.columns == 1 else spot


def outcome_of(sheet: Sheet, way: str) -> Outcome:
    return parsers.assess(to_html(sheet) if way == "html" else layout(way)(sheet).encode())


def wrong(outcome: Outcome, figures: Figures) -> Figures:
    return {cell: value for cell, value in read_figures(outcome, figures).items() if figures[cell] != value}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("order", [(0, 2, 1, 3, 4, 5, 6), (0, 1, 2, 3, 5, 4, 6)])
def test_columns_of_table_two_in_another_order_give_no_wrong_number(way: str, order: tuple[int, ...]) -> None:
    outcome = outcome_of(moved(1, order), way)
    assert wrong(outcome, FIGURES) == {}
    assert [f.code for f in outcome.findings.findings if f.is_agencys] == []


@pytest.mark.parametrize("way", WAYS)
def test_the_total_first_in_each_group_of_table_three_gives_no_wrong_number(way: str) -> None:
    order = tuple(5 * group + column for group in range(3) for column in (4, 0, 1, 2, 3))
    assert wrong(outcome_of(moved(2, order), way), FIGURES) == {}


@pytest.mark.parametrize("way", ["tabbed", "piped"])
@pytest.mark.parametrize("more", ["7", "3"])
def test_a_number_too_many_in_a_row_moves_no_value(way: str, more: str) -> None:
    lines = layout(way)(SHEET).split("\n")
    at = next(i for i, line in enumerate(lines) if "一、本年新收" in line)
    lines[at] = lines[at].rstrip(" |") + (f" | {more} |" if way == "piped" else f"\t{more}")
    assert wrong(parsers.assess("\n".join(lines).encode()), FIGURES) == {}


def in_one_row(order: tuple[int, ...]) -> Sheet:
    """Table 2 with all seven heads in one row, heads and values in this order."""
    sheet = moved(1, order)
    place = [i for i, block in enumerate(sheet) if isinstance(block, Grid)][1]
    grid, heads = sheet[place], edition_heads()
    assert isinstance(grid, Grid)
    first = (Spot("申请人情况", 0, 3), *(Spot(heads[old], 3 + new) for new, old in enumerate(order)))
    return (*sheet[:place], Grid(grid.widths, (first, *grid.rows[3:])), *sheet[place + 1 :])


def edition_heads() -> list[str]:
    form = edition_named("2021")
    assert form is not None
    return [column.label for column in form.table("requests").blocks[0].columns]


ORDERS = [(1, 0, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4, 6, 5), (6, 0, 1, 2, 3, 4, 5), (0, 2, 1, 3, 4, 5, 6)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("order", ORDERS)
def test_seven_heads_in_one_row_in_another_order_give_no_wrong_number(way: str, order: tuple[int, ...]) -> None:
    assert wrong(outcome_of(in_one_row(order), way), FIGURES) == {}


@pytest.mark.parametrize("order", ORDERS)
def test_in_a_grid_every_column_is_read_under_its_head_whatever_their_order(order: tuple[int, ...]) -> None:
    for outcome in (
        outcome_of(in_one_row(order), "html"),
        parsers.check(parsers.classify(to_document(in_one_row(order)))),
    ):
        assert read_figures(outcome, FIGURES) == FIGURES


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("order", [(0, 2, 1), (1, 0, 2), (2, 1, 0)])
def test_columns_of_table_one_in_another_order_give_no_wrong_number(way: str, order: tuple[int, ...]) -> None:
    assert wrong(outcome_of(moved(0, order), way), FIGURES) == {}


@pytest.mark.parametrize("way", [way for way in WAYS if way != "spaced"])
def test_litigation_before_review_gives_no_wrong_number(way: str) -> None:
    place = [i for i, block in enumerate(SHEET) if isinstance(block, Grid)][2]
    grid = SHEET[place]
    assert isinstance(grid, Grid)
    *_, heads, values = grid.rows
    top = (Spot("行政诉讼", 0, 10), Spot("行政复议", 10, 5, 2))
    groups = (Spot("未经复议直接起诉", 0, 5), Spot("复议后起诉", 5, 5))
    turned = tuple(Spot(values[(i + 5) % 15].text, i) for i in range(15))
    sheet = (*SHEET[:place], Grid(grid.widths, (top, groups, heads, turned)), *SHEET[place + 1 :])
    outcome = outcome_of(sheet, way)
    assert wrong(outcome, FIGURES) == {}
    if way == "html":
        assert read_figures(outcome, FIGURES) == FIGURES


CUT = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果", "结果", "其他结果", "尚未审结", "总计")
CUT_HEADS = (
    *CUT,
    "结果维持",
    "结果",
    "其他结果",
    "尚未",
    "总计",
    "结果维持",
    "结果纠正",
    "其他结果",
    "尚未审结",
    "总计",
)
"""Heads of table 3 as a page break leaves them: some are whole in one group only."""


@pytest.mark.parametrize(
    ("labels", "is_another"),
    [
        (CUT_HEADS, False),
        (("结果", "结果", "其他", "尚未", "总计") * 3, False),
        (tuple(reversed(CUT_HEADS)), True),
        (("总计", *CUT_HEADS[4:8]) * 3, True),
    ],
)
def test_heads_that_a_page_break_cut_are_in_their_order(labels: tuple[str, ...], *, is_another: bool) -> None:
    form = edition_named("2021")
    assert form is not None
    token = [Token(text=label, place=Place(page=1), label=label) for label in labels]
    assert are_heads_in_another_order((Strip(tokens=tuple(token)),), form.table("review_litigation")) is is_another
