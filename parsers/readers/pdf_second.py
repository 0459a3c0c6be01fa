"""The second reading of a PDF with a text layer, by pdfplumber: asked where the first one is in doubt.

It shares nothing with the first reader, neither library nor grid code: two that agree have not made the same mistake.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.table import Table as PlumberTable
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsers.model.document import Box, Cell, Document, Line, Page, Place, Problem, Row, Table
from parsers.model.errors import DocumentError
from parsers.model.source import Source

MOST_PAGES = 2000
"""reliability.md S12. A report has five to thirty."""

DESCENT = 0.2
"""Share of a character's size below its baseline. Boxes hang on the baseline, since fonts lie about theirs."""

SAME_EDGE = 1.5
"""Points within which two cell borders are one."""

MIN_RULE = 6.0
"""Points from which on a stroke is a rule and not an ornament."""

MIN_VERTICALS = 3
"""So many verticals that end at one height make an open edge."""

TABLE_SETTINGS = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3}


def read(data: bytes, source: Source) -> Document:
    """Pages, lines and tables. Raises DocumentError for locked, broken, oversize and scanned files."""
    with _open(data) as pdf:
        _refuse(pdf)
        sizes: list[Page] = []
        blocks: list[Line | Table] = []
        problems: list[Problem] = []
        seen = 0
        for number, page in enumerate(pdf.pages, 1):
            with _damage_told():
                _ = page.objects
            sizes.append(Page(number=number, width=round(float(page.width), 2), height=round(float(page.height), 2)))
            try:
                blocks += page_to_blocks(page, number)
            except (PdfminerException, MalformedPDFException):
                raise _broken() from None
            seen += len(page.chars)
            if not page.chars and page.images:
                problems.append(_no_text(number))
            page.close()
    if not seen:
        raise DocumentError("SCAN_WITHOUT_TEXT", "PDF 是扫描件，里面没有文字。", "请上传由 Word 等直接导出的 PDF。")
    return Document(
        source=msgspec.structs.replace(source, pages=len(sizes)),
        pages=tuple(sizes),
        blocks=tuple(blocks),
        problems=tuple(problems),
    )


def _refuse(pdf: PDF) -> None:
    pages = len(pdf.pages)
    if pages > MOST_PAGES:
        reason = f"PDF 有 {pages} 页，超过 {MOST_PAGES} 页的上限。"
        raise DocumentError("TOO_MANY_PAGES", reason, "请只上传年度报告本身。")
    if pages == 0:
        raise _broken()


def _open(data: bytes) -> PDF:
    try:
        with _damage_told():
            pdf = pdfplumber.open(io.BytesIO(data))
            _ = pdf.pages
            return pdf
    except PDFPasswordIncorrect:
        raise DocumentError("ENCRYPTED", "PDF 已加密，没有口令无法打开。", "请上传未加密的文件。") from None


@contextmanager
def _damage_told() -> Iterator[None]:
    """The library raises many types for a damaged file, when it is opened and when a page is decoded: all say so."""
    try:
        yield
    except (MemoryError, RecursionError):
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise error.args[0] from None
        raise _broken() from None
    except Exception:  # noqa: BLE001 - only the library runs inside, never a line of ours
        raise _broken() from None


def _broken() -> DocumentError:
    return DocumentError("PDF_BROKEN", "PDF 文件已损坏，无法读取。", "请重新导出后上传，或换一个能正常打开的文件。")


def _no_text(number: int) -> Problem:
    message = f"第 {number} 页是图片，没有文字，未能读取"
    return Problem(code="PAGE_WITHOUT_TEXT", message=message, place=Place(page=number))


def page_to_blocks(page: PlumberPage, number: int) -> list[Line | Table]:
    """Lines and tables of one page from top to bottom. What is printed twice to look bold stands there once."""
    page = page.dedupe_chars()
    _hang_on_baseline(page)
    tables = page.find_tables({**TABLE_SETTINGS, "explicit_horizontal_lines": open_ends(page)})
    outside = page.filter(lambda obj: obj["object_type"] != "char" or not _is_inside(obj, tables))
    placed: list[tuple[float, float, Line | Table]] = [
        (line["top"], line["x0"], _line(line, number)) for line in outside.extract_text_lines(return_chars=False)
    ]
    for index, table in enumerate(tables, 1):
        placed += [(top, x0, block) for top, x0, block in table_to_blocks(table, number, index)]
    return [block for _, _, block in sorted(placed, key=lambda item: item[:2])]


