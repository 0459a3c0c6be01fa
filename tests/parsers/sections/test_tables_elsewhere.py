"""A table is where its words are, whatever heading stands above it."""

from __future__ import annotations

from itertools import permutations

import pytest

import parsers
from parsers.model.finding import Finding
from workers.corpus.figures import Figures, seeded
from workers.corpus.sheet import Changes, Grid, Sheet, to_sheet
from workers.corpus.texts import layout

FIGURES = seeded("2021", 3)
SHEET = to_sheet("2021", FIGURES, Changes())
PLACES = tuple(i for i, block in enumerate(SHEET) if isinstance(block, Grid))
WAYS = ("tabbed", "tight", "cells_apart", "piped", "spaced", "one_line")


def reordered(order: tuple[int, ...], sheet: Sheet = SHEET) -> Sheet:
    """The same headings, with the tables below them in this order."""
    moved = dict(zip(PLACES, (sheet[PLACES[i]] for i in order), strict=True))
    return tuple(moved.get(i, block) for i, block in enumerate(sheet))


def at_end(sheet: Sheet = SHEET) -> Sheet:
    """Every table behind the last section, as an annex; a word in its place."""
    text = tuple("详见附件。" if isinstance(block, Grid) else block for block in sheet)
    return (*text[:-2], *(sheet[i] for i in PLACES), *text[-2:])


def read(sheet: Sheet, way: str) -> tuple[Figures, list[Finding]]:
    outcome = parsers.assess(layout(way)(sheet).encode())
    cells = {(t, r, c): outcome.report.tables[t][r][c].value for t, r, c in FIGURES}
    return {cell: value for cell, value in cells.items() if value is not None}, [*outcome.findings.findings]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("order", [order for order in permutations(range(3)) if order != (0, 1, 2)])
def test_tables_under_each_others_headings_are_read_and_none_is_missing(order: tuple[int, ...], way: str) -> None:
    assert read(reordered(order), way) == (FIGURES, [])


@pytest.mark.parametrize("way", WAYS)
def test_tables_in_an_annex_behind_the_last_section_are_read_and_none_is_missing(way: str) -> None:
    figures, findings = read(at_end(), way)
    assert (figures, [f.code for f in findings if f.code.startswith("TABLE")]) == (FIGURES, [])


@pytest.mark.parametrize("way", WAYS)
def test_a_table_that_is_printed_nowhere_is_missing_though_the_others_stand_under_other_headings(way: str) -> None:
    sheet = tuple(block for i, block in enumerate(reordered((1, 0, 2))) if i != PLACES[0])
    figures, findings = read(sheet, way)
    assert figures == {cell: value for cell, value in FIGURES.items() if cell[0] != "requests"}
    assert [f.code for f in findings if f.is_agencys] == ["TABLE_MISSING"]
