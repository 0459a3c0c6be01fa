"""How others read DOCX and HTML, and the floor of each: the parser alone."""

from __future__ import annotations

import io
import zipfile
from typing import Any, TypeAlias

from benchmarks.raw import Raw, RawCell, RawTable, spans_to_table

WordTables: TypeAlias = list[list[list[tuple[Any, str]]]]


def by_python_docx(data: bytes) -> tuple[list[str], WordTables]:
    """Every paragraph's text, and `row.cells` of every row; a merged cell comes as often as it has squares."""
    import docx

    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    # the element is handed on untouched: it alone tells a repeated cell from an equal one
    return texts, [[[(cell._tc, cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]  # noqa: SLF001


def docx_to_raw(found: tuple[list[str], WordTables]) -> Raw:
    """The squares that a merge repeats become one cell again."""
    texts, tables = found
    return Raw(["\n".join(texts)], [[_squares_to_table(table) for table in tables]])


def _squares_to_table(table: list[list[tuple[Any, str]]]) -> RawTable:
    seen: list[Any] = []
    rows: RawTable = []
    for row in table:
        cells: list[RawCell] = []
        for column, (element, text) in enumerate(row):
            if not any(element is other for other in seen):
                across = sum(1 for other, _ in row if other is element)
                cells.append(RawCell(text, column, across))
                seen.append(element)
        rows.append(cells)
    return rows


def by_zip_and_lxml(data: bytes) -> str:
    """The floor of DOCX: the main part inflated and parsed, nothing read from it."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return str(etree.fromstring(package.read("word/document.xml")).tag)


def by_soup(data: bytes) -> tuple[str, list[Any]]:
    """BeautifulSoup on lxml: the page's text, and each table's cells with their spans."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(data, "lxml")
    tables = [[_soup_row(row) for row in table.find_all("tr")] for table in soup.find_all("table")]
    return soup.get_text("\n"), tables


def _soup_row(row: Any) -> list[tuple[str, int, int]]:
    return [
        (cell.get_text(), int(cell.get("rowspan", 1)), int(cell.get("colspan", 1)))
        for cell in row.find_all(["td", "th"])
    ]


def soup_to_raw(found: tuple[str, list[Any]]) -> Raw:
    """The article's text begins at its title; menus stand before it."""
    text, tables = found
    title = next((line for line in text.split("\n") if line.strip().endswith("工作年度报告")), "")
    return Raw([title], [[spans_to_table(table) for table in tables]])


def by_selectolax_alone(data: bytes) -> str:
    """The floor of HTML: the page parsed, nothing read from it."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(data.decode()).root
    return root.tag or "" if root else ""
