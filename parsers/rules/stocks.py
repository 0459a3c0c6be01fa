"""Rows of documents of which some are made, some repealed, and the rest in force."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.equations import CellId
from parsers.editions.spec import RowSpec
from parsers.model.report import Number, Status
from parsers.model.value import Value
from parsers.rules.rule import Subject

COLUMNS = ("issued", "repealed", "in_force")


class Stock(Value):
    """One row: its cells and numbers in the order of COLUMNS."""

    row: RowSpec
    cells: tuple[CellId, CellId, CellId]
    issued: Number
    repealed: Number
    in_force: Number


def subject_to_stocks(subject: Subject) -> Iterator[Stock]:
    """The rows of table 1 in which all three are filed as numbers."""
    table = subject.form.table("proactive")
    for row in table.rows:
        if tuple(column.id for column in table.columns_of(row.id)) != COLUMNS:
            continue
        issued, repealed, in_force = ((table.id, row.id, column) for column in COLUMNS)
        cells = (issued, repealed, in_force)
        figures = [subject.figure(cell) for cell in cells]
        if all(figure.status is Status.NUMBER for figure in figures):
            made, gone, left = (figure.value or 0 for figure in figures)
            yield Stock(row=row, cells=cells, issued=made, repealed=gone, in_force=left)
