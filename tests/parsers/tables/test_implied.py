"""What the identities leave exactly one value for is suggested, one cell after the other; a contradiction is not."""

from __future__ import annotations

import msgspec

import parsers
from parsers.model.report import Figure, Status, Tables
from parsers.tables.implied import imply_values
from workers.corpus.figures import CellId, form, written
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import layout

TABLES = parsers.assess(layout("tabbed")(to_sheet("2021", written("2021"))).encode()).report.tables
GRANTED = ("requests", "granted", "natural_person")
GRANTED_TOTAL = ("requests", "granted", "total")


def figure(tables: Tables, cell: CellId) -> Figure:
    return tables[cell[0]][cell[1]][cell[2]]


def changed(tables: Tables, cell: CellId, **fields: object) -> Tables:
    table, row, column = cell
    new = msgspec.structs.replace(figure(tables, cell), **fields)
    return {**tables, table: {**tables[table], row: {**tables[table][row], column: new}}}


def unreadable(*cells: CellId) -> Tables:
    tables = TABLES
    for cell in cells:
        tables = changed(tables, cell, value=None, status=Status.UNREADABLE)
    return tables


def suggested(tables: Tables, *cells: CellId) -> list[object]:
    return [figure(imply_values(tables, form("2021")), cell).suggested for cell in cells]


def test_one_unreadable_cell_has_the_value_that_the_identities_leave() -> None:
    assert suggested(unreadable(GRANTED), GRANTED) == [11]


def test_a_cell_that_is_solved_solves_the_next_one() -> None:
    both = unreadable(GRANTED, GRANTED_TOTAL)
    assert suggested(both, GRANTED, GRANTED_TOTAL) == [11, 14]


def test_two_cells_that_only_their_sum_is_known_of_stay_open() -> None:
    cells = (GRANTED, ("requests", "partially_granted", "natural_person"))
    over = tuple((table, row, "total") for table, row, _ in cells)
    assert suggested(unreadable(*cells, *over), *cells) == [None, None]


def test_a_cell_with_two_answers_has_none() -> None:
    wrong = changed(unreadable(GRANTED), GRANTED_TOTAL, value=15)
    assert suggested(wrong, GRANTED) == [None]


def test_a_suggestion_is_no_value() -> None:
    solved = figure(imply_values(unreadable(GRANTED), form("2021")), GRANTED)
    assert (solved.status, solved.value) == (Status.UNREADABLE, None)
