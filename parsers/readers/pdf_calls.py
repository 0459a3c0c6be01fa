"""PDFium's functions as they are called thousands of times a document: with plain addresses, in loops that run in C.

`many` fills an array with what a function says of each item; no Python object a character is made on the way.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Iterable
from ctypes import PYFUNCTYPE, c_double, c_float, c_int, c_void_p
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium


def _bare(function: Any, *arguments: Any, result: Any = c_int) -> Any:
    """The same C function called with plain addresses and without giving up the lock: a third of a call's cost."""
    return PYFUNCTYPE(result, *arguments)(ctypes.cast(function, c_void_p).value or 0)


char_origin = _bare(pdfium.FPDFText_GetCharOrigin, c_void_p, c_int, c_void_p, c_void_p)
char_loose_box = _bare(pdfium.FPDFText_GetLooseCharBox, c_void_p, c_int, c_void_p)
char_box = _bare(pdfium.FPDFText_GetCharBox, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
char_matrix = _bare(pdfium.FPDFText_GetMatrix, c_void_p, c_int, c_void_p)
char_font_size = _bare(pdfium.FPDFText_GetFontSize, c_void_p, c_int, result=c_double)
char_angle = _bare(pdfium.FPDFText_GetCharAngle, c_void_p, c_int, result=c_float)
char_code = _bare(pdfium.FPDFText_GetUnicode, c_void_p, c_int)
char_object = _bare(pdfium.FPDFText_GetTextObject, c_void_p, c_int, result=c_void_p)
page_text = _bare(pdfium.FPDFText_GetText, c_void_p, c_int, c_int, c_void_p)
page_object = _bare(pdfium.FPDFPage_GetObject, c_void_p, c_int, result=c_void_p)
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

_BYTES = {"f": 4, "d": 8, "i": 4, "I": 4}


def address(handle: Any) -> int:
    """A handle of pypdfium2 as the bare functions take it."""
    return ctypes.cast(handle, c_void_p).value or 0


def many(function: Any, items: Iterable[Any], count: int, kind: str, wide: int) -> array[Any]:
    """What `function(item, address, …)` writes for each of `count` items: `wide` numbers of this kind."""
    size = _BYTES[kind]
    numbers = array(kind, bytes(size * wide * count))
    step, at = size * wide, numbers.buffer_info()[0]
    places = [range(at + size * k, at + size * k + step * count, step) for k in range(wide)] if count else []
    deque(map(function, items, *places), 0)
    return numbers


def many_structs(function: Any, handle: int, count: int) -> array[float]:
    """What `function(handle, index, address)` writes as a structure of four floats for each index."""
    numbers = array("f", bytes(16 * count))
    at = numbers.buffer_info()[0]
    deque(map(function, repeat(handle), range(count), range(at, at + 16 * count, 16)), 0)
    return numbers


def many_points(function: Any, handle: int, count: int) -> array[float]:
    """What `function(handle, index, address, address)` writes as two doubles for each index."""
    numbers = array("d", bytes(16 * count))
    at = numbers.buffer_info()[0]
    xs, ys = range(at, at + 16 * count, 16), range(at + 8, at + 8 + 16 * count, 16)
    deque(map(function, repeat(handle), range(count), xs, ys), 0)
    return numbers
