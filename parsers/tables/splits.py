"""Glued digits to cells: every way in which `640020470` can be cut into the cells of a row.

The form's cells are counts without leading zeros, so the ways are few; the sums inside the row make them fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from parsers.model.report import Number
from parsers.model.value import Value
from parsers.text.numerals import Unit, raw_to_reading

MOST_STEPS = 60_000
"""So many cells are tried for one row; a row that needs more is not told apart."""

MOST_WAYS = 4_000
"""So many ways of one row are compared with the other rows; the cells of a row with more are told one by one."""

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
    `has_blanks`: nothing shows that every cell of the row is filled.
    """

    text: str
    borders: tuple[int, ...] = ()
    is_loose: bool = False
    has_blanks: bool = False


class Sum(Value):
    """An identity inside one row: the cells at `total` and at `parts` (indices, before the total) are to agree."""

    total: int
    parts: tuple[int, ...]


class Split(Value):
    """One way: the cells' texts, and their numbers (0 where a mark such as 无 stands)."""

    cells: tuple[str, ...]
    numbers: tuple[Number, ...]


class Spot(Value):
    """What one cell may be: the offset of its first character, its text and its number."""

    start: int
    text: str
    number: Number


Bounds: TypeAlias = tuple[Number, Number] | None
"""The least and the most that a cell may hold; None: anything."""

_Node: TypeAlias = tuple[int, int, tuple[Number | None, ...], bool]
"""Index of the next cell (from the last one down), the offset where it ends, what is left of each sum begun, and
whether a cell may still be left empty."""

_Edge: TypeAlias = tuple[int, Number, _Node]
"""Offset of a cell's first character, its number, and what follows."""


def text_to_splits(
    glued: GluedText,
    units: tuple[Unit, ...],
    sums: tuple[Sum, ...],
    bounds: tuple[Bounds, ...] = (),
    empty: tuple[int, ...] = (),
) -> tuple[Split, ...]:
    """Every way to cut the text into one cell a unit so that the sums hold and every cell is within its bounds.

    One of the cells `empty` may hold nothing. Raises TooManySplitsError where there are more than MOST_WAYS.
    """
    return _Search(glued, units, sums, bounds, empty).splits()


def text_to_spots(
    glued: GluedText, units: tuple[Unit, ...], sums: tuple[Sum, ...], empty: tuple[int, ...] = ()
) -> tuple[tuple[Spot, ...], ...]:
    """For each cell what it is in any of these ways, however many they are; empty where there is none.

    One of the cells `empty` may hold nothing. Raises TooManySplitsError where even that is too much to try.
    """
    return _Search(glued, units, sums, (), empty).spots()


def count_splits(glued: GluedText, units: tuple[Unit, ...]) -> int:
    """In how many ways the text can be cut, whether sums hold or not. Raises TooManySplitsError as before."""
    return _Search(glued, units, (), ()).count()


