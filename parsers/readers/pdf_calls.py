"""PDFium's functions as they are called thousands of times a document: with plain addresses, in loops that run in C.

What they write is collected in arrays; no Python object a character is made on the way. PDFium knows one thread only,
and so does the room in which its answers are collected.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Sequence
from ctypes import PYFUNCTYPE, c_double, c_float, c_int, c_uint, c_void_p
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium


def _bare(function: Any, *arguments: Any, result: Any = c_int) -> Any:
    """The same C function called without giving up the lock, and with plain addresses where argument types are given.

    Without them ctypes takes references as they are, which halves the cost of a call once more.
    """
    return PYFUNCTYPE(result, *arguments)(ctypes.cast(function, c_void_p).value or 0)


char_origin = _bare(pdfium.FPDFText_GetCharOrigin)
char_loose_box = _bare(pdfium.FPDFText_GetLooseCharBox)
char_box = _bare(pdfium.FPDFText_GetCharBox, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
char_matrix = _bare(pdfium.FPDFText_GetMatrix, c_void_p, c_int, c_void_p)
char_font_size = _bare(pdfium.FPDFText_GetFontSize, c_void_p, c_int, result=c_double)
char_angle = _bare(pdfium.FPDFText_GetCharAngle, c_void_p, c_int, result=c_float)
char_code = _bare(pdfium.FPDFText_GetUnicode, c_void_p, c_int)
char_object = _bare(pdfium.FPDFText_GetTextObject, c_void_p, c_int, result=c_void_p)
page_text = _bare(pdfium.FPDFText_GetText, c_void_p, c_int, c_int, c_void_p)
page_object = _bare(pdfium.FPDFPage_GetObject, result=c_void_p)
form_object = _bare(pdfium.FPDFFormObj_GetObject, c_void_p, c_int, result=c_void_p)
form_count = _bare(pdfium.FPDFFormObj_CountObjects, c_void_p)
object_type = _bare(pdfium.FPDFPageObj_GetType, c_void_p)
object_bounds = _bare(pdfium.FPDFPageObj_GetBounds, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_matrix = _bare(pdfium.FPDFPageObj_GetMatrix, c_void_p, c_void_p)
object_fill = _bare(pdfium.FPDFPageObj_GetFillColor, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_is_clear = _bare(pdfium.FPDFPageObj_HasTransparency, c_void_p)
text_mode = _bare(pdfium.FPDFTextObj_GetTextRenderMode, c_void_p)
path_modes = _bare(pdfium.FPDFPath_GetDrawMode, c_void_p, c_void_p, c_void_p)
path_count = _bare(pdfium.FPDFPath_CountSegments, c_void_p)
path_segment = _bare(pdfium.FPDFPath_GetPathSegment, c_void_p, c_int, result=c_void_p)
segment_point = _bare(pdfium.FPDFPathSegment_GetPoint, c_void_p, c_void_p, c_void_p)
segment_type = _bare(pdfium.FPDFPathSegment_GetType, c_void_p)
segment_closes = _bare(pdfium.FPDFPathSegment_GetClose, c_void_p)


def address(handle: Any) -> int:
    """A handle of pypdfium2 as the functions with argument types take it."""
    return ctypes.cast(handle, c_void_p).value or 0


def reference(handle: Any) -> Any:
    """A handle of pypdfium2 as the functions without argument types take it."""
    return ctypes.byref(handle.contents)


CHUNK = 1024
"""Answers that are collected before they are copied out."""


class _Places:
    """Room for `CHUNK` answers of `wide` numbers, with a reference made once to each number of each answer."""

    def __init__(self, kind: Any, wide: int, pointers: int) -> None:
        self._numbers = (kind * (CHUNK * wide))()
        self._bytes = memoryview(self._numbers).cast("B")
        self._wide = ctypes.sizeof(kind) * wide
        self._code = kind._type_
        step = ctypes.sizeof(kind)
        self._references = [
            [ctypes.byref(self._numbers, self._wide * i + step * k) for i in range(CHUNK)] for k in range(pointers)
        ]

    def ask(self, function: Any, items: Sequence[int], owner: Any = None) -> array[Any]:
        """What `function(owner, item, references…)` writes for each item, without `owner` where there is none."""
        answers = array(self._code)
        for start in range(0, len(items), CHUNK):
            chunk = items[start : start + CHUNK]
            columns = (chunk,) if owner is None else (repeat(owner), chunk)
            deque(map(function, *columns, *self._references), 0)
            answers.frombytes(self._bytes[: self._wide * len(chunk)])
        return answers


_POINTS = _Places(c_double, 2, 2)
_RECTANGLES = _Places(c_float, 4, 1)
_BOUNDS = _Places(c_float, 4, 4)
_CORNERS = _Places(c_float, 2, 2)
_COLORS = _Places(c_uint, 4, 4)


def origins(text_page: Any, count: int) -> array[float]:
    """x, y of each character's origin."""
    return _POINTS.ask(char_origin, range(count), reference(text_page))


def loose_boxes(text_page: Any, count: int) -> array[float]:
    """Left, top, right, bottom of each character's advance and its font's height."""
    return _RECTANGLES.ask(char_loose_box, range(count), reference(text_page))


def bounds(objects: list[int]) -> array[float]:
    """Left, bottom, right, top of each page object."""
    return _BOUNDS.ask(object_bounds, objects)


def points(segments: list[int]) -> array[float]:
    """x, y of the end of each path segment."""
    return _CORNERS.ask(segment_point, segments)


def fills(objects: list[int]) -> array[int]:
    """Red, green, blue, opacity of each page object."""
    return _COLORS.ask(object_fill, objects)
