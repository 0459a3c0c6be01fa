"""One glued text of a table: its cells, its tokens, and what each cell may be by its digits and by its own sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from parsers.editions.spec import ColumnSpec
from parsers.model.document import Place
from parsers.model.report import Number
from parsers.model.value import Value
from parsers.tables.splits import (
    GluedText,
    Split,
    Spot,
    Sum,
    TooManySplitsError,
    count_splits,
    text_to_splits,
    text_to_spots,
)
from parsers.tables.strips import Token
from parsers.text.fold import to_label
from parsers.text.numerals import Unit

Spots: TypeAlias = tuple[tuple[Spot, ...], ...]
"""For each cell of a piece, everything that it may be."""

MOST_CHANCES = 500
"""Where only sums inside a row bind it: of more ways than this one may close by chance in a report that is wrong."""


class Piece(Value):
    """One glued text: the cells it holds (row and column, in order), its tokens, and the sums among these cells.

    Its name is that of its first row.
    """

    name: str
    cells: tuple[tuple[str, ColumnSpec], ...]
    tokens: tuple[Token, ...]
    text: GluedText
    sums: tuple[Sum, ...]

    @property
    def raw(self) -> str:
        """What is printed."""
        return " ".join(token.text.strip() for token in self.tokens)

    @property
    def is_cut(self) -> bool:
        """As many characters as cells, all zeros but the last: there is one way only, and none with a blank cell."""
        is_plain = not self.text.is_loose and not self.text.has_blanks
        return is_plain and len(self.text.text) == len(self.cells) and not self.text.text[:-1].strip("0")

    def place_of(self, offset: int) -> Place:
        """Where the character at this offset of the text stands."""
        for token in self.tokens:
            if offset < len(token.label):
                return _moved(token, offset)
            offset -= len(token.label)
        return self.tokens[-1].place

    def splits(
        self, bounds: dict[int, tuple[Number, Number]] | None = None, wrong: int | None = None
    ) -> tuple[Split, ...]:
        """Every way to cut it. The sums in which the cell `wrong` stands do not count; `bounds` are those of cells.

        What is wrong with that cell may also be that nothing stands in it.
        """
        sums = tuple(s for s in self.sums if wrong is None or wrong not in (s.total, *s.parts))
        limits = tuple((bounds or {}).get(i) for i in range(len(self.cells)))
        return text_to_splits(self.text, self._units, sums, limits, () if wrong is None else (wrong,))

    def all_spots(self) -> Spots:
        """What each cell is in any way to cut it, whether sums hold or not; empty where that is too much."""
        try:
            return self._spots((), tuple(range(len(self.cells))))
        except TooManySplitsError:
            return ()

    def spots(self) -> Spots:
        """The same, but one thing where its own sums tell it even if one cell of it may be wrong.

        They do where all of them can hold, and the ways are so few that they hardly hold by chance.
        """
        whole = self.all_spots()
        try:
            if count_splits(self.text, self._units) > MOST_CHANCES or not self._spots(self.sums):
                return whole
            found = [self._spots(*kept) for kept in self._all_but_one_sum()]
        except TooManySplitsError:
            return whole
        told = (_union(cell) for cell in zip(*found, strict=True))
        return tuple(one if _is_one(one) else every for one, every in zip(told, whole, strict=True))

    def _all_but_one_sum(self) -> Iterator[tuple[tuple[Sum, ...], tuple[int, ...]]]:
        """The sums that count where one of them may fail; where all of them hold, any cell may be blank as well."""
        yield self.sums, tuple(range(len(self.cells)))
        for doubted in self.sums:
            yield tuple(s for s in self.sums if s is not doubted), ()

    def _spots(self, sums: tuple[Sum, ...], empty: tuple[int, ...] = ()) -> Spots:
        return text_to_spots(self.text, self._units, sums, empty)

    @property
    def _units(self) -> tuple[Unit, ...]:
        return tuple(column.unit for _, column in self.cells)


def _is_one(spots: tuple[Spot, ...]) -> bool:
    return len({spot.number for spot in spots}) == 1


def _union(spots: tuple[tuple[Spot, ...], ...]) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(spot for some in spots for spot in some))


def _moved(token: Token, offset: int) -> Place:
    """The place of a character inside a token; where a line has no columns, the token's own."""
    place = token.place
    if place.column is None or not offset:
        return place
    printed = [i for i, letter in enumerate(token.text) if to_label(letter)]
    return msgspec.structs.replace(place, column=place.column + (printed[offset] if offset < len(printed) else offset))
