"""What goes wrong when people fill the tables in: every kind of slip, in every place where it can happen."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from benchmarks.mutants.bases import Base
from parsers.editions.equations import CellId
from parsers.model.report import Number

New: TypeAlias = dict[CellId, Number]
"""The numbers that stand in these cells instead of the true ones."""

SEED = 20_240_131
PAIRS = 400
"""So many random pairs of cells a report: all of them would be fifteen thousand."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A line of the result: its name and the least share of its mutants to be found, located and told.

    `is_locatable`: its cells stand in more identities than one.
    """

    name: str
    found: float = 1
    located: float = 0
    told: float = 0
    is_locatable: bool = True


@dataclass(frozen=True, kw_only=True)
class Kind(Goal):
    """A slip, and all the ways in which it can happen to a report."""

    mutants: Callable[[Base, random.Random], Iterator[New]]


def wrong_numbers(true: Number, chance: random.Random) -> tuple[Number, ...]:
    """What is written instead of a number: one off, ten off, a digit wrong, too many or missing, forgotten."""
    digits = str(true)
    place = chance.randrange(len(digits))
    other = digits[:place] + str(chance.choice([d for d in "0123456789" if d != digits[place]])) + digits[place + 1 :]
    double = int(digits[: place + 1] + digits[place:])
    missing = int(digits[:place] + digits[place + 1 :] or "0")
    wrong = (true + 1, true - 1, true + 10, int(other), double, missing, 0)
    return tuple(dict.fromkeys(number for number in wrong if number != true and number >= 0))


def _one_cell(table: str) -> Callable[[Base, random.Random], Iterator[New]]:
    def mutants(base: Base, chance: random.Random) -> Iterator[New]:
        for cell, true in base.values.items():
            if cell[0] == table:
                yield from ({cell: wrong} for wrong in wrong_numbers(true, chance))

    return mutants


def _digits_swapped(base: Base, _: random.Random) -> Iterator[New]:
    """Two digits beside each other."""
    for cell, true in base.values.items():
        digits = str(true)
        for i in range(len(digits) - 1):
            swapped = int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
            if cell[0] == "requests" and swapped != true:
                yield {cell: swapped}


def _neighbours(base: Base) -> Iterator[tuple[CellId, CellId]]:
    """Cells beside and below each other."""
    for row, below in zip(base.rows, (*base.rows[1:], ()), strict=True):
        yield from pairwise(row)
        yield from zip(row, below, strict=False)


def _cells_swapped(base: Base, _: random.Random) -> Iterator[New]:
    for one, other in _neighbours(base):
        if base.values[one] != base.values[other]:
            yield {one: base.values[other], other: base.values[one]}


def _case_moved(base: Base, _: random.Random) -> Iterator[New]:
    for pair in _neighbours(base):
        for source, target in (pair, pair[::-1]):
            if base.values[source] > 0:
                yield {source: base.values[source] - 1, target: base.values[target] + 1}


def _row_shifted(base: Base, _: random.Random) -> Iterator[New]:
    """By one column to either side, with the total and without it; what falls off is lost, what is free is 0."""
    for row in base.rows:
        for cells in (row, row[:-1]):
            true = [base.values[cell] for cell in cells]
            for shifted in ([0, *true[:-1]], [*true[1:], 0]):
                yield _changed(cells, true, shifted)


def _number_split(base: Base, _: random.Random) -> Iterator[New]:
    """Its digits stand in two cells, and what follows in the row moves on as far as the next 0."""
    for row in base.rows:
        true = [base.values[cell] for cell in row]
        for at, number in enumerate(true[:-1]):
            free = next((i for i in range(at + 1, len(true)) if true[i] == 0), None)
            if free is None:
                continue
            for cut in range(1, len(str(number))):
                pieces = [int(str(number)[:cut]), int(str(number)[cut:])]
                yield _changed(row, true, [*true[:at], *pieces, *true[at + 1 : free], *true[free + 1 :]])


def _total_copied(base: Base, _: random.Random) -> Iterator[New]:
    """A total is that of the row above or below, or the number beside it."""
    for above, row, below in zip(((), *base.rows), base.rows, (*base.rows[1:], ()), strict=False):
        beside = [base.values[cells[-1]] for cells in (above, below) if cells] + [base.values[row[-2]]]
        for number in dict.fromkeys(beside):
            yield _changed(row[-1:], [base.values[row[-1]]], [number])


def _leaf_left_out(base: Base, _: random.Random) -> Iterator[New]:
    for row in base.rows:
        if row[0][1] in base.leaves:
            true = [base.values[cell] for cell in row]
            yield _changed(row, true, [0] * len(row))


def _two_cells(first: str, second: str) -> Callable[[Base, random.Random], Iterator[New]]:
    def mutants(base: Base, chance: random.Random) -> Iterator[New]:
        ones = [cell for cell in base.values if cell[0] == first]
        others = [cell for cell in base.values if cell[0] == second]
        for _ in range(PAIRS):
            one, other = chance.choice(ones), chance.choice(others)
            if one != other:
                yield {cell: chance.choice(wrong_numbers(base.values[cell], chance)) for cell in (one, other)}

    return mutants


def _changed(cells: tuple[CellId, ...], true: list[Number], filed: list[Number]) -> New:
    return {cell: new for cell, old, new in zip(cells, true, filed, strict=True) if old != new}


REQUESTS, REVIEW = "requests", "review_litigation"

KINDS: tuple[Kind, ...] = (
    Kind(name="表二一格有误", located=1, mutants=_one_cell(REQUESTS)),
    Kind(name="表二一格内两个数字颠倒", located=1, mutants=_digits_swapped),
    Kind(name="表二总计照抄相邻的数", located=1, mutants=_total_copied),
    Kind(name="表三一格有误", told=1, is_locatable=False, mutants=_one_cell(REVIEW)),
    Kind(name="表二两格有误", located=0.8, mutants=_two_cells(REQUESTS, REQUESTS)),
    Kind(name="表二、表三各一格有误", located=0.8, mutants=_two_cells(REQUESTS, REVIEW)),
    Kind(name="表三两格有误", is_locatable=False, mutants=_two_cells(REVIEW, REVIEW)),
    Kind(name="相邻两格互换", mutants=_cells_swapped),
    Kind(name="一件误计入相邻格", mutants=_case_moved),
    Kind(name="一行错位一列", mutants=_row_shifted),
    Kind(name="一个数分填两格", mutants=_number_split),
    Kind(name="办理结果漏填一行", mutants=_leaf_left_out),
)


def base_to_mutants(kind: Kind, base: Base) -> Iterator[New]:
    """Those that change something; the same ones every time."""
    chance = random.Random(f"{SEED} {kind.name} {base.name}")  # noqa: S311 - made-up mistakes, no secret
    return (new for new in kind.mutants(base, chance) if new)
