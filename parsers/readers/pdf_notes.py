"""What lies over a PDF page and is no part of its text: form fields, stamps, text struck out by an annotation."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parsers.model.document import Box
from parsers.readers.pdf_calls import address, bounds, object_type
from parsers.readers.pdf_shapes import path_to_modes

_INKED = frozenset(
    (
        *(pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE),
        *(pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_STAMP),
        *(pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_REDACT),
    )
)
"""Kinds that print something on the paper; links, pop-ups and markers do not."""

MOST_NOTES = 1000
"""Annotations of a page that are looked at; a filled form has some hundred fields."""


_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW

MOST_PARTS = 1000
"""Objects of one annotation that are looked at."""

SLACK = 2.0
"""Points by which an annotation's objects may leave its frame, as strokes do by half their width."""


class Note(NamedTuple):
    """Left, bottom, right, top in PDF's coordinates: of an annotation, and of what of it hides what lies under it."""

    box: Box
    over: list[Box]


def page_to_notes(page: Any) -> list[Note]:
    """The annotations that print on this page."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)
    return [note for i in range(count) if (note := _read_note(page, i)) is not None]


def _read_note(page: Any, index: int) -> Note | None:
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if not note:
        return None
    try:
        edges = pdfium.FS_RECTF()
        is_inked = pdfium.FPDFAnnot_GetSubtype(note) in _INKED and pdfium.FPDFAnnot_GetRect(note, ctypes.byref(edges))
        if not is_inked or pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN:
            return None
        left, right = sorted((edges.left, edges.right))
        bottom, top = sorted((edges.bottom, edges.top))
        box = left, bottom, right, top
        return Note(box, _over(note, box))
    finally:
        pdfium.FPDFPage_CloseAnnot(note)


def _over(note: Any, box: Box) -> list[Box]:
    """What is more than a frame: its letters, pictures and filled shapes. All of it, where its look is scaled."""
    count = range(min(pdfium.FPDFAnnot_GetObjectCount(note), MOST_PARTS))
    parts = [address(part) for i in count if (part := pdfium.FPDFAnnot_GetObject(note, i))]
    numbers = iter(bounds(parts).tolist())
    boxes = list(zip(numbers, numbers, numbers, numbers, strict=True))
    if not all(_is_inside(part, box) for part in boxes):
        return [box]
    return [place for part, place in zip(parts, boxes, strict=True) if not _is_frame(part)]


def _is_inside(part: Box, box: Box) -> bool:
    left, bottom, right, top = box
    return left - SLACK <= part[0] and bottom - SLACK <= part[1] and part[2] <= right + SLACK and part[3] <= top + SLACK


def _is_frame(part: int) -> bool:
    return bool(object_type(part) == pdfium.FPDF_PAGEOBJ_PATH) and not path_to_modes(part)[0]
