"""Document to strips: one strip a line of text or a grid row, cut into cells wherever a producer marked cell borders.

Every layout (ruled grid, tab-separated, `|`, one cell a line) comes out alike, so one reading of the form serves all.
"""

from __future__ import annotations

import re

from parsers.model.document import Cell, Document, Line, Place, Table
from parsers.model.value import Value
from parsers.tables.running import line_to_segments
from parsers.text.fold import to_label
from parsers.text.numerals import is_value


class Span(Value):
    """The squares of a grid that a cell covers: its first column (from 0), and how many columns and rows."""

    column: int
    columns: int
    rows: int

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.column + self.columns

    def overlaps(self, other: Span) -> bool:
        """Do they share a column?"""
        return self.column < other.end and other.column < self.end

    def contains(self, other: Span) -> bool:
        """Does it reach over all columns of the other?"""
        return self.column <= other.column and other.end <= self.end


class Token(Value):
    """One cell's text, untouched, with its place. `label` is the text folded for comparison; `span` only in a grid.

    `doubt`: it may not be to the letter what stands there, as the cell itself says.
    """

    text: str
    place: Place
    label: str
    span: Span | None = None
    doubt: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing is printed here. What is there and could not be read is no blank."""
        return not self.label and not self.doubt

    @property
    def is_value(self) -> bool:
        """Could this stand in a figure's cell? In doubt anything that shows no word could."""
        return is_value(self.text) or (self.doubt and not _WORDS.search(self.label))

    @property
    def is_bounded(self) -> bool:
        """Do we know it to the letter? Not in a picture, nor in a line of a page, where cells run into each other."""
        return not self.doubt and (self.place.box is None or self.place.path is not None)


class Strip(Value):
    """The cells of one line or grid row, left to right. No cells: an empty line.

    `ruled`: from a table with rules; `grid` names it, `row` counts its rows from 0, which tells how far cells reach.
    `running`: cut out of a line of running text, by the words of the form.
    """

    tokens: tuple[Token, ...]
    ruled: bool = False
    grid: str | None = None
    row: int = 0
    running: bool = False

    @property
    def is_gap(self) -> bool:
        """An empty line."""
        return not self.tokens

    @property
    def text(self) -> str:
        """What is printed, cells joined by a space."""
        return " ".join(token.text.strip() for token in self.tokens if not token.is_blank)


def join_tokens(tokens: tuple[Token, ...]) -> Token | None:
    """Pieces of one cell or label as one, at the place of the first."""
    if not tokens:
        return None
    text = "".join(token.text.strip() for token in tokens)
    doubt = any(token.doubt for token in tokens)
    return Token(text=text, place=tokens[0].place, label=to_label(text), doubt=doubt)


_WORDS = re.compile(r"[\u4e00-\u9fff]")

_PAGE_NUMBER = re.compile(r"[-—–―─·]+\d{1,3}[-—–―─·]+|第\d{1,3}页(?:,?共\d{1,3}页)?|\d{1,3}/\d{1,3}")
_ROW_LABEL = re.compile(r"(?:[(（]?[一二三四五六七八1-8][)）.．、,，]{1,2})?[^，。；！？]{2,40}")
"""What may stand before a single number on a line to be a row (行政许可 3195) and no sentence."""

_BARE_PIPE = re.compile(r"^[^|]+\|\s*\**[\d.,]+\**\s*$")
"""A row of one label and one number, without outer pipes."""

_MARKDOWN_RULE = re.compile(r"[|:\-\s]+")


def document_to_strips(document: Document) -> tuple[Strip, ...]:
    """Every block in reading order; nothing is dropped."""
    strips: list[Strip] = []
    for block in document.blocks:
        strips += table_to_strips(block) if isinstance(block, Table) else line_to_strips(block)
    return tuple(strips)


def table_to_strips(table: Table) -> list[Strip]:
    """Grid rows in order. A row of one cell across the whole grid is a line that happens to stand in a frame."""
    grid = f"{table.place.page} {table.place.path}"
    return [
        Strip(tokens=tuple(cell_to_token(cell) for cell in row.cells), ruled=len(row.cells) > 1, grid=grid, row=number)
        for number, row in enumerate(table.rows)
        if any(to_label(cell.text) or cell.doubt for cell in row.cells)
    ]


