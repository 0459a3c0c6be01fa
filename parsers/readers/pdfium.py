"""PDFium's pages as ink. Called through bare C prototypes, many calls in one C loop: no Python object a character.

Coordinates come as PDF has them (origin bottom left of the page before it is turned) and leave as the page is seen.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import deque
from ctypes import PYFUNCTYPE, c_int, c_void_p
from itertools import compress, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parsers.model.document import Box
from parsers.readers.ink import THIN, Characters, Ink

Matrix = tuple[float, float, float, float, float, float]

MOST_OBJECTS = 100_000
"""Objects and path segments of a page that are looked at; a page of tables has some hundred."""

_CONTROL = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-", "\x00": "\ufffd"})
"""A hyphen at a line's end comes as a control character and is printed as any other; what has no letter is unreadable."""

MOST_DEPTH = 8
"""Forms within forms that are opened."""


def _bare(function: Any, *arguments: Any, result: Any = c_int) -> Any:
    """The same C function called with plain addresses and without giving up the lock: a third of a call's cost."""
    return PYFUNCTYPE(result, *arguments)(ctypes.cast(function, c_void_p).value or 0)


_origin = _bare(pdfium.FPDFText_GetCharOrigin, c_void_p, c_int, c_void_p, c_void_p)
_loose_box = _bare(pdfium.FPDFText_GetLooseCharBox, c_void_p, c_int, c_void_p)
_char_box = _bare(pdfium.FPDFText_GetCharBox, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
_char_matrix = _bare(pdfium.FPDFText_GetMatrix, c_void_p, c_int, c_void_p)
_font_size = _bare(pdfium.FPDFText_GetFontSize, c_void_p, c_int, result=ctypes.c_double)
_unicode = _bare(pdfium.FPDFText_GetUnicode, c_void_p, c_int)
_get_text = _bare(pdfium.FPDFText_GetText, c_void_p, c_int, c_int, c_void_p)
_angle = _bare(pdfium.FPDFText_GetCharAngle, c_void_p, c_int, result=ctypes.c_float)
_type = _bare(pdfium.FPDFPageObj_GetType, c_void_p)
_bounds = _bare(pdfium.FPDFPageObj_GetBounds, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
_matrix = _bare(pdfium.FPDFPageObj_GetMatrix, c_void_p, c_void_p)
_page_object = _bare(pdfium.FPDFPage_GetObject, c_void_p, c_int, result=c_void_p)
_form_object = _bare(pdfium.FPDFFormObj_GetObject, c_void_p, c_int, result=c_void_p)
_segment_count = _bare(pdfium.FPDFPath_CountSegments, c_void_p)
_segment = _bare(pdfium.FPDFPath_GetPathSegment, c_void_p, c_int, result=c_void_p)
_point = _bare(pdfium.FPDFPathSegment_GetPoint, c_void_p, c_void_p, c_void_p)
_segment_type = _bare(pdfium.FPDFPathSegment_GetType, c_void_p)
_closes = _bare(pdfium.FPDFPathSegment_GetClose, c_void_p)
_draw_mode = _bare(pdfium.FPDFPath_GetDrawMode, c_void_p, c_void_p, c_void_p)


def address(handle: Any) -> int:
    """A PDFium handle as the bare functions take it."""
    return ctypes.cast(handle, c_void_p).value or 0


class View(NamedTuple):
    """How PDF's coordinates become those of a sheet that is seen: the page's edges and its quarter turns clockwise."""

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
        if self.quarters == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.quarters == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.quarters == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0


class Printed(NamedTuple):
    """Objects of a page: its text objects, and its rules and filled areas as boxes in PDF's coordinates."""

    texts: list[int]
    rules: list[Box]
    areas: list[Box]
    images: int
    is_cut: bool


class _Objects:
    """Walks through a page's objects and those of its forms."""

    def __init__(self) -> None:
        self.texts: list[int] = []
        self.rules: list[Box] = []
        self.areas: list[Box] = []
        self.images = 0
        self.left = MOST_OBJECTS

    def walk(self, get: Any, owner: int, count: int, matrix: Matrix | None, depth: int = 0) -> None:
        count = min(count, self.left)
        self.left -= count
        objects = list(map(get, repeat(owner), range(count)))
        kinds = list(map(_type, objects))
        self.texts += compress(objects, [kind == pdfium.FPDF_PAGEOBJ_TEXT for kind in kinds])
        self.images += kinds.count(pdfium.FPDF_PAGEOBJ_IMAGE)
        self._paths(list(compress(objects, [kind == pdfium.FPDF_PAGEOBJ_PATH for kind in kinds])), matrix)
        if depth < MOST_DEPTH:
            for form in compress(objects, [kind == pdfium.FPDF_PAGEOBJ_FORM for kind in kinds]):
                own = _object_matrix(form)
                inner = pdfium.FPDFFormObj_CountObjects(ctypes.cast(form, pdfium.FPDF_PAGEOBJECT))
                self.walk(_form_object, form, max(inner, 0), _times(own, matrix) if matrix else own, depth + 1)

    def _paths(self, paths: list[int], matrix: Matrix | None) -> None:
        count = len(paths)
        numbers = array("f", bytes(16 * count))
        at = numbers.buffer_info()[0]
        end = at + 16 * count
        edges = [range(at + k, end + k, 16) for k in (0, 4, 8, 12)]
        deque(map(_bounds, paths, *edges), 0)
        values = iter(numbers.tolist())
        for path, box in zip(paths, zip(values, values, values, values, strict=True), strict=True):
            if matrix is not None:
                box = _moved(box, matrix)
            if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
                self.rules.append(box)
            elif self.left > 0:
                self._shape(path, matrix)

    def _shape(self, path: int, matrix: Matrix | None) -> None:
        """A path that is no single rule: its pieces, each a rule or an area by itself."""
        count = min(_segment_count(path), self.left)
        self.left -= count
        segments = list(map(_segment, repeat(path), range(count)))
        kinds = list(map(_segment_type, segments))
        points = self._points(path, segments, matrix)
        starts = [i for i, kind in enumerate(kinds) if kind == pdfium.FPDF_SEGMENT_MOVETO] or [0]
        is_filled, is_stroked = _modes(path)
        for start, end in zip(starts, [*starts[1:], count], strict=True):
            if end - start < 2 or pdfium.FPDF_SEGMENT_BEZIERTO in kinds[start:end]:
                continue
            piece = points[start:end]
            if is_filled:
                self._filled(piece)
            if is_stroked:
                if _closes(segments[end - 1]):
                    piece.append(piece[0])
                self._stroked(piece)

    def _points(self, path: int, segments: list[int], matrix: Matrix | None) -> list[tuple[float, float]]:
        count = len(segments)
        numbers = array("f", bytes(8 * count))
        at = numbers.buffer_info()[0]
        deque(map(_point, segments, range(at, at + 8 * count, 8), range(at + 4, at + 4 + 8 * count, 8)), 0)
        a, b, c, d, e, f = _times(_object_matrix(path), matrix) if matrix else _object_matrix(path)
        xs, ys = numbers[0::2].tolist(), numbers[1::2].tolist()
        return [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(xs, ys, strict=True)]

    def _filled(self, piece: list[tuple[float, float]]) -> None:
        xs, ys = [x for x, _ in piece], [y for _, y in piece]
        box = (min(xs), min(ys), max(xs), max(ys))
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            self.rules.append(box)
        elif len(piece) <= 5 and len({round(x, 1) for x in xs}) == 2 and len({round(y, 1) for y in ys}) == 2:
            self.areas.append(box)

    def _stroked(self, piece: list[tuple[float, float]]) -> None:
        for (x0, y0), (x1, y1) in zip(piece, piece[1:], strict=False):
            if abs(x1 - x0) <= 1 or abs(y1 - y0) <= 1:
                self.rules.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _object_matrix(item: int) -> Matrix:
    numbers = array("f", bytes(24))
    if not _matrix(item, numbers.buffer_info()[0]):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _modes(path: int) -> tuple[bool, bool]:
    """Is a path filled, is it stroked?"""
    numbers = array("i", (0, 0))
    at = numbers.buffer_info()[0]
    _draw_mode(path, at, at + 4)
    return numbers[0] != 0, numbers[1] != 0


def page_to_printed(page: Any) -> Printed:
    """Every object of a page that matters here."""
    objects = _Objects()
    objects.walk(_page_object, address(page), max(pdfium.FPDFPage_CountObjects(page), 0), None)
    return Printed(objects.texts, objects.rules, objects.areas, objects.images, is_cut=objects.left <= 0)


def page_to_view(page: Any) -> View:
    """The page's visible edges and how it is turned."""
    edges = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(edges))
    return View(edges.left, edges.bottom, edges.right, edges.top, pdfium.FPDFPage_GetRotation(page) % 4)


def text_to_characters(text_page: Any, view: View) -> Characters:
    """Every character on the sheet of this view; those that PDFium made up have size 0."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return Characters()
    handle = address(text_page)
    origins, boxes = array("d", bytes(16 * count)), array("f", bytes(16 * count))
    at, to = origins.buffer_info()[0], boxes.buffer_info()[0]
    numbers = range(count)
    ys = range(at + 8, at + 8 + 16 * count, 16)
    deque(map(_origin, repeat(handle), numbers, range(at, at + 16 * count, 16), ys), 0)
    deque(map(_loose_box, repeat(handle), numbers, range(to, to + 16 * count, 16)), 0)
    text = _text(handle, count)
    _mend_boxes(handle, text, origins, boxes)
    edges = [boxes[k::4].tolist() for k in range(4)]
    return _seen(text, origins, edges, view)


def _mend_boxes(handle: int, text: list[str], origins: array[float], boxes: array[float]) -> None:
    """Where a font lies about its height, or writes downwards, PDFium's boxes have the wrong size.

    Ideographs tell it, since they fill their square. The font's size and the letter's matrix stand for the box then.
    """
    sizes = [int(abs(top - bottom)) for top, bottom in zip(boxes[1::4], boxes[3::4], strict=True)]
    firsts = {
        size: i for i, (size, letter) in enumerate(zip(sizes, text, strict=True)) if letter >= IDEOGRAPHS and size
    }
    wrong = [size for size, i in firsts.items() if not SMALLEST * size <= _ink_size(handle, i) <= LARGEST * size + 2]
    for i in [i for i, size in enumerate(sizes) if size in wrong] if wrong else []:
        c, d = _letter_matrix(handle, i)[2:]
        size = _font_size(handle, i) * math.hypot(c, d)
        left, right = boxes[4 * i], boxes[4 * i + 2]
        if right - left > LARGEST * size:
            left, right, origins[2 * i + 1], _ = _ink(handle, i)
        y = origins[2 * i + 1]
        boxes[4 * i : 4 * i + 4] = array("f", (left, y + ASCENT * size, right, y - (1 - ASCENT) * size))


def _letter_matrix(handle: int, i: int) -> tuple[float, float, float, float]:
    numbers = array("f", bytes(24))
    _char_matrix(handle, i, numbers.buffer_info()[0])
    a, b, c, d, _, _ = numbers
    return a, b, c, d


def _ink(handle: int, i: int) -> tuple[float, float, float, float]:
    """Left, right, bottom, top of a character's own ink."""
    numbers = array("d", bytes(32))
    at = numbers.buffer_info()[0]
    _char_box(handle, i, at, at + 8, at + 16, at + 24)
    left, right, bottom, top = numbers
    return left, right, bottom, top


def _ink_size(handle: int, i: int) -> float:
    left, right, bottom, top = _ink(handle, i)
    return max(right - left, top - bottom)


def _seen(text: list[str], origins: array[float], edges: list[list[float]], view: View) -> Characters:
    """Turned as the sheet is: what runs along the sheet's width is left and right, what stands up is the size."""
    lefts, tops, rights, bottoms = edges
    x0, y0, x1, y1 = view.left, view.bottom, view.right, view.top
    if view.quarters == 0:
        left, right = [v - x0 for v in lefts], [v - x0 for v in rights]
        base = [y1 - v for v in origins[1::2]]
    elif view.quarters == 1:
        left, right = [v - y0 for v in bottoms], [v - y0 for v in tops]
        base = [v - x0 for v in origins[0::2]]
    elif view.quarters == 2:
        left, right = [x1 - v for v in rights], [x1 - v for v in lefts]
        base = [v - y0 for v in origins[1::2]]
    else:
        left, right = [y1 - v for v in tops], [y1 - v for v in bottoms]
        base = [x1 - v for v in origins[0::2]]
    low, high = (bottoms, tops) if view.quarters % 2 == 0 else (lefts, rights)
    size = [b - a for a, b in zip(low, high, strict=True)]
    return Characters(text=text, left=left, right=right, base=base, size=size)


def _text(handle: int, count: int) -> list[str]:
    """The characters' letters; in one call where each takes one unit, one by one where some take two."""
    units = array("H", bytes(2 * count + 2))
    written = _get_text(handle, 0, count, units.buffer_info()[0])
    text = units[: max(written - 1, 0)].tobytes().decode("utf-16-le", "replace")
    if len(text) == count and written == count + 1:
        return list(text.translate(_CONTROL))
    codes = map(_unicode, repeat(handle), range(count))
    return [
        chr(code).translate(_CONTROL) if 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        for code in codes
    ]


ASCENT = 0.88
"""Share of its size by which a Chinese font reaches over the baseline."""

IDEOGRAPHS = "\u3400"
"""From here on letters fill their square, so that their ink tells the size of the font."""

SMALLEST, LARGEST = 0.4, 1.6
"""Shares of its size between which an ideograph's ink lies."""

SAMPLES = 24
"""Characters that are asked for their direction, evenly over the page."""


def text_to_quarters(text_page: Any, shown: int) -> int:
    """By how many quarters clockwise PDF's page must be turned for most of its text to be upright.

    `shown` is how it is turned for the eye: that stands where no direction has the majority.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    handle = address(text_page)
    angles = [_angle(handle, i) for i in range(0, count, count // SAMPLES + 1)]
    turns = [round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0]
    most = max(range(4), key=turns.count)
    return -most % 4 if turns.count(most) * 2 > len(turns) else shown


def page_to_ink(page: Any, text_page: Any, number: int) -> tuple[Ink, Printed]:
    """One page as it is to be read, and its objects. The text page must be of this page."""
    shown = page_to_view(page)
    view = shown._replace(quarters=text_to_quarters(text_page, shown.quarters))
    printed = page_to_printed(page)
    width, height = view.size
    ink = Ink(page=number, width=width, height=height, turn=(shown.quarters - view.quarters) % 4)
    ink.characters = text_to_characters(text_page, view)
    ink.areas = [view.box(box) for box in printed.areas]
    for box in printed.rules:
        left, top, right, bottom = view.box(box)
        if bottom - top <= THIN:
            ink.across.append(((top + bottom) / 2, left, right))
        if right - left <= THIN:
            ink.down.append(((left + right) / 2, top, bottom))
    return ink, printed
