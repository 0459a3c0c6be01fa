"""The sums of one table as a puzzle: its glued texts, what each may be cut into, and which sums bind them.

Solved once as the form says, and once for every cell that may be filed wrongly, without the sums in which it stands.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TypeAlias

import msgspec

from parsers.editions.equations import CellId, Equation, edition_to_equations
from parsers.editions.spec import Direction, Edition, TableSpec
from parsers.model.report import Number, Status
from parsers.model.value import Value
from parsers.tables.figures import GluedRow, TableReading
from parsers.tables.pieces import Piece, Spots
from parsers.tables.solving import Balance, Choices, Vector, column_bounds, solve
from parsers.tables.splits import (
    GluedText,
    Split,
    Spot,
    Sum,
    TooManySplitsError,
)

Ways: TypeAlias = dict[str, tuple[Split, ...]]
"""By the name of a piece, every way to cut it that may be the true one."""

MOST_WORK = 400_000
"""So many ways are compared for a table, over all doubts; beyond it each row is told by its own digits."""

_UNKNOWN = (Status.UNREADABLE, Status.UNDECIDABLE, Status.ABSENT)


class Doubt(Value):
    """A cell taken to be wrong: its row, unless that has one way only, and the column sums that then do not count."""

    row: str | None
    cell: int
    balances: tuple[int, ...]

    def is_within(self, other: Doubt) -> bool:
        """Does the other doubt allow everything that this one allows?"""
        is_same = self.row is None or (self.row, self.cell) == (other.row, other.cell)
        return self != other and is_same and set(self.balances) <= set(other.balances)


class Puzzle(Value):
    """The pieces, the numbers of the rows that are read already (in column order), and the column sums.

    `broken`: rows read already, or of one way only, whose own sum does not hold: there the report is wrong.
    """

    pieces: tuple[Piece, ...]
    known: Choices
    balances: tuple[Balance, ...]
    broken: tuple[str, ...] = ()

    def solve(self) -> dict[str, Spots]:
        """By the name of each piece, what each of its cells may be."""
        bound = {row for balance in self.balances for row in balance.rows}
        together = tuple(piece for piece in self.pieces if piece.name in bound)
        ways = msgspec.structs.replace(self, pieces=together).solve_together() if together else {}
        return {piece.name: _told(piece, ways, is_alone=piece.name not in bound) for piece in self.pieces}

    def solve_together(self) -> Ways:
        """Every way that may be the true one, for each piece; none for a piece of which that cannot be told."""
        plain: Ways = {}
        opened: dict[str, None] = {}
        for piece in self.pieces:
            if piece.name not in self.broken:
                try:
                    plain[piece.name] = piece.splits()
                except TooManySplitsError:
                    opened[piece.name] = None
        return self._all_ways(plain, opened)

    def _all_ways(self, plain: Ways, opened: dict[str, None]) -> Ways:
        """The ways if all is as the form says, and those of every doubt, without the pieces that any of them opens."""
        is_whole = not any(piece.name in self.broken for piece in self.pieces)
        found: list[Ways] = [self._ways(plain, self.balances)] if is_whole else []
        for doubt in self._doubts():
            if doubt.row in opened:
                found.append(self._ways(plain, self.balances))
                continue
            try:
                found.append(self._doubted(doubt, plain))
            except TooManySplitsError:
                opened[doubt.row or ""] = None
                others = {name: splits for name, splits in plain.items() if name != doubt.row}
                found.append(self._ways(others, self.balances))
            if sum(len(splits) for ways in found for splits in ways.values()) > MOST_WORK:
                return {}
        names = [piece.name for piece in self.pieces if piece.name not in opened]
        return {name: tuple(dict.fromkeys(s for ways in found for s in ways.get(name, ()))) for name in names}

    def _doubts(self) -> tuple[Doubt, ...]:
        """Every cell that may be wrong; where a row is known to be, only its own."""
        cut = [piece.name for piece in self.pieces if piece.is_cut]
        widths = {row: len(vectors[0]) for row, vectors in self.known.items()}
        widths |= {piece.name: len(piece.cells) for piece in self.pieces}
        doubts: dict[Doubt, None] = {}
        for row, width in widths.items():
            is_one_way = (row in self.known or row in cut) and row not in self.broken
            if self.broken and self.broken != (row,):
                continue
            for cell in range(width):
                own = tuple(i for i, b in enumerate(self.balances) if b.column == cell and row in b.rows)
                doubts[Doubt(row=None if is_one_way else row, cell=0 if is_one_way else cell, balances=own)] = None
        return tuple(doubt for doubt in doubts if not any(doubt.is_within(other) for other in doubts))

    def _doubted(self, doubt: Doubt, plain: Ways) -> Ways:
        """The ways if this cell is wrong."""
        balances = tuple(b for i, b in enumerate(self.balances) if i not in doubt.balances)
        piece = next((piece for piece in self.pieces if piece.name == doubt.row), None)
        others = {name: splits for name, splits in plain.items() if name != doubt.row}
        if piece is None or not all(others.values()):
            return self._ways(others, balances) if doubt.row not in plain else {}
        choices = self._choices(others)
        known = tuple(b for b in balances if all(row in choices for row in b.rows if row != piece.name))
        bounds = column_bounds(choices, known, piece.name)
        return self._ways(others | {piece.name: piece.splits(bounds, doubt.cell)}, known)

    def _choices(self, ways: Ways) -> Choices:
        return self.known | {name: tuple(split.numbers for split in splits) for name, splits in ways.items()}

    def _ways(self, ways: Ways, balances: tuple[Balance, ...]) -> Ways:
        """Of these ways those that are part of a solution; none when there is no solution.

        A sum with a row whose ways are not known binds nothing.
        """
        if not all(ways.values()):
            return {}
        choices = self._choices(ways)
        solved = solve(choices, tuple(b for b in balances if all(row in choices for row in b.rows)))
        if solved is None:
            return {}
        left = {name: frozenset(vectors) for name, vectors in solved.rows.items()}
        return {name: tuple(s for s in splits if s.numbers in left[name]) for name, splits in ways.items()}


def _told(piece: Piece, ways: Ways, *, is_alone: bool) -> Spots:
    """What each cell of a piece may be: by the sums as far as they tell, else by its digits alone."""
    if is_alone:
        return piece.spots()
    return _splits_to_spots(ways.get(piece.name, ())) or piece.all_spots()


def _splits_to_spots(splits: tuple[Split, ...]) -> Spots:
    rows = [_split_to_spots(split) for split in splits]
    return tuple(tuple(dict.fromkeys(cell)) for cell in zip(*rows, strict=True))


def _split_to_spots(split: Split) -> tuple[Spot, ...]:
    starts = accumulate((len(cell) for cell in split.cells), initial=0)
    return tuple(Spot(start=s, text=t, number=n) for s, t, n in zip(starts, split.cells, split.numbers, strict=False))


def reading_to_puzzle(reading: TableReading, table: TableSpec, form: Edition, *, has_blanks: bool) -> Puzzle:
    """The puzzle of one table. A sum with a cell that is absent or unread, and not glued, binds nothing.

    `has_blanks`: nothing shows that every cell of the report is filled.
    """
    own = msgspec.structs.replace(form, identities=tuple(i for i in form.identities if i.table == table.id))
    glued = [row for item in reading.glued for row in item.rows]
    known = {
        row: tuple(figure.value or 0 for figure in figures.values())
        for row, figures in reading.rows.items()
        if row not in glued and not any(figure.status in _UNKNOWN for figure in figures.values())
    }
    equations = [
        e
        for e in edition_to_equations(own, {table.id: reading.rows})
        if all(row in known or row in glued for _, row, _ in (*e.left, *e.right))
    ]
    pieces = tuple(_to_piece(item, table, equations, has_blanks=has_blanks) for item in reading.glued)
    return Puzzle(
        pieces=pieces,
        known={row: (numbers,) for row, numbers in known.items()},
        balances=tuple(_to_balance(e, table) for e in equations if e.identity.each is Direction.COLUMN),
        broken=_broken(pieces, known, table, equations),
    )


def _to_piece(item: GluedRow, table: TableSpec, equations: list[Equation], *, has_blanks: bool) -> Piece:
    cells = tuple((row, column) for row in item.rows for column in table.columns_of(row))
    index = {(row, column.id): i for i, (row, column) in enumerate(cells)}
    inside = [e for e in equations if all((row, column) in index for _, row, column in (*e.left, *e.right))]
    borders = tuple(accumulate(len(token.label) for token in item.values[:-1]))
    text = "".join(token.label for token in item.values)
    return Piece(
        name=item.rows[0],
        cells=cells,
        tokens=item.values,
        text=GluedText(text=text, borders=borders, is_loose=item.is_loose, has_blanks=has_blanks),
        sums=tuple(Sum(total=index[e.left[0][1:]], parts=tuple(index[cell[1:]] for cell in e.right)) for e in inside),
    )


def _to_balance(equation: Equation, table: TableSpec) -> Balance:
    """A column sum: the left side counts, the right side is taken away."""
    cells = [(cell, 1) for cell in equation.left] + [(cell, -1) for cell in equation.right]
    columns = [column.id for column in table.columns_of(equation.left[0][1])]
    return Balance(
        column=columns.index(equation.left[0][2]),
        rows=tuple(row for (_, row, _), _ in cells),
        signs=tuple(sign for _, sign in cells),
    )


def _broken(
    pieces: tuple[Piece, ...], known: dict[str, Vector], table: TableSpec, equations: list[Equation]
) -> tuple[str, ...]:
    """Rows that cannot be cut otherwise and do not add up."""
    cut = [piece.name for piece in pieces if piece.is_cut and not piece.splits()]
    wrong = []
    for equation in (e for e in equations if e.identity.each is Direction.ROW):
        row = equation.left[0][1]
        if row in known:
            numbers = dict(zip((column.id for column in table.columns_of(row)), known[row], strict=True))
            wrong += [row] if _sum(equation.left, numbers) != _sum(equation.right, numbers) else []
    return (*cut, *wrong)


def _sum(cells: tuple[CellId, ...], numbers: dict[str, Number]) -> Number:
    return sum((numbers[column] for _, _, column in cells), start=0)
