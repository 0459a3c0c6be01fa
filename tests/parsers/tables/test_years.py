"""Tables of several years in one report: the report's own are taken, or what differs is in doubt."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.outcome import Outcome
from parsers.model.report import Status
from tests.make.documents import to_document
from tests.make.html import to_html
from tests.parsers.test_one_truth import read_figures
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, Grid, Sheet, to_sheet
from workers.corpus.texts import layout

FIGURES = seeded("2021", 1011)
LAST = seeded("2021", 77)
SHEET = to_sheet("2021", FIGURES, Changes(year=2023))
OTHER = tuple(block for block in to_sheet("2021", LAST, Changes(year=2022)) if isinstance(block, Grid))
WAYS = ("tabbed", "cells_apart", "spaced", "one_line", "html", "grid")


def outcome_of(sheet: Sheet, way: str) -> Outcome:
    if way == "grid":
        return parsers.check(parsers.classify(to_document(sheet)))
    return parsers.assess(to_html(sheet) if way == "html" else layout(way)(sheet).encode())


def with_last_year(own: str, last: str, *, is_before: bool) -> Sheet:
    """Every table together with that of last year, each under its caption; no caption where it is empty."""
    blocks: list[str | Grid] = []
    others = iter(OTHER)
    for block in SHEET:
        if isinstance(block, str):
            blocks.append(block)
            continue
        pair: list[tuple[str | Grid, ...]] = [(last, next(others)), (own, block)]
        blocks += [part for half in (pair if is_before else pair[::-1]) for part in half if part != ""]
    return tuple(blocks)


CAPTIONS = (
    ("2023年", "2022年"),
    ("2023年度政府信息公开情况统计表", "2022年度政府信息公开情况统计表"),
    ("本年度", "上一年度"),
    ("", "附：2022年"),
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("captions", CAPTIONS)
def test_the_tables_of_the_reports_year_are_read(way: str, captions: tuple[str, str], *, is_before: bool) -> None:
    outcome = outcome_of(with_last_year(*captions, is_before=is_before), way)
    assert read_figures(outcome, FIGURES) == FIGURES
    messages = [p.message for p in outcome.report.problems if p.code == "TABLE_TWICE"]
    assert messages == [f"表{n}印有2份，只读取2023年的一份" for n in "一二三"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("captions", [("", ""), ("2021年", "2022年"), ("2023年", "2023年")])
def test_what_differs_is_in_doubt_where_nothing_tells_the_year(way: str, captions: tuple[str, str]) -> None:
    outcome = outcome_of(with_last_year(*captions, is_before=True), way)
    tables = outcome.report.tables
    differ = [cell for cell in FIGURES if FIGURES[cell] != LAST[cell]]
    assert {tables[t][r][c].status for t, r, c in differ} == {Status.UNREADABLE}
    messages = [p.message for p in outcome.report.problems if p.code == "TABLE_TWICE"]
    assert messages[0] == "表一印有2份，不能判断哪一份是本年度的，各份不同的数字没有读取"


def test_the_numbers_of_the_other_year_are_left_over_and_not_lost() -> None:
    outcome = outcome_of(with_last_year("2023年", "2022年", is_before=True), "tabbed")
    left = [item.text for item in outcome.report.leftovers]
    assert str(LAST["proactive", "administrative_licensing", "decisions"]) in left


def test_a_table_printed_once_is_not_said_to_be_there_twice() -> None:
    for way in WAYS:
        assert [p.code for p in outcome_of(SHEET, way).report.problems] == []


@pytest.mark.parametrize("way", WAYS)
def test_two_rows_of_fifteen_are_in_doubt(way: str) -> None:
    grid = next(block for block in SHEET if isinstance(block, Grid) and len(block.widths) == 15)
    both = Grid(grid.widths, (*grid.rows[:-1], OTHER[2].rows[-1], grid.rows[-1]))
    outcome = outcome_of(tuple(both if block is grid else block for block in SHEET), way)
    rows = outcome.report.tables["review_litigation"].values()
    assert {figure.value for row in rows for figure in row.values()} == {None}
