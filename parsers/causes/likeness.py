"""What slip makes one number of another, and which is likelier: kinds and order of explanations."""

from __future__ import annotations

from parsers.causes.block import Block, Deltas
from parsers.causes.lines import is_glued
from parsers.editions.equations import CellId
from parsers.model.cause import CauseKind
from parsers.model.report import Number

KINDS_BY_LIKELIHOOD = (
    CauseKind.LEFT_OUT,
    CauseKind.SPLIT,
    CauseKind.SHIFTED,
    CauseKind.CELLS_SWAPPED,
    CauseKind.DIGITS_SWAPPED,
    CauseKind.COPIED,
    CauseKind.MOVED,
    CauseKind.CELL,
    CauseKind.TWO_CELLS,
)
"""One slip of a known kind is likelier than any other change."""

BY_ONE, TWO = 1, 2

LEAST_COPY = 10
"""Small numbers stand beside their like by chance; two digits are copied."""


def deltas_to_kind(block: Block, deltas: Deltas) -> CauseKind:
    """The slip that explains one or two changed cells."""
    if len(deltas) == 1:
        return _single_kind(block, *next(iter(deltas.items())))
    one, other = in_order(block, deltas)
    old = (block.values[one], block.values[other])
    new = (old[0] + deltas[one], old[1] + deltas[other])
    if not any(old) and one[:2] == other[:2]:
        return CauseKind.LEFT_OUT
    if old == new[::-1]:
        return CauseKind.CELLS_SWAPPED
    if _are_neighbours(block, one, other):
        return _neighbours_kind(list(old), list(new))
    return CauseKind.TWO_CELLS


def _single_kind(block: Block, cell: CellId, delta: Number) -> CauseKind:
    filed = block.values[cell]
    if _is_swap_of_digits(filed, filed + delta):
        return CauseKind.DIGITS_SWAPPED
    beside = [other for other in block.signs if _are_neighbours(block, cell, other)]
    is_copy = filed >= LEAST_COPY and any(block.values[other] == filed for other in beside)
    return CauseKind.COPIED if is_copy else CauseKind.CELL


def _neighbours_kind(old: list[Number], new: list[Number]) -> CauseKind:
    if new[0] - old[0] == old[1] - new[1]:
        return CauseKind.MOVED
    is_split = new[1] == 0 and is_glued(old, new[0])
    return CauseKind.SPLIT if is_split else CauseKind.TWO_CELLS


def in_order(block: Block, deltas: Deltas) -> list[CellId]:
    """The changed cells in the order of the form."""
    return sorted(deltas, key=lambda cell: block.spots[cell])


def _are_neighbours(block: Block, one: CellId, other: CellId) -> bool:
    (row, column), (row_of_other, column_of_other) = block.spots[one], block.spots[other]
    return abs(row - row_of_other) + abs(column - column_of_other) == BY_ONE


def likelihood(block: Block, kind: CauseKind, deltas: Deltas) -> tuple[int, int, list[tuple[int, int]]]:
    """Sorts explanations, the likeliest first; the order of the form decides between equals."""
    unlikeness = sum(_unlikeness(block.values[cell], block.values[cell] + delta) for cell, delta in deltas.items())
    return KINDS_BY_LIKELIHOOD.index(kind), unlikeness, sorted(block.spots[cell] for cell in deltas)


def _unlikeness(filed: Number, true: Number) -> int:
    """0: two digits changed places; 1: one digit is wrong, too many or missing; 2: off by one; 3: any other number."""
    if _is_swap_of_digits(filed, true):
        return 0
    if _is_one_digit_off(str(filed), str(true)):
        return 1
    return 2 if abs(filed - true) == BY_ONE else 3


def _is_swap_of_digits(filed: Number, true: Number) -> bool:
    old, new = str(filed), str(true)
    wrong = [i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b]
    return len(old) == len(new) and len(wrong) == TWO and sorted(old) == sorted(new)


def _is_one_digit_off(old: str, new: str) -> bool:
    if len(old) == len(new):
        return sum(a != b for a, b in zip(old, new, strict=True)) == 1
    shorter, longer = sorted((old, new), key=len)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
