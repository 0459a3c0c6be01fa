"""Pictures that were drawn after some text: what lies under one that nothing shows through is not seen."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from parsers.model.document import Box
from parsers.readers import pdf_calls as calls
from parsers.readers.pdf_shapes import Shapes

MOST_PIXELS = 50_000_000
"""A larger picture is not unpacked (reliability.md S12); it is taken to hide what lies under it."""

OPAQUE = 250
"""From this opacity on (of 255) nothing shows through."""

_WITHOUT_ALPHA = (pdfium.FPDFBitmap_Gray, pdfium.FPDFBitmap_BGR, pdfium.FPDFBitmap_BGRx)


def late_pictures(shapes: Shapes) -> list[tuple[int, Box, int]]:
    """Order, box and address of each picture that was drawn after some text."""
    first = min(shapes.text_at, default=0)
    pictures = zip(shapes.image_at, shapes.images, shapes.image_of, strict=True)
    return [(at, box, picture) for at, box, picture in pictures if at > first]


def is_opaque(document: Any, page: Any, picture: int) -> bool:
    """Does nothing show through this picture?"""
    if calls.object_is_clear(picture):
        return False
    handle = ctypes.cast(picture, pdfium.FPDF_PAGEOBJECT)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(handle, ctypes.byref(width), ctypes.byref(height))
    if width.value * height.value > MOST_PIXELS:
        return True
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, page, handle)
    if not bitmap:
        return False
    try:
        return pdfium.FPDFBitmap_GetFormat(bitmap) in _WITHOUT_ALPHA or _least_alpha(bitmap) >= OPAQUE
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _least_alpha(bitmap: Any) -> int:
    """The fourth byte of each pixel is its opacity."""
    size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
    return min(ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)[3::4], default=0)
