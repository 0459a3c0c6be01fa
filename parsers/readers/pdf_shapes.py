"""The objects of a PDF page: its rules, areas, pictures and other drawings, and its text objects with their order."""

from __future__ import annotations

from array import array
from itertools import compress, pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

from parsers.model.document import Box
from parsers.readers import pdf_calls as calls
from parsers.readers.ink import THIN
from parsers.readers.pdf_view import Matrix, moved, times

_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
_MOVE, _CURVE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO

_IS_TEXT, _IS_PATH = (bytes(number == kind for number in range(256)) for kind in (_TEXT, _PATH))
"""Kinds of objects, one byte each, are translated into marks: 1 for what is wanted."""

MOST_OBJECTS = 100_000
"""Objects and path segments of a page that are looked at; a page of tables has some hundred."""

MOST_DEPTH = 8
"""Forms within forms that are opened."""

MOST_CORNERS = 5
"""Points of a filled rectangle, the first one perhaps repeated."""

LEAST_CELL = 8.0
"""Points: no cell with text in it is smaller."""

STRAIGHT = 1.0
"""Points by which a stroke may rise or lean and still be a rule."""

LEAN = 0.2
"""And the share of its length: a curve of tiny strokes is no rule."""


class Shapes:
    """What a page's objects draw, in PDF's coordinates.

    `drawn` are the outlines of what is neither a rule nor a rectangle: a letter, a signature, a slanted stroke.
    `text_at`, `area_at` and `image_at` tell the order: the index of the object on the page, or of the form it is in.
    """

    def __init__(self, page: Any) -> None:
        self.texts: list[int] = []
        self.text_at: list[int] = []
        self.rules: list[Box] = []
        self.areas: list[Box] = []
        self.area_of: list[int] = []
        self.area_at: list[int] = []
        self.images: list[Box] = []
        self.image_of: list[int] = []
        self.image_at: list[int] = []
        self.drawn: list[Box] = []
        self._left = MOST_OBJECTS
        count = min(max(pdfium.FPDFPage_CountObjects(page), 0), MOST_OBJECTS)
        self._walk(list(map(calls.page_object, repeat(calls.reference(page)), range(count))), range(count), None, 0)

    @property
    def is_cut(self) -> bool:
        """Were there more objects than are looked at?"""
        return self._left <= 0

    def _walk(self, objects: list[int], order: range | list[int], matrix: Matrix | None, depth: int) -> None:
        self._left -= len(objects)
        kinds = bytes(map(calls.object_type, objects))
        texts = kinds.translate(_IS_TEXT)
        self.texts += compress(objects, texts)
        self.text_at += compress(order, texts)
        if _PATH in kinds:
            paths = kinds.translate(_IS_PATH)
            self._paths(list(compress(objects, paths)), list(compress(order, paths)), matrix)
        if _IMAGE in kinds:
            pictures = list(compress(objects, map(_IMAGE.__eq__, kinds)))
            self.images += _boxes(pictures, matrix)
            self.image_of += pictures
            self.image_at += compress(order, map(_IMAGE.__eq__, kinds))
        if _FORM in kinds and depth < MOST_DEPTH:
            for form, at in compress(zip(objects, order, strict=True), map(_FORM.__eq__, kinds)):
                self._open(form, at, matrix, depth)

    def _open(self, form: int, at: int, matrix: Matrix | None, depth: int) -> None:
        own = _matrix(form)
        count = max(min(calls.form_count(form), self._left), 0)
        inner = list(map(calls.form_object, repeat(form), range(count)))
        self._walk(inner, [at] * count, times(own, matrix) if matrix else own, depth + 1)

    def _paths(self, paths: list[int], order: list[int], matrix: Matrix | None) -> None:
        for path, at, box in zip(paths, order, _boxes(paths, matrix), strict=True):
            if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
                self.rules.append(box)
            elif self._left > 0 and not _is_drawing(calls.path_count(path), box):
                self._shape(path, at, matrix)
            else:
                self.drawn.append(box)

    def _shape(self, path: int, at: int, matrix: Matrix | None) -> None:
        """A path that is no single rule: its pieces, each a rule or an area by itself."""
        count = min(calls.path_count(path), self._left)
        self._left -= count
        segments = list(map(calls.path_segment, repeat(path), range(count)))
        kinds = list(map(calls.segment_type, segments))
        points = _points(path, segments, matrix)
        starts = [i for i, kind in enumerate(kinds) if kind == _MOVE] or [0]
        is_filled, is_stroked = path_to_modes(path)
        for start, end in zip(starts, [*starts[1:], count], strict=True):
            if end - start <= 1:
                continue
            piece = points[start:end]
            if _CURVE in kinds[start:end]:
                self.drawn += [_outline(piece)] * (is_filled or is_stroked)
                continue
            if is_filled:
                self._filled(piece, path, at)
            if is_stroked:
                self._stroked([*piece, piece[0]] if calls.segment_closes(segments[end - 1]) else piece)

    def _filled(self, piece: list[tuple[float, float]], path: int, at: int) -> None:
        box = _outline(piece)
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            self.rules.append(box)
        elif len(piece) <= MOST_CORNERS and _is_rectangle(piece, box):
            self.areas.append(box)
            self.area_of.append(path)
            self.area_at.append(at)
        else:
            self.drawn.append(box)

    def _stroked(self, piece: list[tuple[float, float]]) -> None:
        for (x0, y0), (x1, y1) in pairwise(piece):
            along, off = abs(x1 - x0), abs(y1 - y0)
            along, off = max(along, off), min(along, off)
            if off <= STRAIGHT and off <= LEAN * along:
                self.rules.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            elif along > STRAIGHT:
                self.drawn.append(_outline([(x0, y0), (x1, y1)]))


