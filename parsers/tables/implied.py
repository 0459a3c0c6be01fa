"""What the identities force: the value of a cell that holds no number. A suggestion, never a value, never in a sum."""

from __future__ import annotations

import msgspec

from parsers.editions.equations import CellId, Equation, edition_to_equations
from parsers.editions.spec import Edition
from parsers.model.report import Figure, Number, Status, Tables

_OPEN = (Status.BLANK, Status.NON_NUMERIC, Status.UNREADABLE)


Known = dict[CellId, Number]


def imply_values(tables: Tables, form: Edition) -> Tables:
    """The same tables with `suggested` set where the identities leave exactly one value for a cell.

    What one identity gives is used in the next, so cells can be solved one after the other.
    """
    equations = edition_to_equations(form, tables)
    implied: Known = {}
    while more := _solve_all(equations, tables, implied):
        implied |= more
    return _suggest_all(tables, implied if _hold(equations, tables, implied) else _solve_all(equations, tables, {}))


def _suggest_all(tables: Tables, implied: Known) -> Tables:
    return {
        table: {
            row: {column: _suggest(figure, implied.get((table, row, column))) for column, figure in columns.items()}
            for row, columns in rows.items()
        }
        for table, rows in tables.items()
    }


def _solve_all(equations: tuple[Equation, ...], tables: Tables, known: Known) -> Known:
    """What follows at once from the figures and from what is known; nothing for a cell with two answers."""
    answers: dict[CellId, list[Number]] = {}
    for equation in equations:
        found = _solve(equation, tables, known)
        if found is not None:
            answers.setdefault(found[0], []).append(found[1])
    return {cell: values[0] for cell, values in answers.items() if all(value == values[0] for value in values)}


def _solve(equation: Equation, tables: Tables, known: Known) -> tuple[CellId, Number] | None:
    """The one open cell of this equation and the value that closes it; None when none or several are open."""
    cells = [(cell, 1) for cell in equation.left] + [(cell, -1) for cell in equation.right]
    open_cells = [(cell, sign) for cell, sign in cells if _is_open(cell, tables, known)]
    if len(open_cells) != 1:
        return None
    (cell, sign) = open_cells[0]
    if _figure(tables, cell).status not in _OPEN:
        return None
    rest = sum((sign_of * _value(tables, c, known) for c, sign_of in cells if c != cell), start=0)
    value = -rest * sign
    return (cell, value) if value >= 0 else None


def _hold(equations: tuple[Equation, ...], tables: Tables, known: Known) -> bool:
    """Do the answers agree with every identity in which they meet? If not, one of the figures is misread or wrong."""
    return all(
        _sum(equation.left, tables, known) == _sum(equation.right, tables, known)
        for equation in equations
        if any(cell in known for cell in (*equation.left, *equation.right))
        and not any(_is_open(cell, tables, known) for cell in (*equation.left, *equation.right))
    )


def _sum(cells: tuple[CellId, ...], tables: Tables, known: Known) -> Number:
    return sum((_value(tables, cell, known) for cell in cells), start=0)


def _is_open(cell: CellId, tables: Tables, known: Known) -> bool:
    return cell not in known and _figure(tables, cell).status is not Status.NUMBER


def _value(tables: Tables, cell: CellId, known: Known) -> Number:
    return known.get(cell, _figure(tables, cell).value or 0)


def _figure(tables: Tables, cell: CellId) -> Figure:
    table, row, column = cell
    return tables[table][row][column]


def _suggest(figure: Figure, implied: Number | None) -> Figure:
    if figure.status not in _OPEN or implied is None:
        return figure
    return msgspec.structs.replace(figure, suggested=implied)
