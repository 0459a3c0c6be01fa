"""Glued digits to cells: every way in which `640020470` can be cut into the cells of a row.

The form's cells are counts without leading zeros, so the ways are few; the sums inside the row make them fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.model.report import Number
from parsers.model.value import Value
from parsers.text.numerals import Unit, raw_to_reading

MOST_STEPS = 60_000
"""So many cells are tried for one row; a row that needs more is not told apart."""

_COUNT = r"0|[1-9]\d{0,7}|[1-9]\d{0,2}(?:,\d{3})+|[无零/]"
_MONEY = r"(?:0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?|[无零/]"

_CELL = {
    Unit.COUNT: re.compile(_COUNT),
    Unit.CHANGE: re.compile(rf"[-+减增−]?(?:{_COUNT})"),
    Unit.WAN_YUAN: re.compile(_MONEY),
    Unit.MONEY: re.compile(_MONEY),
}
"""What may stand in one cell, when nothing tells where the next one begins."""

MOST_CELL = 16
"""Characters of one cell: a number with its sign, commas and fraction."""


class TooManySplitsError(Exception):
    """The row has more ways than are tried. What is not tried to the end is not known."""


class GluedText(Value):
    """What is printed in a row, without its spaces; `borders` are the offsets at which a space or cell border stood.

    `is_loose`: its last digit may be the number of the next row's label, whose mark is lost (00000002其他法律…).
    """

    text: str
    borders: tuple[int, ...] = ()
    is_loose: bool = False


class Sum(Value):
    """An identity inside one row: the cells at `total` and at `parts` (indices) are to agree."""

    total: int
    parts: tuple[int, ...]


class Split(Value):
    """One way: the cells' texts, and their numbers (0 where a mark such as 无 stands)."""

    cells: tuple[str, ...]
    numbers: tuple[Number, ...]


def text_to_splits(
    glued: GluedText, units: tuple[Unit, ...], sums: tuple[Sum, ...], most: tuple[Number | None, ...] = ()
) -> tuple[Split, ...]:
    """Every way to cut the text into one cell a unit so that the sums hold and no cell exceeds its `most`.

    Raises TooManySplitsError where there are too many ways to try them all.
    """
    search = _Search(units=units, sums=sums, most=most or (None,) * len(units))
    ways = list(search.run(glued.text, glued.borders))
    if glued.is_loose:
        end = len(glued.text) - 1
        ways += search.run(glued.text[:end], tuple(border for border in glued.borders if border < end))
    return tuple(dict.fromkeys(ways))


@dataclass(slots=True)
class _Search:
    """Cells are tried from the last one to the first: a total stands behind its parts and bounds them."""

    units: tuple[Unit, ...]
    sums: tuple[Sum, ...]
    most: tuple[Number | None, ...]
    steps: int = 0

    def run(self, text: str, borders: tuple[int, ...]) -> Iterator[Split]:
        """Every split of one text."""
        if len(text) >= len(self.units) > len(borders):
            for cells, numbers in self._before(text, (0, *borders), len(text), (), ()):
                yield Split(cells=cells, numbers=numbers)

    def _before(
        self, text: str, borders: tuple[int, ...], end: int, cells: tuple[str, ...], numbers: tuple[Number, ...]
    ) -> Iterator[tuple[tuple[str, ...], tuple[Number, ...]]]:
        """The cells from `end` on are cut; cut those before it."""
        index = len(self.units) - len(cells) - 1
        if index < 0:
            if end == 0:
                yield cells, numbers
            return
        last = max((border for border in borders if border < end), default=0)
        first = max(last, index, end - MOST_CELL)
        for start in range(end - 1, first - 1, -1):
            if index == 0 and start:
                continue
            number = self._number(text[start:end], index)
            if number is not None and self._may_be(index, (number, *numbers)):
                yield from self._before(text, borders, start, (text[start:end], *cells), (number, *numbers))

    def _number(self, cell: str, index: int) -> Number | None:
        """The cell's number; None where this is no cell of its column, or more than it may hold."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManySplitsError
        unit, most = self.units[index], self.most[index]
        if not _CELL[unit].fullmatch(cell):
            return None
        number: Number = int(cell) if cell.isdecimal() else raw_to_reading(cell, unit)[1] or 0
        return None if most is not None and number > most else number

    def _may_be(self, index: int, numbers: tuple[Number, ...]) -> bool:
        """May the sums still hold, when the cells from `index` on hold these numbers?"""
        for row_sum in self.sums:
            if row_sum.total < index or index not in row_sum.parts:
                continue
            parts = sum(numbers[part - index] for part in row_sum.parts if part >= index)
            rest = numbers[row_sum.total - index] - parts
            if rest < 0 or (rest and index == min(row_sum.parts)):
                return False
        return True
