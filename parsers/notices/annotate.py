"""The agency's own PDF with the cells framed and numbered as in the notice, for whoever corrects it.

The frames are annotations (ISO 32000-1, 12.5): what the pages say and show stays as it was, its text can be searched
as before, and a reader can hide them.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from parsers.model.document import Box
from parsers.model.finding import Severity
from parsers.notices.drawn import Mark, Order
from parsers.readers.pdf_view import View, page_to_view

COLOURS = {Severity.ERROR: (180, 35, 24), Severity.WARNING: (147, 89, 11), Severity.INFO: (87, 96, 106)}
"""Of frames and numbers: those of the pages and of the notice (reference/interface.md, section 2)."""

GAP = 1.5
"""Points between a cell's box and its frame."""

LINE = 1.2
"""Points of the frame."""

LETTERS = 6.8
"""Points of the number's letters."""

PATCH = 9.0
"""Points of the patch on which the number stands, left of the cell's upper corner; of several on one cell in a row."""

APART = 1.0
"""Points between two patches, so that 3 and 1 are not 31."""

FONT = b"Helvetica-Bold"
"""One of the fourteen fonts that every viewer has (ISO 32000-1, 9.6.2.2)."""


class AnnotationError(Exception):
    """There is no annotated copy; `remark` is the sentence that says why."""

    def __init__(self, remark: str) -> None:
        super().__init__(remark)
        self.remark = remark


LOCKED = "原件加密或设有权限限制，未制作标注件。"
BROKEN = "原件页面有损坏，未制作标注件。"


def annotate(data: bytes, order: Order) -> bytes:
    """The copy; the same bytes and marks give the same copy. Raises AnnotationError."""
    with _opened(data) as document:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0:
            raise AnnotationError(LOCKED)
        marks = sorted(order.marks, key=lambda mark: (mark.page, mark.number))
        for number, of_page in groupby(marks, key=lambda mark: mark.page):
            _mark_page(document, number, list(of_page))
        copy = _saved(document)
    return _with_lasting_id(copy, hashlib.sha256(data).hexdigest()[:32].upper())


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise AnnotationError(LOCKED if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD else BROKEN)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _mark_page(document: Any, number: int, marks: list[Mark]) -> None:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise AnnotationError(BROKEN)
    try:
        view = page_to_view(page)
        for mark, patch in _marks_to_patches(marks, view.size):
            _mark(document, page, mark, patch, view)
    finally:
        pdfium.FPDF_ClosePage(page)


def _mark(document: Any, page: Any, mark: Mark, on_sheet: Box, view: View) -> None:
    """One annotation: the frame, the patch with the number, and the sentence of the notice as its text."""
    frame = view.back(_grown(mark.box, GAP))
    patch = view.back(on_sheet)
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_STAMP)
    if not annotation:
        raise AnnotationError(BROKEN)
    try:
        left, bottom, right, top = _around(frame, patch)
        pdfium.FPDFAnnot_SetRect(
            annotation, ctypes.byref(pdfium.FS_RECTF(left - LINE, top + LINE, right + LINE, bottom - LINE))
        )
        pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
        pdfium.FPDFAnnot_SetStringValue(annotation, b"Contents", _wide(mark.words))
        colour = COLOURS[mark.severity]
        for drawn in (_outline(frame, colour), _filled(patch, colour), _letters(document, mark, patch, view)):
            pdfium.FPDFAnnot_AppendObject(annotation, drawn)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _marks_to_patches(marks: list[Mark], size: tuple[float, float]) -> list[tuple[Mark, Box]]:
    """Where each number stands on the sheet: at its frame's upper corner, beside those that the cell has already."""
    taken: dict[Box, float] = {}
    placed = []
    for mark in marks:
        wide = PATCH / 2 * (1 + len(str(mark.number)))
        right = taken.get(mark.box, mark.box[0] - GAP)
        left = max(0.0, right - wide)
        top = min(max(0.0, mark.box[1] - GAP), size[1] - PATCH)
        placed.append((mark, (left, top, left + wide, top + PATCH)))
        taken[mark.box] = left - APART
    return placed


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _rectangle(box: Box) -> Any:
    return pdfium.FPDFPageObj_CreateNewRect(box[0], box[1], box[2] - box[0], box[3] - box[1])


def _outline(box: Box, colour: tuple[int, int, int]) -> Any:
    drawn = _rectangle(box)
    pdfium.FPDFPageObj_SetStrokeColor(drawn, *colour, 255)
    pdfium.FPDFPageObj_SetStrokeWidth(drawn, LINE)
    pdfium.FPDFPath_SetDrawMode(drawn, pdfium.FPDF_FILLMODE_NONE, True)  # noqa: FBT003 - PDFium's: with a stroke
    return drawn


def _filled(box: Box, colour: tuple[int, int, int]) -> Any:
    drawn = _rectangle(box)
    pdfium.FPDFPageObj_SetFillColor(drawn, *colour, 255)
    pdfium.FPDFPath_SetDrawMode(drawn, pdfium.FPDF_FILLMODE_WINDING, False)  # noqa: FBT003 - without a stroke
    return drawn


def _letters(document: Any, mark: Mark, patch: Box, view: View) -> Any:
    """The number, white, upright on the page as it is seen."""
    drawn = pdfium.FPDFPageObj_NewTextObj(document, FONT, LETTERS)
    pdfium.FPDFText_SetText(drawn, _wide(str(mark.number)))
    pdfium.FPDFPageObj_SetFillColor(drawn, 255, 255, 255, 255)
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[view.quarters]
    inset = (PATCH - LETTERS * 0.72) / 2
    start = ((patch[0], patch[1]), (patch[2], patch[1]), (patch[2], patch[3]), (patch[0], patch[3]))[view.quarters]
    x = start[0] + inset * cos - inset * sin
    y = start[1] + inset * sin + inset * cos
    pdfium.FPDFPageObj_Transform(drawn, cos, sin, -sin, cos, x, y)
    return drawn


def _wide(text: str) -> Any:
    """PDFium's strings: UTF-16, little end first, with a zero at the end."""
    data = text.encode("utf-16-le", errors="replace") + b"\0\0"
    return (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)


def _saved(document: Any) -> bytes:
    """The document written anew: every page object that is used, once."""
    out = io.BytesIO()

    def write(_writer: Any, data: Any, size: int) -> int:
        return int(out.write(ctypes.string_at(data, size)) == size)

    writer = pdfium.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(write)
    if not pdfium.FPDF_SaveAsCopy(document, ctypes.byref(writer), pdfium.FPDF_NO_INCREMENTAL):
        raise AnnotationError(BROKEN)
    return out.getvalue()


_ID = re.compile(rb"/ID\s*\[.*?\](?=\s*(?:/[A-Z]|>>))", re.DOTALL)
_TRAILER = b"\ntrailer"


def _with_lasting_id(copy: bytes, name: str) -> bytes:
    """The file identifier, which PDFium makes up by chance, made from the source instead.

    It stands in the trailer, behind the table of offsets, so that its length is free.
    """
    start = copy.rfind(_TRAILER)
    if start < 0:
        raise AnnotationError(BROKEN)
    identifier = f"/ID[<{name}><{name}>]".encode()
    return copy[:start] + _ID.sub(identifier, copy[start:], count=1)
