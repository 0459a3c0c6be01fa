"""What the identities force: the value of a cell that holds no number. A suggestion, never a value, never in a sum."""

from __future__ import annotations

import msgspec

from parsers.editions.equations import Equation, edition_to_equations
from parsers.editions.spec import Edition
from parsers.model.report import Figure, Number, Status, Tables

_OPEN = (Status.BLANK, Status.NON_NUMERIC, Status.UNREADABLE)


def imply_values(tables: Tables, form: Edition) -> Tables:
    """The same tables with `suggested` set where the identities leave exactly one value for a cell."""
    implied: dict[tuple[str, str, str], list[Number]] = {}
    for equation in edition_to_equations(form, tables):
        found = _solve(equation, tables)
        if found is not None:
            implied.setdefault(found[0], []).append(found[1])
    unique = {cell: values[0] for cell, values in implied.items() if all(v == values[0] for v in values)}
    return {
        table: {
            row: {column: _suggest(figure, unique.get((table, row, column))) for column, figure in columns.items()}
            for row, columns in rows.items()
        }
        for table, rows in tables.items()
    }


def _solve(equation: Equation, tables: Tables) -> tuple[tuple[str, str, str], Number] | None:
    """The one open cell of this equation and the value that closes it; None when none or several are open."""
    cells = [(cell, 1) for cell in equation.left] + [(cell, -1) for cell in equation.right]
    open_cells = [(cell, sign) for cell, sign in cells if _figure(tables, cell).status is not Status.NUMBER]
    if len(open_cells) != 1:
        return None
    (cell, sign) = open_cells[0]
    if _figure(tables, cell).status not in _OPEN:
        return None
    rest = sum((sign_of * (_figure(tables, c).value or 0) for c, sign_of in cells if c != cell), start=0)
    value = -rest * sign
    return (cell, value) if value >= 0 else None


def _figure(tables: Tables, cell: tuple[str, str, str]) -> Figure:
    table, row, column = cell
    return tables[table][row][column]


def _suggest(figure: Figure, implied: Number | None) -> Figure:
    if figure.status not in _OPEN or implied is None:
        return figure
    return msgspec.structs.replace(figure, suggested=implied)
