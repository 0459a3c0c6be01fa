"""One picture of a page to lines and tables in reading order, every piece with its box on the page as it was filed."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from msgspec import UNSET

from parsers.model.document import Box, Cell, Line, Page, Place, Row, Table
from parsers.readers.scanning.cells import ReadCell, tables_to_cells
from parsers.readers.scanning.engine import Pixels, Seen, engine
from parsers.readers.scanning.pose import page_to_upright
from parsers.readers.scanning.ruling import PixelBox, RuledTable, Sheet, page_to_sheet, paper_of

ROOM = 3
"""Pixels of paper that a box leaves around its writing, about one point."""

SAME_LINE = 0.5
"""Share of the lower one's height that two pieces must have in common to stand on one line."""

READABLE = 0.5
"""Least probability of the letters of a short piece, below which it is a seal, a stain or a picture, and no writing."""

LONG = 8
"""A piece of more letters than this is writing, however unsure one of them is."""


@dataclass(frozen=True, slots=True)
class _Back:
    """From pixels of the upright page to points of the page as filed."""

    matrix: np.ndarray
    scale: tuple[float, float]

    def box(self, box: PixelBox) -> Box:
        """The smallest upright box around a box of the levelled page."""
        left, top, right, bottom = box
        corners = np.array([(left, top, 1), (right, top, 1), (right, bottom, 1), (left, bottom, 1)], dtype=np.float64)
        points = (corners @ self.matrix.T) * self.scale
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return round(float(x0), 2), round(float(y0), 2), round(float(x1), 2), round(float(y1), 2)


def picture_to_blocks(picture: Pixels, page: Page) -> list[Line | Table]:
    """Everything that can be read on a grey picture (rows of bytes) that shows this page from edge to edge."""
    upright = page_to_upright(picture, engine())
    sheet = page_to_sheet(upright.pixels)
    height, width = picture.shape
    back = _Back(matrix=upright.back, scale=(page.width / width, page.height / height))
    blocks = _tables(sheet, back, page.number) + _lines(sheet, back, page.number)
    return [block for _, block in sorted(blocks, key=lambda item: item[0])]


Placed = tuple[tuple[int, int], Line | Table]
"""Top and left on the upright page, which give the order of reading, and the block."""


def _tables(sheet: Sheet, back: _Back, page: int) -> list[Placed]:
    read = tables_to_cells(sheet, engine())
    pairs = zip(sheet.tables, read, strict=True)
    return [
        ((table.box[1], table.box[0]), _to_table(table, cells, back, Place(page=page, path=f"table {index}")))
        for index, (table, cells) in enumerate(pairs, 1)
    ]


def _to_table(table: RuledTable, cells: list[ReadCell], back: _Back, where: Place) -> Table:
    numbers = sorted({cell.cell.row for cell in cells})
    rows = tuple(
        Row(cells=tuple(_to_cell(cell, back, where) for cell in cells if cell.cell.row == number)) for number in numbers
    )
    return Table(
        columns=table.columns, rows=rows, place=Place(page=where.page, box=back.box(table.box), path=where.path)
    )


def _to_cell(read: ReadCell, back: _Back, where: Place) -> Cell:
    spot = read.cell
    path = f"{where.path}, row {spot.row + 1}, column {spot.column + 1}"
    return Cell(
        text=read.text,
        place=Place(page=where.page, box=back.box(_roomy(read.box, spot.box)), path=path),
        column=spot.column,
        row_span=spot.row_span,
        column_span=spot.column_span,
        doubt=read.doubt or UNSET,
    )


def _roomy(box: PixelBox, around: PixelBox) -> PixelBox:
    left, top, right, bottom = box
    return (
        max(left - ROOM, around[0]),
        max(top - ROOM, around[1]),
        min(right + ROOM, around[2]),
        min(bottom + ROOM, around[3]),
    )


def _lines(sheet: Sheet, back: _Back, page: int) -> list[Placed]:
    """The writing outside tables. Each line is read once and so is in doubt: its sense counts, not its letters."""
    outside = _without_tables(sheet)
    rows = _boxes_to_rows(engine().detect(outside))
    crops = [outside[top:bottom, left:right] for row in rows for left, top, right, bottom in row]
    seen = iter(engine().recognise(crops))
    lines = [(row, [next(seen) for _ in row]) for row in rows]
    return [
        ((min(b[1] for b in row), min(b[0] for b in row)), _to_line(row, pieces, back, page))
        for row, pieces in lines
        if _is_writing(pieces)
    ]


def _without_tables(sheet: Sheet) -> Pixels:
    page = sheet.pixels.copy()
    paper = paper_of(page)
    for left, top, right, bottom in (table.box for table in sheet.tables):
        cv2.rectangle(page, (left, top), (right, bottom), paper, thickness=-1)
    return page


def _boxes_to_rows(boxes: list[PixelBox]) -> list[list[PixelBox]]:
    """Pieces that stand side by side, left to right; rows from top to bottom."""
    rows: list[list[PixelBox]] = []
    for box in sorted(boxes, key=lambda b: (b[1] + b[3], b[0])):
        if rows and _is_beside(box, rows[-1][-1]):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row) for row in rows]


def _is_beside(box: PixelBox, other: PixelBox) -> bool:
    common = min(box[3], other[3]) - max(box[1], other[1])
    return common > SAME_LINE * min(box[3] - box[1], other[3] - other[1])


def _is_writing(pieces: list[Seen]) -> bool:
    return any(len(piece.text) > LONG or (piece.text and piece.sure >= READABLE) for piece in pieces)


def _to_line(row: list[PixelBox], pieces: list[Seen], back: _Back, page: int) -> Line:
    lefts, tops, rights, bottoms = zip(*row, strict=True)
    box = back.box((min(lefts), min(tops), max(rights), max(bottoms)))
    return Line(text=" ".join(p.text for p in pieces if p.text), place=Place(page=page, box=box), doubt=True)
