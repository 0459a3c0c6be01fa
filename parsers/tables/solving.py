"""Which splits of the rows of a table fit together by its column sums. Bounded work; what is dropped cannot be.

Two steps, each of which only removes what fits no solution: bounds of each sum, then all sums together, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from parsers.model.report import Number
from parsers.model.value import Value

MOST_STEPS = 20_000
"""So many sums are formed for one row; beyond it the bounds alone decide, which keep too much and never too little."""

Vector: TypeAlias = tuple[Number, ...]
"""The numbers of one way to cut a row, column by column."""

Choices: TypeAlias = dict[str, tuple[Vector, ...]]
"""What each row may be."""


class Balance(Value):
    """One column sum: the cells at `column` of these rows, each with its sign, are to add up to 0."""

    column: int
    rows: tuple[str, ...]
    signs: tuple[int, ...]


class Solved(Value):
    """The numbers that are left for each row; `is_exact`: each of them is part of a solution."""

    rows: Choices
    is_exact: bool


def solve(choices: Choices, balances: tuple[Balance, ...]) -> Solved | None:
    """The choices of each row that may be part of a solution; None when there is no solution."""
    bounded = _bound(choices, balances)
    return None if bounded is None else _combine(bounded, balances)


def column_bounds(choices: Choices, balances: tuple[Balance, ...], row: str) -> dict[int, tuple[Number, Number]]:
    """For a row whose choices are not known yet: the least and the most that each column allows, by its column."""
    bounds: dict[int, tuple[Number, Number]] = {}
    for balance in balances:
        if row not in balance.rows:
            continue
        own = balance.signs[balance.rows.index(row)]
        others = [(r, sign) for r, sign in zip(balance.rows, balance.signs, strict=True) if r != row]
        ends = [_ends(choices[r], balance.column, -own * sign) for r, sign in others]
        low, high = sum((end[0] for end in ends), start=0), sum((end[1] for end in ends), start=0)
        before = bounds.get(balance.column, (low, high))
        bounds[balance.column] = (max(low, before[0]), min(high, before[1]))
    return bounds


def _ends(vectors: tuple[Vector, ...], column: int, sign: int) -> tuple[Number, Number]:
    """Least and greatest signed number of a row in a column."""
    numbers = [vector[column] * sign for vector in vectors]
    return min(numbers), max(numbers)


def _bound(choices: Choices, balances: tuple[Balance, ...]) -> Choices | None:
    """Drop what the least and the greatest of all other rows cannot balance, until nothing more falls."""
    left = dict(choices)
    has_changed = True
    while has_changed:
        has_changed = False
        for balance in balances:
            for row, kept in _kept(left, balance):
                if not kept:
                    return None
                has_changed = has_changed or len(kept) < len(left[row])
                left[row] = kept
    return left


def _kept(left: Choices, balance: Balance) -> Iterator[tuple[str, tuple[Vector, ...]]]:
    """Each row of a balance with the choices that may stay."""
    signed = tuple(zip(balance.rows, balance.signs, strict=True))
    ends = [_ends(left[row], balance.column, sign) for row, sign in signed]
    low, high = sum((end[0] for end in ends), start=0), sum((end[1] for end in ends), start=0)
    for (row, sign), (least, greatest) in zip(signed, ends, strict=True):
        numbers = [vector[balance.column] * sign for vector in left[row]]
        fits = zip(left[row], numbers, strict=True)
        yield row, tuple(vector for vector, n in fits if greatest - high <= n <= least - low)


def _combine(left: Choices, balances: tuple[Balance, ...]) -> Solved | None:
    """Row by row, every sum that the first rows can have; then back, keeping what leads to 0 in every balance."""
    rows = sorted((row for row in left if len(left[row]) > 1), key=lambda row: len(left[row]))
    moves = {row: [_move(vector, row, balances) for vector in left[row]] for row in rows}
    fixed = [_move(left[row][0], row, balances) for row in left if len(left[row]) == 1]
    start = tuple(sum(numbers) for numbers in zip(*fixed, strict=True)) if fixed else (0,) * len(balances)
    reach = _reach(start, [moves[row] for row in rows])
    if reach is None:
        return Solved(rows=left, is_exact=False)
    alive: set[Vector] = {(0,) * len(balances)}
    kept = dict(left)
    for row, states in zip(reversed(rows), reversed(reach), strict=True):
        steps = [(state, i) for state in states for i, move in enumerate(moves[row]) if _add(state, move) in alive]
        used = {i for _, i in steps}
        kept[row] = tuple(vector for i, vector in enumerate(left[row]) if i in used)
        alive = {state for state, _ in steps}
    return Solved(rows=kept, is_exact=True) if start in alive else None


def _move(vector: Vector, row: str, balances: tuple[Balance, ...]) -> Vector:
    """What this choice of a row adds to each balance."""
    return tuple(b.signs[b.rows.index(row)] * vector[b.column] if row in b.rows else 0 for b in balances)


def _add(state: Vector, move: Vector) -> Vector:
    return tuple(a + b for a, b in zip(state, move, strict=True))


def _reach(start: Vector, moves: list[list[Vector]]) -> list[tuple[Vector, ...]] | None:
    """The sums before each row; None when there are too many. Sums that the rest cannot bring to 0 are left out."""
    rests = _rests(moves, len(start))
    reach: list[tuple[Vector, ...]] = [(start,)]
    for row, rest in zip(moves[:-1], rests[1:], strict=False):
        if len(reach[-1]) * len(row) > MOST_STEPS:
            return None
        states = dict.fromkeys(_add(state, move) for state in reach[-1] for move in row)
        reach.append(tuple(state for state in states if _can_end(state, rest)))
    return reach[: len(moves)]


def _rests(moves: list[list[Vector]], width: int) -> list[list[tuple[Number, Number]]]:
    """For each row: what it and the rows after it can add to each balance, at least and at most."""
    rests: list[list[tuple[Number, Number]]] = [[(0, 0)] * width]
    for row in reversed(moves):
        ends = [(min(column), max(column)) for column in zip(*row, strict=True)]
        rests.insert(0, [(a + c, b + d) for (a, b), (c, d) in zip(ends, rests[0], strict=True)])
    return rests


def _can_end(state: Vector, rest: list[tuple[Number, Number]]) -> bool:
    return all(low <= -number <= high for number, (low, high) in zip(state, rest, strict=True))
