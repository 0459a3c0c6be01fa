"""The sheet as the Document that a reader of ruled pages hands over: grids with boxes, everything else as lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parsers.model.document import Box, Cell, Document, Line, Page, Place, Row, Table
from parsers.model.source import Kind, Source
from workers.corpus.sheet import Grid, Sheet, Spot

WIDTH, HEIGHT, ROW = 595.0, 842.0, 20.0
SOURCE = Source(sha256="0" * 64, kind=Kind.PDF, bytes=1, pages=1)


def to_document(sheet: Sheet) -> Document:
    """Every block of the sheet under the one before, on one very long page."""
    blocks = [_block(block, number) for number, block in enumerate(sheet, 1)]
    page = Page(number=1, width=WIDTH, height=HEIGHT)
    return Document(source=SOURCE, pages=(page,), blocks=tuple(blocks), reader="pdfium")


def _block(block: str | Grid, number: int, page: int = 1) -> Line | Table:
    top = number * HEIGHT
    if isinstance(block, str):
        return Line(text=block, place=Place(page=page, box=(50.0, top, 500.0, top + ROW)))
    rows = tuple(_row(spots, top + i * ROW, page, f"table {number}, row {i + 1}") for i, spots in enumerate(block.rows))
    box: Box = (50.0, top, 500.0, top + ROW * len(rows))
    return Table(columns=len(block.widths), rows=rows, place=Place(page=page, box=box, path=f"table {number}"))


def _row(spots: Sequence[Spot], top: float, page: int, path: str) -> Row:
    return Row(cells=tuple(_cell(spot, top, page, path) for spot in spots))


def _cell(spot: Spot, top: float, page: int, path: str) -> Cell:
    left = 50.0 + 10 * spot.column
    box: Box = (left, top, left + 10 * spot.columns, top + ROW * spot.rows)
    place = Place(page=page, box=box, path=f"{path}, column {spot.column + 1}")
    return Cell(text=spot.text, place=place, column=spot.column, row_span=spot.rows, column_span=spot.columns)


def change_grids(sheet: Sheet, change: Callable[[Grid], Grid | tuple[str | Grid, ...]]) -> Sheet:
    """The sheet with every grid changed, or replaced by several blocks."""
    blocks: list[str | Grid] = []
    for block in sheet:
        changed = block if isinstance(block, str) else change(block)
        blocks += changed if isinstance(changed, tuple) else (changed,)
    return tuple(blocks)


def on_pages(document: Document, starts: tuple[int, ...]) -> Document:
    """The same blocks, those from each of these indices on standing on the next page."""
    blocks = tuple(_moved(block, 1 + sum(i >= start for start in starts)) for i, block in enumerate(document.blocks))
    pages = tuple(Page(number=n, width=WIDTH, height=HEIGHT) for n in range(1, len(starts) + 2))
    return Document(source=document.source, pages=pages, blocks=blocks, reader=document.reader)


def _moved(block: Line | Table, page: int) -> Line | Table:
    if isinstance(block, Line):
        return Line(text=block.text, place=_on(block.place, page))
    rows = tuple(
        Row(
            cells=tuple(
                Cell(
                    text=cell.text,
                    place=_on(cell.place, page),
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                )
                for cell in row.cells
            )
        )
        for row in block.rows
    )
    return Table(columns=block.columns, rows=rows, place=_on(block.place, page))


def _on(place: Place, page: int) -> Place:
    return Place(page=page, box=place.box, line=place.line, column=place.column, path=place.path)