def _hang_on_baseline(page: PlumberPage) -> None:
    """Move each upright character's box to its baseline: a wrong Descent would put it into the next row."""
    for char in page.chars:
        matrix = char["matrix"]
        if char["upright"] and matrix[1] == 0 and matrix[2] == 0:
            size = abs(matrix[3]) if abs(matrix[3]) > 1 else char["size"]
            size = min(size, char["size"]) if char["size"] else size
            bottom = float(page.height) - matrix[5] + DESCENT * size
            shift = bottom - char["bottom"]
            if abs(shift) > size / 2:
                char["top"], char["bottom"] = char["top"] + shift, bottom
                char["doctop"] += shift


def open_ends(page: PlumberPage) -> list[float]:
    """Heights at which a page break cut a table and the producer drew no rule: where several verticals just end."""
    verticals = [e for e in page.edges if e["orientation"] == "v" and e["bottom"] - e["top"] > MIN_RULE]
    rules = [e for e in page.edges if e["orientation"] == "h"]
    ends = _edges([end for edge in verticals for end in (edge["top"], edge["bottom"])])
    return [end for end in ends if _is_open(end, verticals, rules)]


def _is_open(end: float, verticals: list[dict[str, Any]], rules: list[dict[str, Any]]) -> bool:
    """Do at least three verticals end here, with no rule over their whole width?"""
    reaching = [e["x0"] for e in verticals if min(abs(e["top"] - end), abs(e["bottom"] - end)) <= SAME_EDGE]
    left, right = min(reaching, default=0.0), max(reaching, default=0.0)
    if len(_edges(reaching)) < MIN_VERTICALS:
        return False
    near = [e for e in rules if abs(e["top"] - end) <= 2 * SAME_EDGE]
    covered = sum(min(e["x1"], right) - max(e["x0"], left) for e in near if e["x1"] > left and e["x0"] < right)
    return bool(covered < (right - left) / 2)


def _is_inside(obj: dict[str, Any], tables: list[PlumberTable]) -> bool:
    x, y = (obj["x0"] + obj["x1"]) / 2, (obj["top"] + obj["bottom"]) / 2
    return any(t.bbox[0] <= x <= t.bbox[2] and t.bbox[1] <= y <= t.bbox[3] for t in tables)


def _line(line: dict[str, Any], number: int) -> Line:
    box = _box((line["x0"], line["top"], line["x1"], line["bottom"]))
    return Line(text=line["text"], place=Place(page=number, box=box))


def _box(box: tuple[float, float, float, float]) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def table_to_blocks(table: PlumberTable, number: int, index: int) -> list[tuple[float, float, Line | Table]]:
    """A ruled table; rows of one cell before its first real row are text in a frame, as is a table of one column."""
    columns = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
    texts = table.extract()
    rows = [
        _row(cells.cells, texts[i], columns, Place(page=number, path=f"table {index}, row {i + 1}"))
        for i, cells in enumerate(table.rows)
    ]
    rows = [row for row in rows if row.cells]
    opening = next((i for i, row in enumerate(rows) if len(row.cells) > 1), len(rows))
    framed = [line for row in rows[:opening] for line in _framed_lines(row)]
    placed: list[tuple[float, float, Line | Table]] = [(*_corner(line.place), line) for line in framed]
    if rows[opening:]:
        place = Place(page=number, box=_box(table.bbox), path=f"table {index}")
        corner = _corner(rows[opening].cells[0].place)
        placed.append((*corner, Table(columns=len(columns) - 1, rows=tuple(rows[opening:]), place=place)))
    return placed


def _corner(place: Place) -> tuple[float, float]:
    box = place.box or (0.0, 0.0, 0.0, 0.0)
    return box[1], box[0]


def _framed_lines(row: Row) -> list[Line]:
    cell = row.cells[0]
    return [Line(text=text, place=cell.place) for text in cell.text.split("\n")]


def _edges(values: list[float]) -> list[float]:
    """Distinct borders, in order; borders closer than SAME_EDGE are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _row(
    boxes: list[tuple[float, float, float, float] | None],
    texts: list[str | None],
    columns: list[float],
    where: Place,
) -> Row:
    """The cells that begin in this row; what a merge covers has no box and is not repeated."""
    cells: list[Cell] = []
    for box, text in zip(boxes, texts, strict=True):
        if box is None:
            continue
        start, end = _nearest(columns, box[0]), _nearest(columns, box[2])
        place = Place(page=where.page, box=_box(box), path=f"{where.path}, column {start + 1}")
        cells.append(Cell(text=text or "", place=place, column=start, column_span=max(end - start, 1)))
    return Row(cells=tuple(cells))


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
