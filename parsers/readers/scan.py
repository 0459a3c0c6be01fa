"""The pages of a document that are pictures, recognised: offline, by the extra `gouji[ocr]`, page by page.

Nothing of it is imported unless there is such a page and the extra is installed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import msgspec
import pypdfium2

from parsers.model.document import Document, Line, Page, Table
from parsers.model.errors import DocumentError
from parsers.model.pictures import WITHOUT_TEXT, page_to_remark, pages_without_text
from parsers.model.source import Kind
from parsers.readers import image

DPI = 200
"""Of a rendered page: what the recognition is made for."""

POINTS = 72


def recognise_pages(document: Document, data: bytes) -> Document:
    """The document with its pictures read. Without the extra it stays as it is, or is refused if that is all."""
    pages = pages_without_text(document)
    if not pages:
        return document
    try:
        from parsers.readers.scanning.page import picture_to_blocks
    except ImportError:  # the extra, or a library of the system that OpenCV wants
        if document.blocks:
            return document
        raise _missing(document.source.kind) from None
    pictures = _rendered if document.source.kind is Kind.PDF else _decoded
    read = {page.number: picture_to_blocks(picture, page) for page, picture in pictures(document, pages, data)}
    return msgspec.structs.replace(
        document,
        blocks=_in_order(document.blocks, read),
        problems=(*(p for p in document.problems if p.code != WITHOUT_TEXT), *(page_to_remark(n) for n in pages)),
    )


def _decoded(document: Document, pages: tuple[int, ...], data: bytes) -> Iterator[tuple[Page, Any]]:
    """The pages of a picture file as grey pixels."""
    import numpy as np

    for number in pages:
        yield document.pages[number - 1], np.asarray(image.page_to_picture(data, number))


def _rendered(document: Document, pages: tuple[int, ...], data: bytes) -> Iterator[tuple[Page, Any]]:
    """The pages of a PDF as they are printed, in grey pixels."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        for number in pages:
            page = document.pages[number - 1]
            most = math.sqrt(image.MOST_PIXELS / max(page.width * page.height, 1))
            yield page, pdf[number - 1].render(scale=min(DPI / POINTS, most), grayscale=True).to_numpy()
    finally:
        pdf.close()


def _in_order(blocks: tuple[Line | Table, ...], read: dict[int, list[Line | Table]]) -> tuple[Line | Table, ...]:
    """The recognised blocks where their pages are among the others."""
    kept = [block for block in blocks if block.place.page not in read]
    new = [block for found in read.values() for block in found]
    return tuple(sorted([*kept, *new], key=lambda block: block.place.page or 0))


def _missing(kind: Kind) -> DocumentError:
    what = "PDF 是扫描件" if kind is Kind.PDF else "这是图片"
    return DocumentError(
        "OCR_MISSING",
        f"{what}，里面没有文字，而本系统没有安装文字识别组件。",
        "请上传由 Word 等直接导出的 PDF，或由管理员安装 gouji[ocr] 后重试。",
    )
