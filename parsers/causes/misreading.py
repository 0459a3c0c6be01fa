"""Broken sums that look like our own reading: a row or column that slipped on its way to us (domain 4.1)."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.causes.block import check_name
from parsers.editions.equations import Equation
from parsers.editions.spec import Direction
from parsers.model.cause import Cause, CauseKind
from parsers.model.report import Tables

SEVERAL_COLUMNS = 3
"""One case forgotten or moved breaks two columns; more at once, with every row in order, is a row that slipped."""

SEVERAL_ROWS = 5
"""One wrong column of an office with few requests breaks as many rows as it has numbers."""


def looks_misread(broken: tuple[Equation, ...], tables: Tables, causes: dict[str, Cause]) -> bool:
    """Do these violated identities of one table look like cells that slipped, rather than like wrong numbers?"""
    rows = [equation for equation in broken if equation.identity.each is Direction.ROW]
    columns = {equation.scope for equation in broken if equation.identity.each is Direction.COLUMN}
    if len(columns) >= SEVERAL_COLUMNS and not rows:
        return True
    if len(rows) >= SEVERAL_ROWS and 2 * len(rows) > _rows_with_numbers(rows, tables):
        return True
    return any(_is_shifted(causes.get(check_name(equation))) for equation in broken)


def _rows_with_numbers(rows: Iterable[Equation], tables: Tables) -> int:
    """The rows of that table in which not everything is 0 or blank."""
    table = tables[next(iter(rows)).identity.table]
    return sum(any(figure.value for figure in columns.values()) for columns in table.values())


def _is_shifted(cause: Cause | None) -> bool:
    return cause is not None and cause.stated is not None and cause.stated.kind is CauseKind.SHIFTED
