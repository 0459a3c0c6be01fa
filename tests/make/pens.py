"""Ways in which producers draw the borders of a table's cells."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.colors import black, lightgrey, white
from reportlab.pdfgen.canvas import Canvas

from workers.corpus.pdf import MARGIN, WIDTH, Pen, solid

THICK = 0.5
DASH, FREE = 1.5, 1.5


def _sides(left: float, bottom: float, width: float, height: float) -> Iterator[tuple[float, float, float, float]]:
    right, top = left + width, bottom + height
    yield left, bottom, right, bottom
    yield left, top, right, top
    yield left, bottom, left, top
    yield right, bottom, right, top


def lines(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Four strokes a cell."""
    for side in _sides(left, bottom, width, height):
        canvas.line(*side)


def thin(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Four filled rectangles a cell, half a point thick: Word and web browsers."""
    canvas.setFillColor(black)
    for x0, y0, x1, y1 in _sides(left, bottom, width, height):
        canvas.rect(x0, y0, max(x1 - x0, THICK), max(y1 - y0, THICK), stroke=0, fill=1)


def dotted(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Dashes that are strokes of their own."""
    for x0, y0, x1, y1 in _sides(left, bottom, width, height):
        along, up = x1 - x0, y1 - y0
        for i in range(int((along + up) // (DASH + FREE)) + 1):
            begin, end = i * (DASH + FREE), min(i * (DASH + FREE) + DASH, along + up)
            if begin < end:
                canvas.line(*((x0 + begin, y0, x0 + end, y0) if along else (x0, y0 + begin, x0, y0 + end)))


def double(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Two strokes a side, a point and a half apart."""
    solid(canvas, left, bottom, width, height)
    solid(canvas, left + 1, bottom + 1, width - 2, height - 2)


def filled(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """A black rectangle with a white one in it."""
    canvas.setFillColor(black)
    canvas.rect(left, bottom, width, height, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.rect(left + THICK, bottom + THICK, width - 2 * THICK, height - 2 * THICK, stroke=0, fill=1)
    canvas.setFillColor(black)


def shaded(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """A border around a grey ground."""
    canvas.setFillColor(lightgrey)
    canvas.rect(left, bottom, width, height, stroke=1, fill=1)
    canvas.setFillColor(black)


def open_sided(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """No outer verticals."""
    for x0, y0, x1, y1 in _sides(left, bottom, width, height):
        if x0 != x1 or MARGIN + 1 < x0 < WIDTH - MARGIN - 1:
            canvas.line(x0, y0, x1, y1)


def none(_canvas: Canvas, _left: float, _bottom: float, _width: float, _height: float) -> None:
    """No border at all."""


PENS: tuple[tuple[str, Pen], ...] = (
    ("solid", solid),
    ("lines", lines),
    ("thin", thin),
    ("dotted", dotted),
    ("double", double),
    ("filled", filled),
    ("shaded", shaded),
    ("open_sided", open_sided),
    ("none", none),
)
"""Each with its name."""