def cell_to_token(cell: Cell) -> Token:
    """A grid cell as a token."""
    span = Span(column=cell.column, columns=cell.column_span, rows=cell.row_span)
    return Token(text=cell.text, place=cell.place, label=to_label(cell.text), span=span, doubt=bool(cell.doubt))


def is_page_number(strip: Strip) -> bool:
    """A line such as `- 3 -` or 第3页, printed by the page and not by the report."""
    return len(strip.tokens) == 1 and _is_page_number(strip.tokens[0].text)


def _is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(to_label(text)))


MOST_ROW = 2_000
"""A line of more characters is no row of cells: the longest label has forty, and the form fifteen cells at most."""


def line_to_strips(line: Line) -> list[Strip]:
    """A line as one strip; running text, which lost its line breaks, as a strip a heading, row or stretch of prose."""
    # a line of a page or with cell marks has kept its layout
    is_plain = line.place.box is None and "\t" not in line.text and "|" not in line.text
    segments = line_to_segments(line.text) if is_plain else ()
    if not segments:
        return [line_to_strip(line)]
    return [
        Strip(
            tokens=tuple(
                _piece_to_token(line, line.text[start:end], start)
                for start, end in ((segment.start, segment.end), *segment.values)
            ),
            running=len(segments) > 1,
        )
        for segment in segments
    ]


def line_to_strip(line: Line) -> Strip:
    """A line cut at its tabs or `|`; a line that ends in several numbers apart is cut at its spaces."""
    pieces = _line_to_pieces(line.text)
    tokens = tuple(_piece_to_token(line, text, start) for start, text in pieces)
    return Strip(tokens=tokens)


def _line_to_pieces(text: str) -> list[tuple[int, str]]:
    """(offset, text) of each cell; [] for an empty line."""
    if len(text) > MOST_ROW:
        return [(len(text) - len(text.lstrip()), text)]
    if text.count("|") > 1 or _BARE_PIPE.search(text):
        return _piped(text)
    if not text.strip():
        # a lone tab is how a copied web table prints an empty cell; an empty line is only distance
        return [(0, text)] if "\t" in text and text.count("\t") == 1 else []
    if _is_page_number(text):
        return [(len(text) - len(text.lstrip()), text)]
    if "\t" in text:
        return _tabbed(text)
    return _spaced(text)


def _piped(text: str) -> list[tuple[int, str]]:
    if _MARKDOWN_RULE.fullmatch(text) and "-" in text:
        return []
    if not text.lstrip().startswith("|"):
        # without a border on the left there is none on the right: a bar that ends the line has a blank cell behind it
        return _cut(text, "|", 0)
    end = len(text.rstrip())
    return _cut(text[:end].removesuffix("|"), "|", text.index("|") + 1)


def _tabbed(text: str) -> list[tuple[int, str]]:
    """Leading tabs are indentation: a value never stands before its row's label."""
    start = len(text) - len(text.lstrip("\t \u3000\xa0"))
    pieces = _cut(text, "\t", start)
    return pieces if sum(1 for _, piece in pieces if piece.strip()) > 1 or len(pieces) > 1 else pieces[:1]


def _cut(text: str, mark: str, start: int) -> list[tuple[int, str]]:
    pieces: list[tuple[int, str]] = []
    for piece in text[start:].split(mark):
        pieces.append((start, piece))
        start += len(piece) + 1
    return pieces


def _spaced(text: str) -> list[tuple[int, str]]:
    """`一、本年新收… 21 0 0 0 0 0 21`: the run of values at the end is cut; prose, which one number may end, stays."""
    words = [(match.start(), match.group()) for match in re.finditer(r"\S+", text)]
    values = 0
    while values < len(words) and is_value(words[-1 - values][1]):
        values += 1
    before = "".join(word for _, word in words[: len(words) - values])
    if values == 0 or (values == 1 and not _ROW_LABEL.fullmatch(before)):
        return [(len(text) - len(text.lstrip()), text)]
    cut = len(words) - values
    label = [(words[0][0], text[words[0][0] : words[cut][0]].rstrip())] if cut else []
    return label + words[cut:]


def _piece_to_token(line: Line, text: str, start: int) -> Token:
    place = line.place
    if place.box is None:
        place = Place(page=place.page, line=place.line, column=start + 1, path=place.path)
    return Token(text=text, place=place, label=to_label(text), doubt=bool(line.doubt))
