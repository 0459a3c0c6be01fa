"""How a PDF's coordinates (origin bottom left, before the page is turned) become those of the sheet that is seen."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple, TypeAlias

import pypdfium2.raw as pdfium

from parsers.model.document import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""PDF's a b c d e f: x' = ax + cy + e, y' = bx + dy + f."""

UPRIGHT, HALF = 0, 2
"""Quarter turns of a page as it stands, and of one upside down."""


class View(NamedTuple):
    """The page's edges and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet as seen."""
        size = self.right - self.left, self.top - self.bottom
        return size if self.quarters % 2 == 0 else (size[1], size[0])

    def box(self, box: Box) -> Box:
        """(left, bottom, right, top) in PDF to (left, top, right, bottom) on the sheet."""
        x0, y0, x1, y1 = box
        if self.quarters == UPRIGHT:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.quarters == HALF:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.quarters == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def back(self, box: Box) -> Box:
        """(left, top, right, bottom) on the sheet to (left, bottom, right, top) in PDF: `box` the other way round."""
        x0, y0, x1, y1 = box
        if self.quarters == UPRIGHT:
            return self.left + x0, self.top - y1, self.left + x1, self.top - y0
        if self.quarters == HALF:
            return self.right - x1, self.bottom + y0, self.right - x0, self.bottom + y1
        if self.quarters == 1:
            return self.left + y0, self.bottom + x0, self.left + y1, self.bottom + x1
        return self.right - y1, self.top - x1, self.right - y0, self.top - x0


def page_to_view(page: Any) -> View:
    """The page's visible edges and how it is turned."""
    edges = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(edges))
    return View(edges.left, edges.bottom, edges.right, edges.top, pdfium.FPDFPage_GetRotation(page) % 4)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """First the inner transformation, then the outer one."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(box: Box, matrix: Matrix) -> Box:
    """The smallest upright box around a transformed one."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