def _outline(piece: list[tuple[float, float]]) -> Box:
    """The box around some points."""
    xs, ys = [x for x, _ in piece], [y for _, y in piece]
    return min(xs), min(ys), max(xs), max(ys)


def _is_drawing(count: int, box: Box) -> bool:
    """Has a path more corners than all cells of a table would have in its place? Outlines of letters have."""
    cells = ((box[2] - box[0]) / LEAST_CELL + 1) * ((box[3] - box[1]) / LEAST_CELL + 1)
    return count > MOST_CORNERS * cells


def _is_rectangle(piece: list[tuple[float, float]], box: Box) -> bool:
    left, bottom, right, top = box
    on_corner = [min(x - left, right - x) <= STRAIGHT and min(y - bottom, top - y) <= STRAIGHT for x, y in piece]
    return all(on_corner)


def _boxes(objects: list[int], matrix: Matrix | None) -> list[Box]:
    """Left, bottom, right, top of each object."""
    numbers = iter(calls.bounds(objects).tolist())
    boxes = list(zip(numbers, numbers, numbers, numbers, strict=True))
    return boxes if matrix is None else [moved(box, matrix) for box in boxes]


def _points(path: int, segments: list[int], matrix: Matrix | None) -> list[tuple[float, float]]:
    numbers = calls.points(segments)
    own = _matrix(path)
    a, b, c, d, e, f = times(own, matrix) if matrix else own
    xs, ys = numbers[0::2].tolist(), numbers[1::2].tolist()
    if (a, b, c, d, e, f) == (1, 0, 0, 1, 0, 0):
        return list(zip(xs, ys, strict=True))
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(xs, ys, strict=True)]


def _matrix(item: int) -> Matrix:
    numbers = array("f", bytes(24))
    if not calls.object_matrix(item, numbers.buffer_info()[0]):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def path_to_modes(path: int) -> tuple[bool, bool]:
    """Is a path filled, is it stroked?"""
    numbers = array("i", (0, 0))
    at = numbers.buffer_info()[0]
    calls.path_modes(path, at, at + 4)
    fill, stroke = numbers
    return fill != 0, stroke != 0
