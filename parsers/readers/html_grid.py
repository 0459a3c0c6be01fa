"""The cells of an HTML table on its grid (HTML Living Standard, 4.9.12), and which of its rows are rows of a table.

Pages are laid out with tables too. A row that holds another table, or a page's worth of text, is layout: what stands
in it is read as if no table were there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import msgspec

from parsers.model.value import Value
from parsers.readers.looks import may_be_figure

MOST_COLUMN_SPAN = 1000
"""The standard's own limit for colspan; what exceeds it is clipped."""

MOST_ROW_SPAN = 65534
"""The standard's own limit for rowspan."""

MOST_CELL = 300
"""No cell of the form is half as long: a longer one is part of a page's layout."""

MOST_CAPTION = 60
"""A row of one cell longer than this, or of several lines, is text in a frame."""


MOST_COLUMNS = 100
"""The widest form has fifteen columns, a Word export of it some forty; wider ones cost their square."""

_DIGITS = re.compile(r"\s*\+?([0-9]{1,9})")


class Doubt(Value):
    """Something at this point of the text that was not read."""

    code: str
    message: str


MORE = Doubt(code="", message="")
"""There is more here than is read as text: a picture, a form's field, digits struck out. It is told of a cell alone."""


class Spot(msgspec.Struct):
    """One cell: the column it begins in (from 0), its spans, and the blocks inside it."""

    column: int
    row_span: int
    column_span: int
    blocks: list[Block]

    @property
    def text(self) -> str:
        """Its lines, without the doubts."""
        return "\n".join(block for block in self.blocks if isinstance(block, str)).strip("\n")

    @property
    def is_in_doubt(self) -> bool:
        """Is there more in it than its text, where a number may stand?"""
        return MORE in self.blocks and may_be_figure(self.text.strip())


class Grid(Value):
    """Rows that are rows of a table, each with its number from 1 in the page's own table."""

    columns: int
    rows: list[tuple[int, list[Spot]]]


Block: TypeAlias = "str | Grid | Doubt"
"""A line of text, a table, or a doubt."""


@dataclass(slots=True)
class Building:
    """A table while its cells come in.

    `is_simple`: each cell so far is a short line. `_above`: the row at hand. `_reaching`: its cells that reach down, as
    (start, end, last row). `_held`: those of the group; `_covered`: the columns they cover, joined.
    """

    rows: list[list[Spot]] = field(default_factory=list)
    columns: int = 0
    is_simple: bool = True
    _held: list[tuple[int, int, int]] = field(default_factory=list)
    _covered: list[tuple[int, int]] = field(default_factory=list)
    _expires: int = MOST_ROW_SPAN
    _reaching: list[tuple[int, int, int]] = field(default_factory=list)
    _above: list[Spot] | None = None
    _column: int = 0
    _next: int = 0

    @property
    def is_too_wide(self) -> bool:
        """Is it no form at all?"""
        return self.columns > MOST_COLUMNS

    def begin_group(self) -> None:
        """A tbody begins: no cell reaches into it from above."""
        self._held, self._covered, self._reaching, self._above = [], [], [], None

    def begin_row(self) -> list[Spot]:
        """A tr begins."""
        row = len(self.rows)
        if self._reaching or row > self._expires:
            self._hold([held for held in self._held if held[2] >= row] + self._reaching)
            self._reaching = []
        self._above = []
        self.rows.append(self._above)
        self._column = self._next = 0
        return self._above

    def _hold(self, held: list[tuple[int, int, int]]) -> None:
        self._held = sorted(held)[: MOST_COLUMNS + 1]
        self._expires = min((last for _, _, last in held), default=MOST_ROW_SPAN)
        self._covered = []
        for start, end, _ in self._held:
            if self._covered and start <= self._covered[-1][1]:
                self._covered[-1] = (self._covered[-1][0], max(end, self._covered[-1][1]))
            else:
                self._covered.append((start, end))

    def add(self, row_span: int, column_span: int, blocks: list[Block], *, is_short: bool = False) -> Spot:
        """A cell at the next free column; its row begins with it where none was begun. `is_short`: one short line."""
        row = self._above
        if row is None:
            row = self.begin_row()
        column = self._column
        if self._covered:
            column = self._free_column(column)
        self._column = end = column + column_span
        if end > self.columns:  # noqa: PLR1730 - of every cell: max costs three times this
            self.columns = end
        if row_span > 1:
            self._reaching.append((column, end, len(self.rows) + row_span - 2))
        if not is_short:
            self.is_simple = False
        spot = Spot(column, row_span, column_span, blocks)
        row.append(spot)
        return spot

    def _free_column(self, column: int) -> int:
        while self._next < len(self._covered) and self._covered[self._next][0] <= column:
            column = max(column, self._covered[self._next][1])
            self._next += 1
        return column


def to_span(said: str | None, most: int) -> int:
    """A colspan or rowspan as browsers take it: leading digits, 1 where there are none, `most` at most."""
    if said is None:
        return 1
    digits = _DIGITS.match(said)
    return min(int(digits[1]), most) if digits else 1


@lru_cache(maxsize=1024)
def to_spans(rows: str | None, columns: str | None) -> tuple[int, int]:
    """Rows and columns of a cell; a rowspan of 0 reaches to the end of its group."""
    return to_span(rows, MOST_ROW_SPAN) or MOST_ROW_SPAN, to_span(columns, MOST_COLUMN_SPAN) or 1


def rows_to_blocks(building: Building) -> list[Block]:
    """The table's rows as tables and, where they are layout, as the blocks that stand in them."""
    blocks: list[Block] = []
    part: list[tuple[int, list[Spot]]] = []
    is_table = not building.is_too_wide and any(len(row) > 1 for row in building.rows)
    is_simple = building.is_simple
    for number, row in enumerate(building.rows, 1):
        if is_table and (is_simple or not _is_layout(row)):
            part.append((number, row))
        else:
            blocks += _to_grid(part, building.columns)
            part = []
            blocks += (block for spot in row for block in spot.blocks)
    return blocks + _to_grid(part, building.columns)


def _to_grid(part: Iterable[tuple[int, list[Spot]]], columns: int) -> list[Block]:
    rows = [(number, row) for number, row in part if row]
    return [Grid(columns=columns, rows=rows)] if rows else []


def _is_layout(row: list[Spot]) -> bool:
    if len(row) == 1:
        return _is_framed(row[0])
    return any(_is_page(spot) for spot in row)


def _is_framed(spot: Spot) -> bool:
    """A lone cell that holds more than a caption."""
    return _length(spot) > MOST_CAPTION or len(spot.text.split("\n")) > 1


def _is_page(spot: Spot) -> bool:
    return _length(spot) > MOST_CELL


def _length(spot: Spot) -> int:
    """Characters in a cell; a table inside counts as more than any cell holds."""
    length = 0
    for block in spot.blocks:
        if isinstance(block, str):
            length += len(block)
        elif isinstance(block, Grid):
            return MOST_CELL + 1
    return length
