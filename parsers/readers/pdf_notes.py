"""What lies over a PDF page and is no part of its text: form fields, stamps, text struck out by an annotation."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from parsers.model.document import Box

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


def page_to_notes(page: Any) -> list[Box]:
    """Where annotations print on this page: left, bottom, right, top in PDF's coordinates."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)
    return [box for i in range(count) if (box := _note_to_box(page, i)) is not None]


def _note_to_box(page: Any, index: int) -> Box | None:
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if not note:
        return None
    try:
        edges = pdfium.FS_RECTF()
        is_inked = pdfium.FPDFAnnot_GetSubtype(note) in _INKED and pdfium.FPDFAnnot_GetRect(note, ctypes.byref(edges))
        if not is_inked:
            return None
        left, right = sorted((edges.left, edges.right))
        bottom, top = sorted((edges.bottom, edges.top))
        return left, bottom, right, top
    finally:
        pdfium.FPDFPage_CloseAnnot(note)
