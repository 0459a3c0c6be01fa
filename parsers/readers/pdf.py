"""PDF with a text layer, read by PDFium: characters and path objects become ink, ink becomes lines and tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import msgspec
import pypdfium2.raw as pdfium

from parsers.model.document import Box, Document, Page, Place, Problem
from parsers.model.errors import DocumentError
from parsers.model.pictures import WITHOUT_TEXT, page_to_problem
from parsers.model.source import Source
from parsers.readers.ink import THIN, Characters, Ink
from parsers.readers.layout import Layout, ink_to_blocks, turn_box
from parsers.readers.pdf_catalog import data_to_catalog
from parsers.readers.pdf_hidden import Concealing, Hidden, without_hidden
from parsers.readers.pdf_layers import page_to_off
from parsers.readers.pdf_notes import page_to_notes
from parsers.readers.pdf_pictures import is_opaque
from parsers.readers.pdf_shapes import Shapes
from parsers.readers.pdf_text import text_to_characters, text_to_quarters
from parsers.readers.pdf_view import View, page_to_view

MOST_PAGES = 2000
"""reliability.md S12. A report has five to thirty."""

LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
"""PDFium's errors for a password that is missing, and for a way of encryption that it does not know."""


def read(data: bytes, source: Source) -> Document:
    """Pages, lines and tables. Raises DocumentError for locked, broken and oversize files."""
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        _refuse(count)
        catalog = data_to_catalog(data, count, MOST_PAGES)
        if catalog.has_form_off:
            raise _layered()
        pages = [_read_page(document, number, catalog.off) for number in range(1, count + 1)]
    return Document(
        source=msgspec.structs.replace(source, pages=count),
        pages=tuple([page.size for page in pages]),
        blocks=tuple([block for page in pages for block in page.layout.blocks]),
        problems=(*_problems(pages), *([_miscounted(count, catalog.pages)] if catalog.pages > count else [])),
    )


def _problems(pages: list[_PageRead]) -> list[Problem]:
    """What is odd about the pages. Where none has text each is a picture, whatever it is drawn with."""
    found = [problem for page in pages for problem in (*page.problems, *page.layout.problems)]
    if any(page.has_text for page in pages):
        return found
    others = [problem for problem in found if problem.code != WITHOUT_TEXT]
    return others + [page_to_problem(page.size.number) for page in pages]


class _PageRead(NamedTuple):
    """One page as read: its size, whether a person sees text on it, its blocks, what is odd about it."""

    size: Page
    has_text: bool
    layout: Layout
    problems: list[Problem]


def _read_page(document: Any, number: int, off: frozenset[str]) -> _PageRead:
    with _page(document, number) as (page, text_page):
        shown = page_to_view(page)
        view = shown._replace(quarters=text_to_quarters(text_page, shown.quarters))
        shapes = Shapes(page)
        notes = page_to_notes(page)
        every = text_to_characters(text_page, view)
        concealing = Concealing(page_to_off(page, off), partial(is_opaque, document, page))
        characters, hidden = without_hidden(every, text_page, shapes, view, concealing) if every.text else (every, [])
    turn = (shown.quarters - view.quarters) % 4
    problems = [_not_seen(number, item, view, turn) for item in hidden]
    has_text = any(characters.size)
    if not has_text and (shapes.images or hidden):
        problems.append(page_to_problem(number))
    if shapes.is_cut:
        problems.append(_too_much(number))
    ink = _to_ink(number, characters, shapes, view, turn)
    ink.drawn += [view.box(note.box) for note in notes]
    ink.over = [view.box(box) for note in notes for box in note.over]
    ink.unread = [box for item in hidden for box in item.boxes]
    layout = ink_to_blocks(ink)
    width, height = (round(edge, 2) for edge in shown.size)
    return _PageRead(Page(number=number, width=width, height=height), has_text, layout, problems)


def _to_ink(number: int, characters: Characters, shapes: Shapes, view: View, turn: int) -> Ink:
    width, height = view.size
    ink = Ink(page=number, width=width, height=height, characters=characters, turn=turn)
    ink.areas = [view.box(box) for box in shapes.areas]
    ink.pictures = [view.box(box) for box in shapes.images]
    ink.drawn = [view.box(box) for box in shapes.drawn]
    rules = [view.box(box) for box in shapes.rules] if view.quarters else _upright(shapes.rules, view)
    ink.across = [((top + bottom) / 2, left, right) for left, top, right, bottom in rules if bottom - top <= THIN]
    ink.down = [((left + right) / 2, top, bottom) for left, top, right, bottom in rules if right - left <= THIN]
    return ink


def _upright(rules: list[Box], view: View) -> list[Box]:
    """`View.box` for many boxes of a page that stands as it is printed."""
    x, y = view.left, view.top
    return [(left - x, y - top, right - x, y - bottom) for left, bottom, right, top in rules]


def _refuse(pages: int) -> None:
    if pages > MOST_PAGES:
        reason = f"PDF 有 {pages} 页，超过 {MOST_PAGES} 页的上限。"
        raise DocumentError("TOO_MANY_PAGES", reason, "请只上传年度报告本身。")
    if pages <= 0:
        raise _broken()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _locked() if pdfium.FPDF_GetLastError() in LOCKED else _broken()
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
        if not text_page:
            raise _broken()
        yield page, text_page
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _locked() -> DocumentError:
    return DocumentError("ENCRYPTED", "PDF 已加密，没有口令无法打开。", "请上传未加密的文件。")


def _broken() -> DocumentError:
    return DocumentError("PDF_BROKEN", "PDF 文件已损坏，无法读取。", "请重新导出后上传，或换一个能正常打开的文件。")


def _layered() -> DocumentError:
    reason = "PDF 里有默认不显示的图层，看不见的内容与看得见的混在一起，无法可靠读取。"
    return DocumentError("LAYERS_HIDDEN", reason, "请另存或打印成没有图层的 PDF 后重新上传。")


def _miscounted(counted: int, found: int) -> Problem:
    """A viewer shows as many pages as the file says, another one all that it finds."""
    message = f"PDF 自称有 {counted} 页，其中却能找到 {found} 页，多出的页没有读取"
    return Problem(code="LIMIT_PAGES", message=message)


MOST_QUOTED = 20
"""Characters of hidden text that a message repeats."""


def _not_seen(number: int, hidden: Hidden, view: View, turn: int) -> Problem:
    box = turn_box(hidden.box, view.size, turn)
    message = f"第 {number} 页有{hidden.why}的文字“{hidden.text[:MOST_QUOTED]}”，没有计入"
    return Problem(code="TEXT_HIDDEN", message=message, place=Place(page=number, box=box))


def _too_much(number: int) -> Problem:
    message = f"第 {number} 页的图形过多，只看了其中一部分"
    return Problem(code="LIMIT_OBJECTS", message=message, place=Place(page=number))
