"""Web pages: lines and tables in the order of the text, as a reader of the page sees them.

Nothing is fetched and nothing is run. Every line counts as one line, and so does every row of a table: `line` is that
running number, and a cell also has its `column` and its `path`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import UNSET
from selectolax.lexbor import LexborHTMLParser

from parsers.model.document import Cell, Document, Line, Place, Problem, Row, Table
from parsers.model.errors import DocumentError
from parsers.model.source import Source
from parsers.readers.decoding import decode, text_to_damage, to_utf8
from parsers.readers.html_grid import MORE, Block, Doubt, Grid, Spot
from parsers.readers.html_rules import with_rules
from parsers.readers.html_walk import root_to_blocks

MOST_TAGS = 300_000
"""A Word export of a report has some twenty thousand."""

MOST_OPEN = 512
"""Browsers close what nests deeper. The parser looks through all that is open, so depth costs its square."""

UNCHECKED_TAGS = 5_000
"""So few tags cost no time however they nest."""

MOST_TAG = 10_000
"""Characters of one tag outside quotes. The parser compares each attribute with all before it."""

KEPT = 4_000_000
"""Bytes of freed memory that the process keeps, at least: twice what the parser needs for a long report."""

bytearray(KEPT)  # glibc gives back to the system what is larger than the largest block so freed (mallopt(3)): without
# this every page has its memory mapped anew, which takes longer than to parse it

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_BY_OTHERS = frozenset(
    ("area", "base", "br", "col", "dd", "dt", "embed", "frame", "hr", "img", "input", "link", "meta", "option", "p",
     "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr")
)  # fmt: skip
"""Void elements, and those whose end tag may be left out: many open ones do not mean depth."""


def read(data: bytes, source: Source) -> Document:
    """Lines and tables. Raises DocumentError for a page that is too large, nests too deep, or holds no text."""
    text = decode(data) or ""
    return page_to_document(to_utf8(data, text), text, source)


def page_to_document(page: bytes, text: str, source: Source) -> Document:
    """The same of a page that is decoded already; `page` is its text in UTF-8."""
    _refuse(text)
    ruled = with_rules(text)
    page = page if ruled is text else ruled.encode()
    root = LexborHTMLParser(page).root
    blocks = root_to_blocks(root, page.lower()) if root is not None else []
    document = _Numbering(text_to_damage(text, Place(line=1))).to_document(blocks, source)
    if not document.blocks:
        raise DocumentError(
            "HTML_WITHOUT_TEXT",
            "网页里没有可以读取的文字，内容可能在图片、框架或脚本里。",
            "请把报告正文另存为 Word 或 PDF 后上传，或上传页面所附的文件。",
        )
    return document


def _refuse(text: str) -> None:
    tags = text.count("<")
    if tags > MOST_TAGS:
        reason = f"网页有 {tags} 个标签，超过 {MOST_TAGS} 个的上限。"
        raise DocumentError("TOO_LARGE", reason, "请只上传年度报告正文的页面。")
    if _has_gap(text) and any(_is_too_long(piece) for piece in text.split("<")):
        reason = f"网页里有一个标签超过 {MOST_TAG} 个字符，无法读取。"
        raise DocumentError("HTML_TOO_DEEP", reason, "请用浏览器打开后另存，或导出为 PDF 后上传。")
    if tags > UNCHECKED_TAGS and _is_too_deep(text):
        reason = f"网页的标签嵌套超过 {MOST_OPEN} 层，无法读取。"
        raise DocumentError("HTML_TOO_DEEP", reason, "请用浏览器打开后另存，或导出为 PDF 后上传。")


def _has_gap(text: str) -> bool:
    """Is there a stretch without a tag's beginning, so that one tag could be too long?"""
    half = MOST_TAG // 2
    return any(text.find("<", start, start + half) < 0 for start in range(0, len(text) - half, half))


def _is_too_long(piece: str) -> bool:
    """A tag with thousands of attributes. What stands in quotes may be long: a picture is often written there."""
    is_tag = len(piece) > MOST_TAG and piece[0].isalpha()
    return is_tag and len(_QUOTED.sub("", piece).partition(">")[0]) > MOST_TAG


def _is_too_deep(text: str) -> bool:
    """Are more than MOST_OPEN elements ever open at once? Each kind is counted apart: a stray end tag closes none."""
    counts: dict[str, int] = {}
    opened = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _CLOSED_BY_OTHERS:
            continue
        count = counts.get(name, 0)
        if not match[1]:
            counts[name] = count + 1
            opened += 1
            if opened > MOST_OPEN:
                return True
        elif count:
            counts[name] = count - 1
            opened -= 1
    return False


class _Numbering:
    """Blocks to a document: numbers run over lines and table rows, and over tables."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._line = 0
        self._tables = 0
        self._rows = 0
        self._blocks: list[Line | Table] = []
        self._problems = list(problems)

    def to_document(self, blocks: list[Block], source: Source) -> Document:
        """Everything numbered from 1."""
        line, found = self._line, self._blocks
        for block in blocks:
            if isinstance(block, str):
                line += 1
                found.append(Line(text=block, place=Place(line=line)))
            elif isinstance(block, Doubt):
                self._doubt(block, Place(line=max(line, 1)))
            else:
                self._line = line
                found.append(self._table(block))
                line = self._line
        return Document(source=source, pages=(), blocks=self._kept(), problems=tuple(self._problems))

    def _kept(self) -> tuple[Line | Table, ...]:
        """No block at all where nothing is printed."""
        printed = any(isinstance(block, Table) or block.text for block in self._blocks)
        return tuple(self._blocks) if printed else ()

    def _doubt(self, doubt: Doubt, place: Place) -> None:
        if doubt is not MORE:
            self._problems.append(Problem(code=doubt.code, message=doubt.message, place=place))

    def _table(self, grid: Grid) -> Table:
        """A part of the table before keeps its number, so that its rows still stand under that table's heads."""
        self._tables += grid.rows[0][0] <= self._rows or grid.rows[0][0] == 1
        self._rows = grid.rows[-1][0]
        path = f"table {self._tables}"
        place = Place(line=self._line + 1, path=path)
        rows = tuple(self._row(row, f"{path}, row {number}") for number, row in grid.rows)
        return Table(columns=grid.columns, rows=rows, place=place)

    def _row(self, spots: list[Spot], path: str) -> Row:
        """One loop and no call for most cells: they are a third of what a page costs after its walk."""
        self._line += 1
        line, start = self._line, f"{path}, column "
        cells = []
        for spot in spots:
            column, blocks = spot.column, spot.blocks
            place = Place(line=line, column=column + 1, path=f"{start}{column + 1}")
            text = blocks[0] if len(blocks) == 1 else None
            if not isinstance(text, str):
                cells.append(self._several(spot, place))
                continue
            cells.append(
                Cell(text=text, place=place, column=column, row_span=spot.row_span, column_span=spot.column_span)
            )
        return Row(cells=tuple(cells))

    def _several(self, spot: Spot, place: Place) -> Cell:
        """A cell of several lines, or with doubts in it."""
        for block in spot.blocks:
            if isinstance(block, Doubt):
                self._doubt(block, place)
        return Cell(
            text=spot.text,
            place=place,
            column=spot.column,
            row_span=spot.row_span,
            column_span=spot.column_span,
            doubt=spot.is_in_doubt or UNSET,
        )
