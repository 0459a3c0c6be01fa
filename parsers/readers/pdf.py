"""PDF with a text layer, read by PDFium: its characters and path objects become ink, and ink becomes lines and tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from parsers.model.document import Document, Line, Page, Problem, Table
from parsers.model.errors import DocumentError
from parsers.model.pictures import page_to_problem
from parsers.model.source import Source
from parsers.readers.layout import ink_to_blocks
from parsers.readers.pdfium import page_to_ink, page_to_view

MOST_PAGES = 2000
"""reliability.md S12. A report has five to thirty."""


def read(data: bytes, source: Source) -> Document:
    """Pages, lines and tables. Raises DocumentError for locked, broken and oversize files."""
    with _opened(data) as document:
        pages = pdfium.FPDF_GetPageCount(document)
        _refuse(pages)
        sizes: list[Page] = []
        blocks: list[Line | Table] = []
        problems: list[Problem] = []
        has_text = False
        for number in range(1, pages + 1):
            with _page(document, number) as (page, text_page):
                view = page_to_view(page)
                width, height = view.size
                sizes.append(Page(number=number, width=round(width, 2), height=round(height, 2)))
                ink, printed = page_to_ink(page, text_page, number)
                layout = ink_to_blocks(ink)
                blocks += layout.blocks
                problems += layout.problems
                if ink.characters.text:
                    has_text = True
                elif printed.images:
                    problems.append(page_to_problem(number))
    if not has_text:
        problems = [page_to_problem(number) for number in range(1, pages + 1)]
    return Document(
        source=msgspec.structs.replace(source, pages=pages),
        pages=tuple(sizes),
        blocks=tuple(blocks),
        problems=tuple(problems),
    )


def _refuse(pages: int) -> None:
    if pages > MOST_PAGES:
        reason = f"PDF 有 {pages} 页，超过 {MOST_PAGES} 页的上限。"
        raise DocumentError("TOO_MANY_PAGES", reason, "请只上传年度报告本身。")
    if pages <= 0:
        raise _broken()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    pypdfium2.PdfDocument  # noqa: B018 - initialises the library
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _locked() if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD else _broken()
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: Any, number: int) -> Iterator[tuple[Any, Any]]:
    """The page of this number with its text; a page that is counted and cannot be loaded is damage."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise _broken()
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        yield page, text_page
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _locked() -> DocumentError:
    return DocumentError("ENCRYPTED", "PDF 已加密，没有口令无法打开。", "请上传未加密的文件。")


def _broken() -> DocumentError:
    return DocumentError("PDF_BROKEN", "PDF 文件已损坏，无法读取。", "请重新导出后上传，或换一个能正常打开的文件。")
