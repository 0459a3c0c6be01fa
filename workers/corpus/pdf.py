"""The sheet as a ruled, born-digital PDF; the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TypeAlias

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from workers.corpus.sheet import Grid, Sheet, Spot

FONT = "STSong-Light"
WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 50.0
BODY, SMALL = 11.0, 7.0
LEADING = 1.35


Pen: TypeAlias = Callable[[Canvas, float, float, float, float], None]
"""Draws the border of a cell: canvas, left, bottom, width, height."""


def solid(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """A stroked rectangle."""
    canvas.rect(left, bottom, width, height)


class _Printer:
    """A canvas with a pen that moves down the page and begins a new one when it is full."""

    def __init__(self, canvas: Canvas, top: float, pen: Pen) -> None:
        self.canvas = canvas
        self.pen = pen
        self._top = top
        self.y = top
        self.page = 1

    def room(self, height: float) -> bool:
        """Is there room for so much before the bottom margin?"""
        return self.y - height >= MARGIN

    def turn(self) -> None:
        """The page's number, and a new page."""
        self.canvas.setFont(FONT, BODY)
        self.canvas.drawCentredString(WIDTH / 2, MARGIN / 2, f"- {self.page} -")
        self.canvas.showPage()
        self.page += 1
        self.y = self._top

    def line(self, text: str, size: float, x: float) -> None:
        """One line of text."""
        if not self.room(size * LEADING):
            self.turn()
        self.y -= size * LEADING
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y + size * (LEADING - 1), text)


def to_pdf(sheet: Sheet, *, password: str | None = None, start: float = 0, pen: Pen = solid, turn: int = 0) -> bytes:
    """The report as PDF; `start` leaves so many points free on top of each page, which moves every page break.

    `pen` draws the cells' borders, `turn` is the pages' /Rotate.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=password)
    canvas.setPageRotation(turn)
    if turn % 180:  # ReportLab swaps the edges of such a page; what is drawn is not turned
        canvas.setPageSize((HEIGHT, WIDTH))
    print_sheet(sheet, canvas, start, pen)
    canvas.save()
    return buffer.getvalue()


def print_sheet(sheet: Sheet, canvas: Canvas, start: float, pen: Pen) -> None:
    """The report on this canvas, page after page."""
    printer = _Printer(canvas, HEIGHT - MARGIN - start, pen)
    for block in sheet:
        if isinstance(block, Grid):
            _print_grid(block, printer)
        else:
            for text in _wrapped(block, BODY, WIDTH - 2 * MARGIN):
                printer.line(text, BODY, MARGIN)
            printer.y -= BODY / 2
    printer.turn()


def scan() -> bytes:
    """A page that is a picture of a page: nothing to read."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.rect(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines that fit; breaks stand anywhere, as in Chinese."""
    lines = [""]
    for letter in text:
        if pdfmetrics.stringWidth(lines[-1] + letter, FONT, size) > width and lines[-1]:
            lines.append("")
        lines[-1] += letter
    return lines


def _print_grid(grid: Grid, printer: _Printer) -> None:
    edges = _edges(grid)
    heights = [_row_height(row, edges) for row in grid.rows]
    unprinted: _Unprinted = {}
    for first, last in _pages(heights, printer):
        _print_rows(grid, edges, heights, (first, last), printer, unprinted=unprinted)


def _edges(grid: Grid) -> list[float]:
    unit = (WIDTH - 2 * MARGIN) / sum(grid.widths)
    return [MARGIN + unit * sum(grid.widths[:i]) for i in range(len(grid.widths) + 1)]


def _row_height(row: tuple[Spot, ...], edges: list[float]) -> float:
    lines = [len(_lines_of(s, edges)) for s in row if s.rows == 1]
    return max(lines, default=1) * SMALL * LEADING + 4


def _width(spot: Spot, edges: list[float]) -> float:
    return edges[spot.column + spot.columns] - edges[spot.column] - 4


def _pages(heights: list[float], printer: _Printer) -> Iterator[tuple[int, int]]:
    """(first, last) of the rows that fit together on each page."""
    first = 0
    while first < len(heights):
        last, height = first, heights[first]
        while last + 1 < len(heights) and printer.room(height + heights[last + 1]):
            last += 1
            height += heights[last]
        if printer.room(height):
            yield first, last
            first = last + 1
        if first < len(heights):
            printer.turn()


_Unprinted: TypeAlias = dict[tuple[int, int], list[str]]
"""Lines of a cell, by its row and column, for which the pages so far had no room."""


def _print_rows(  # noqa: PLR0913 - what a page shows of a grid, and what it leaves to the next
    grid: Grid,
    edges: list[float],
    heights: list[float],
    shown: tuple[int, int],
    printer: _Printer,
    *,
    unprinted: _Unprinted,
) -> None:
    """Every cell that reaches into these rows; what does not fit of one that a page break cuts stands on the next."""
    first, last = shown
    tops = {i: printer.y - sum(heights[first:i]) for i in range(first, last + 2)}
    for i, row in enumerate(grid.rows):
        for spot in row:
            begin, end = max(i, first), min(i + spot.rows - 1, last)
            if begin <= end:
                lines = unprinted[i, spot.column] if i < first else _lines_of(spot, edges)
                span = tops[begin], tops[end + 1]
                room = len(lines) if end == i + spot.rows - 1 else _room(span)
                _print_spot(spot, edges, span, printer, lines[:room])
                unprinted[i, spot.column] = lines[room:]
    printer.y = tops[last + 1]


def _room(span: tuple[float, float]) -> int:
    """How many lines fit between two heights; one always does."""
    return max(int((span[0] - span[1]) // (SMALL * LEADING)), 1)


def _lines_of(spot: Spot, edges: list[float]) -> list[str]:
    return _wrapped(spot.text, SMALL, _width(spot, edges))


def _print_spot(spot: Spot, edges: list[float], span: tuple[float, float], printer: _Printer, lines: list[str]) -> None:
    canvas = printer.canvas
    left, width = edges[spot.column], edges[spot.column + spot.columns] - edges[spot.column]
    top, bottom = span
    printer.pen(canvas, left, bottom, width, top - bottom)
    canvas.setFont(FONT, SMALL)
    base = (top + bottom) / 2 + (len(lines) * SMALL * LEADING) / 2 - SMALL
    for number, line in enumerate(lines):
        canvas.drawString(left + 2, base - number * SMALL * LEADING, line)
