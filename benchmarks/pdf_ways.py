"""How others read a PDF: pdfplumber as it comes, tablers with PDFium's text, and PDFium alone as the floor."""

from __future__ import annotations

import ctypes
import io
import logging
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from benchmarks.raw import Raw, RawCell, RawTable, squares_to_table

PlumberPages: TypeAlias = list[tuple[str, list[Any]]]


def by_pdfplumber(data: bytes) -> PlumberPages:
    """`extract_text` and `extract_tables` of each page, with no setting changed."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_text(), page.extract_tables()) for page in pdf.pages]


def plumber_to_raw(pages: PlumberPages) -> Raw:
    """Its tables are squares in which a covered one is None."""
    return Raw([text for text, _ in pages], [[squares_to_table(table) for table in tables] for _, tables in pages])


TablersPages: TypeAlias = tuple[list[str], list[list[list[Any]]]]


def by_tablers(data: bytes) -> TablersPages:
    """Its tables, and PDFium's text, since it gives no text: the same outputs as ours."""
    import tablers

    with tablers.Document(bytes=data) as document:
        tables = [[table.cells for table in tablers.find_tables(page, extract_text=True)] for page in document.pages()]
    return _pdfium_text(data), tables


def _pdfium_text(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


SAME_EDGE = 2.0
"""Points within which two borders of tablers' cells are one."""


def tablers_to_raw(found: TablersPages) -> Raw:
    """Its cells have boxes: borders that are nearly the same are one line of the grid."""
    texts, pages = found
    return Raw(texts, [[_boxes_to_table(cells) for cells in tables] for tables in pages])


def _boxes_to_table(cells: list[Any]) -> RawTable:
    columns = _edges([x for cell in cells for x in (cell.bbox[0], cell.bbox[2])])
    heights = _edges([y for cell in cells for y in (cell.bbox[1], cell.bbox[3])])
    rows: RawTable = [[] for _ in heights[1:]]
    for cell in sorted(cells, key=lambda cell: (cell.bbox[1], cell.bbox[0])):
        left, top, right, bottom = cell.bbox
        start, first = _nearest(columns, left), _nearest(heights, top)
        across, down = _nearest(columns, right) - start, _nearest(heights, bottom) - first
        rows[min(first, len(rows) - 1)].append(RawCell(cell.text, start, across, down))
    return [sorted(row, key=lambda cell: cell.column) for row in rows]


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def by_pdfium_alone(data: bytes) -> tuple[int, int]:
    """The floor: characters and path objects, decoded and counted.

    Every page is loaded (fonts and contents decoded), its text page made, its text fetched in one call, and its
    top-level objects walked with the bounds of each path. No grid, no cells, no Python object a character.
    """
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    characters = paths = 0
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        characters += _fetch_text(page)
        paths += _walk_paths(page)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return characters, paths


def _fetch_text(page: Any) -> int:
    text_page = pdfium.FPDFText_LoadPage(page)
    count: int = pdfium.FPDFText_CountChars(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    pdfium.FPDFText_ClosePage(text_page)
    return count


def _walk_paths(page: Any) -> int:
    edges = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = edges
    paths = 0
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        found = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(found) == pdfium.FPDF_PAGEOBJ_PATH:
            pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top)
            paths += 1
    return paths
