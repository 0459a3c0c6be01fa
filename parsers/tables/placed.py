"""What placing gives: runs with the row that each of them is."""

from __future__ import annotations

from parsers.editions.spec import TableSpec
from parsers.model.report import Printed
from parsers.model.value import Value
from parsers.tables.runs import Run
from parsers.tables.strips import Token
from parsers.text.labels import Fit


class PlacedRun(Value):
    """A run and the row it is; `label` is the printed label, None where the row was found by order alone.

    `in_doubt`: the run may hold another row's numbers, or lack some of its own.
    """

    row: str
    run: Run
    label: Token | None
    fit: Fit
    in_doubt: bool = False


class Placement(Value):
    """Rows found, labels that differ from the form's, and tokens that belong to no row."""

    placed: tuple[PlacedRun, ...]
    printed: tuple[Printed, ...]
    unplaced: tuple[Token, ...]


def row_at(row: str, seen: Token, table: TableSpec, *, in_doubt: bool) -> PlacedRun:
    """A row in which no number is printed: its cells are blank, or in doubt with what was seen there."""
    nothing = Token(text="", place=seen.place, label="")
    columns = len(table.columns_of(row))
    values = (seen, *(nothing,) * columns) if in_doubt else (nothing,) * columns
    return PlacedRun(row=row, run=Run(labels=(), values=values), label=None, fit=Fit.LIKE)
