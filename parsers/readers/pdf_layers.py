"""Text on a layer that is off: PDFium reads it like any other, and nobody sees it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

MOST_DEPTH = 8
"""Forms within forms that are opened."""

_MARK = "OC"
_NAME_BYTES = 512


def page_to_off(page: Any, off: frozenset[str]) -> frozenset[int]:
    """The addresses of the text objects of this page on one of these layers; none where none is off."""
    if not off:
        return frozenset()
    objects = (pdfium.FPDFPage_GetObject(page, i) for i in range(pdfium.FPDFPage_CountObjects(page)))
    return frozenset(_texts_off(objects, off, 0, is_off=False))


def _texts_off(objects: Iterator[Any], off: frozenset[str], depth: int, *, is_off: bool) -> Iterator[int]:
    for item in objects:
        is_here = is_off or _is_marked_off(item, off)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and is_here:
            yield ctypes.cast(item, ctypes.c_void_p).value or 0
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MOST_DEPTH:
            count = range(pdfium.FPDFFormObj_CountObjects(item))
            yield from _texts_off(
                (pdfium.FPDFFormObj_GetObject(item, i) for i in count), off, depth + 1, is_off=is_here
            )


def _is_marked_off(item: Any, off: frozenset[str]) -> bool:
    """Does a mark put it on such a layer? A group of layers has no name here, and counts as off."""
    marks = (pdfium.FPDFPageObj_GetMark(item, i) for i in range(pdfium.FPDFPageObj_CountMarks(item)))
    return any(
        _text_of(pdfium.FPDFPageObjMark_GetName, mark) == _MARK and _layer_of(mark) in {*off, ""} for mark in marks
    )


def _layer_of(mark: Any) -> str:
    return _text_of(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Name")


def _text_of(function: Any, mark: Any, *key: bytes) -> str:
    """What a function of PDFium writes in UTF-16; nothing where it fails."""
    room, size = (ctypes.c_ushort * (_NAME_BYTES // 2))(), ctypes.c_ulong()
    if not function(mark, *key, room, _NAME_BYTES, ctypes.byref(size)):
        return ""
    return bytes(room)[: size.value].decode("utf-16-le", "replace").rstrip("\0")