class _Search:
    """Cells are tried from the last one to the first: a total stands behind its parts and bounds them.

    What has the same rest to be cut and the same rest to be summed is searched once.
    """

    def __init__(
        self,
        glued: GluedText,
        units: tuple[Unit, ...],
        sums: tuple[Sum, ...],
        bounds: tuple[Bounds, ...],
        empty: tuple[int, ...] = (),
    ) -> None:
        self._glued = glued
        self._empty = empty
        self._units = units
        self._sums = sums
        self._bounds = bounds or (None,) * len(units)
        self._borders = sorted(glued.borders)
        self._steps = 0
        self._edges: dict[_Node, list[_Edge]] = {}
        self._counts: dict[_Node, int] = {}
        self._numbers: dict[tuple[int, int, int], Number | None] = {}

    def count(self) -> int:
        """How many splits there are."""
        return sum(self._counts[root] for root in self._roots())

    def splits(self) -> tuple[Split, ...]:
        """Every split of the text."""
        if self.count() > MOST_WAYS:
            raise TooManySplitsError
        roots = self._roots()
        found = [Split(cells=cells, numbers=numbers) for root in roots for cells, numbers in self._walk(root, (), ())]
        return tuple(dict.fromkeys(found))

    def spots(self) -> tuple[tuple[Spot, ...], ...]:
        """For each cell everything that it is in some split."""
        layer = self._roots()
        if not layer:
            return ()
        found: list[tuple[Spot, ...]] = []
        for _ in self._units:
            edges = [(node[1], edge) for node in layer for edge in self._edges[node]]
            spots = [Spot(start=start, text=self._glued.text[start:end], number=n) for end, (start, n, _) in edges]
            found.insert(0, tuple(dict.fromkeys(spots)))
            layer = list(dict.fromkeys(following for _, (_, _, following) in edges))
        return tuple(found)

    def _roots(self) -> list[_Node]:
        """The whole text, and the text without a last digit that may be no value."""
        end = len(self._glued.text)
        if end > MOST_CELL * len(self._units):
            return []
        last, rests, may_spare = len(self._units) - 1, (None,) * len(self._sums), bool(self._empty)
        nodes: list[_Node] = [(last, e, rests, may_spare) for e in (end, end - self._glued.is_loose)]
        return [node for node in dict.fromkeys(nodes) if self._count(node)]

    def _count(self, node: _Node) -> int:
        """In how many ways the text before this node can be cut; remembers the cells that lead there."""
        index, end, *_ = node
        if index < 0:
            return 1 if end == 0 else 0
        if node not in self._counts:
            edges = [(edge, self._count(edge[2])) for edge in self._tries(node)]
            self._edges[node] = [edge for edge, count in edges if count]
            self._counts[node] = sum(count for _, count in edges)
        return self._counts[node]

    def _tries(self, node: _Node) -> Iterator[_Edge]:
        """Every cell that may end here."""
        index, end, rests, may_spare = node
        last = max((border for border in self._borders if border < end), default=0)
        before = self._least_before(index, may_spare=may_spare)
        first = max(last, before, end - MOST_CELL)
        is_spared = may_spare and index in self._empty
        latest = 0 if index == 0 else end - (not (self._glued.has_blanks or is_spared))
        for start in range(latest, first - 1, -1):
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise TooManySplitsError
            number = self._number(start, end, index)
            left = None if number is None else self._left(index, number, rests, _most(start, max(before, 1)))
            if number is not None and left is not None:
                yield start, number, (index - 1, start, left, may_spare and start < end)

    def _least_before(self, index: int, *, may_spare: bool) -> int:
        """How many characters the cells before this one have at least."""
        if self._glued.has_blanks:
            return 0
        return index - (may_spare and any(cell < index for cell in self._empty))

    def _number(self, start: int, end: int, index: int) -> Number | None:
        """The cell's number; None where this is no cell of its column, or not within its bounds."""
        key = (start, end, index)
        if key not in self._numbers:
            self._numbers[key] = self._read(self._glued.text[start:end], index)
        return self._numbers[key]

    def _read(self, cell: str, index: int) -> Number | None:
        unit, bounds = self._units[index], self._bounds[index]
        if not cell:
            return 0
        if not _CELL[unit].fullmatch(cell):
            return None
        number: Number = int(cell) if cell.isdecimal() else raw_to_reading(cell, unit)[1] or 0
        return number if bounds is None or bounds[0] <= number <= bounds[1] else None

    def _left(
        self, index: int, number: Number, rests: tuple[Number | None, ...], most: int
    ) -> tuple[Number | None, ...] | None:
        """What is left of each sum when the cell at `index` holds this number; None when a sum cannot hold.

        `most`: more than the cells before it can add up to.
        """
        left = list(rests)
        for i, row_sum in enumerate(self._sums):
            rest = rests[i]
            if index == row_sum.total:
                left[i] = number
            elif rest is not None and index in row_sum.parts:
                rest -= number
                is_last = index == min(row_sum.parts)
                if rest < 0 or (rest and is_last) or rest > most:
                    return None
                left[i] = None if is_last else rest
        return tuple(left)

    def _walk(
        self, node: _Node, cells: tuple[str, ...], numbers: tuple[Number, ...]
    ) -> Iterator[tuple[tuple[str, ...], tuple[Number, ...]]]:
        """The ways before this node, the cells behind it being cut already."""
        index, end, *_ = node
        if index < 0:
            yield cells, numbers
            return
        for start, number, following in self._edges[node]:
            yield from self._walk(following, (self._glued.text[start:end], *cells), (number, *numbers))


def _most(characters: int, cells: int) -> int:
    """More than so many cells can sum up to that share so many characters."""
    return int(10 ** max(characters - max(cells, 1) + 1, 1)) + 10 * cells
