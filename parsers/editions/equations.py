"""Identities of an edition as equations over the cells of one report."""

from __future__ import annotations

from parsers.editions.spec import Direction, Edition, Identity, TableSpec
from parsers.model.report import Status, Tables
from parsers.model.value import Value

CellId = tuple[str, str, str]


def to_cell(figure: str) -> CellId:
    """`requests.granted.total` as table, row and column."""
    table, row, column = figure.split(".")
    return table, row, column


class Equation(Value):
    """One instance of an identity: the sum of the left cells equals the sum of the right ones. `scope` names it."""

    identity: Identity
    scope: str
    left: tuple[CellId, ...]
    right: tuple[CellId, ...]


def edition_to_equations(form: Edition, tables: Tables) -> tuple[Equation, ...]:
    """Every instance, in the form's order. A row that stands for others takes their place where they are absent."""
    return tuple(
        _equation(form, identity, over, tables)
        for identity in form.identities
        for over in _scopes(form, identity, tables)
    )


def _scopes(form: Edition, identity: Identity, tables: Tables) -> tuple[str, ...]:
    """The columns or rows of an identity; a stand-in row that was filed is one of them."""
    scopes = form.instances(identity)
    if identity.each is Direction.COLUMN or identity.over:
        return scopes
    table = form.table(identity.table)
    filed = tuple(row.id for row in table.rows if row.stands_for and row.id in tables[table.id])
    return scopes + filed


def _equation(form: Edition, identity: Identity, over: str, tables: Tables) -> Equation:
    table = form.table(identity.table)
    if identity.each is Direction.COLUMN:
        left = tuple((table.id, row, over) for row in _rows(identity.left, table, tables))
        right = tuple((table.id, row, over) for row in _rows(identity.right, table, tables))
    else:
        left = tuple((table.id, over, column) for column in identity.left)
        right = tuple((table.id, over, column) for column in identity.right)
    return Equation(identity=identity, scope=f"{table.id}.{over}", left=left, right=right)


def _rows(named: tuple[str, ...], table: TableSpec, tables: Tables) -> tuple[str, ...]:
    rows = named
    for stand_in in (row for row in table.rows if row.stands_for):
        replaced = stand_in.stands_for
        if stand_in.id in tables[table.id] and all(_is_absent(tables, table.id, row) for row in replaced):
            rows = tuple(row for row in rows if row not in replaced)
            rows += (stand_in.id,) if replaced[0] in named else ()
    return rows


def _is_absent(tables: Tables, table: str, row: str) -> bool:
    return all(figure.status is Status.ABSENT for figure in tables[table][row].values())
