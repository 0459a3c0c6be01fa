"""Every way of reading that is measured, and which of them are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import parsers
from benchmarks import markup_ways, pdf_ways
from benchmarks.raw import Raw, raw_to_document
from parsers.model.document import Document
from parsers.model.source import Kind


@dataclass(frozen=True)
class Way:
    """`read` is timed; `to_document` makes cells of its answer for scoring and is not. A floor has no cells."""

    name: str
    form: str
    words: str
    read: Callable[[bytes], Any]
    to_document: Callable[[Any], Document] | None = None
    is_ours: bool = False


def _as(kind: Kind, to_raw: Callable[[Any], Raw]) -> Callable[[Any], Document]:
    return lambda found: raw_to_document(to_raw(found), kind)


def _itself(document: Document) -> Document:
    return document


WAYS = (
    Way("pdf", "pdf", "勾稽（第一读取器）", parsers.read, _itself, is_ours=True),
    Way(
        "pdfplumber",
        "pdf",
        "pdfplumber（原样）",
        pdf_ways.by_pdfplumber,
        _as(Kind.PDF, pdf_ways.plumber_to_raw),
    ),
    Way("tablers", "pdf", "tablers + PDFium 文字", pdf_ways.by_tablers, _as(Kind.PDF, pdf_ways.tablers_to_raw)),
    Way("pdfium", "pdf", "PDFium 只解码（下限）", pdf_ways.by_pdfium_alone),
    Way("docx", "docx", "勾稽", parsers.read, _itself, is_ours=True),
    Way(
        "python-docx",
        "docx",
        "python-docx（row.cells）",
        markup_ways.by_python_docx,
        _as(Kind.DOCX, markup_ways.docx_to_raw),
    ),
    Way("lxml", "docx", "zip + lxml 只解析（下限）", markup_ways.by_zip_and_lxml),
    Way("html", "html", "勾稽", parsers.read, _itself, is_ours=True),
    Way("bs4", "html", "BeautifulSoup + lxml", markup_ways.by_soup, _as(Kind.HTML, markup_ways.soup_to_raw)),
    Way("selectolax", "html", "selectolax 只解析（下限）", markup_ways.by_selectolax_alone),
)
"""In the order of the printed table; a round runs them all."""


@dataclass(frozen=True)
class Comparison:
    """`name` = milliseconds of `over` / milliseconds of `under`, inside one round."""

    name: str
    over: str
    under: str


COMPARISONS = (
    Comparison("pdf_vs_pdfplumber", "pdfplumber", "pdf"),
    Comparison("pdf_vs_tablers", "pdf", "tablers"),
    Comparison("pdf_vs_floor", "pdf", "pdfium"),
    Comparison("docx_vs_python_docx", "python-docx", "docx"),
    Comparison("docx_vs_floor", "docx", "lxml"),
    Comparison("html_vs_bs4", "bs4", "html"),
    Comparison("html_vs_floor", "html", "selectolax"),
)
"""Against a slower one: how many times faster we are. Against a floor or the best peer: how many times its time."""


def way_named(name: str) -> Way:
    """The way of this name."""
    return next(way for way in WAYS if way.name == name)
