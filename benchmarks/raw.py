"""What a reader gave, in one shape for all: text, and tables as rows of cells. Made into a Document only for scoring.

Our own assembler judges every reader's cells: rows are found by their statutory label, fragments of a table are joined
over pages. Section headings are left out, since a reader that gives text and tables apart does not say which heading
stands over which table; the tables' own words part them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from parsers.model.document import Cell, Document, Line, Page, Place, Row, Table
from parsers.model.source import Kind, Source


@dataclass(frozen=True)
class RawCell:
    """A cell's text, the grid column it begins in, and how far it reaches."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


RawTable: TypeAlias = list[list[RawCell]]


@dataclass(frozen=True)
class Raw:
    """One document: each page's text (one page where the format has none) and the tables of each page."""

    texts: list[str]
    tables: list[list[RawTable]] = field(default_factory=list)


def raw_to_document(raw: Raw, kind: Kind) -> Document:
    """The lines before the first heading, for title and year, then every table in order."""
    opening = next(iter(raw.texts), "").split("一、", 1)[0]
    lines = [Line(text=text, place=Place(page=1, box=_NOWHERE)) for text in opening.split("\n") if text.strip()]
    tables = [
        _table(table, page, index)
        for page, found in enumerate(raw.tables, 1)
        for index, table in enumerate(found, 1)
        if table
    ]
    pages = tuple(Page(number=number, width=595, height=842) for number in range(1, len(raw.tables) + 1))
    return Document(source=Source(sha256="", kind=kind, bytes=0), pages=pages, blocks=(*lines, *tables))


_NOWHERE = (0.0, 0.0, 0.0, 0.0)


def _table(table: RawTable, page: int, index: int) -> Table:
    rows = tuple(_row(cells, page, f"table {index}, row {number}") for number, cells in enumerate(table, 1) if cells)
    width = max((c.column + c.columns for cells in table for c in cells), default=0)
    return Table(columns=width, rows=rows, place=Place(page=page, box=_NOWHERE, path=f"table {index}"))


def _row(cells: list[RawCell], page: int, path: str) -> Row:
    return Row(
        cells=tuple(
            Cell(
                text=cell.text,
                place=Place(page=page, box=_NOWHERE, path=f"{path}, column {cell.column + 1}"),
                column=cell.column,
                column_span=cell.columns,
                row_span=cell.rows,
            )
            for cell in cells
        )
    )


def squares_to_table(rows: Iterable[Iterable[str | None]]) -> RawTable:
    """From a square grid where None stands for what a merge covers: a cell reaches over the None to its right."""
    return [_squares_to_row(list(row)) for row in rows]


def _squares_to_row(row: list[str | None]) -> list[RawCell]:
    begins = [i for i, text in enumerate(row) if text is not None]
    ends = [*begins[1:], len(row)]
    return [RawCell(row[i] or "", i, end - i) for i, end in zip(begins, ends, strict=False)]


SpanCell: TypeAlias = tuple[str, int, int]
"""Text, rowspan, colspan: HTML's way."""


def spans_to_table(rows: Iterable[Iterable[SpanCell]]) -> RawTable:
    """From rows of cells with spans: a cell begins in the first column that no cell above still covers."""
    table: RawTable = []
    covered: dict[int, int] = {}
    for row in rows:
        cells: list[RawCell] = []
        column = 0
        for text, down, across in row:
            while covered.get(column, 0) > 0:
                column += 1
            cells.append(RawCell(text, column, across, down))
            covered |= dict.fromkeys(range(column, column + across), down)
            column += across
        covered = {column: rest - 1 for column, rest in covered.items()}
        table.append(cells)
    return table
