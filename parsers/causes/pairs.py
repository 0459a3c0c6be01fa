"""Two cells whose changes together mend every broken identity and break none: all there are."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.causes.block import Block, Deltas, mask_to_indexes
from parsers.editions.equations import CellId
from parsers.model.report import Number

MOST_BROKEN = 6
"""Two cells stand in at most three identities each; where more are broken two cells cannot be all of it."""


def pairs_of_cells(block: Block) -> Iterator[Deltas]:
    """Every such pair. One of the two stands in the broken identity that has the fewest cells."""
    if block.broken.bit_count() > MOST_BROKEN or len(block.checks) == 1:
        return
    pivot = min(mask_to_indexes(block.broken), key=lambda index: len(block.cells_of(index)))
    seen: set[tuple[CellId, CellId]] = set()
    for one in block.cells_of(pivot):
        for other in _partners(block, one):
            if (other, one) in seen:
                continue
            seen.add((one, other))
            deltas = _solve(block, one, other)
            if deltas is not None and block.is_possible(deltas) and block.is_mended_by(deltas):
                yield deltas


def _partners(block: Block, one: CellId) -> tuple[CellId, ...]:
    """The cells that stand in every broken identity that `one` leaves open; in any of its own where it leaves none."""
    missing = block.broken & ~block.masks[one]
    if missing:
        cells = block.cells_of(next(mask_to_indexes(missing)))
        return tuple(cell for cell in cells if block.masks[cell] & missing == missing and cell != one)
    near = (cell for index in mask_to_indexes(block.masks[one]) for cell in block.cells_of(index))
    return tuple(dict.fromkeys(cell for cell in near if cell != one))


def _solve(block: Block, one: CellId, other: CellId) -> Deltas | None:
    """Each change follows from an identity in which only one of the two stands; None where there is no such change."""
    delta_one, delta_other = _alone(block, one, other), _alone(block, other, one)
    if not delta_one or not delta_other:
        return None
    return {one: delta_one, other: delta_other}


def _alone(block: Block, cell: CellId, other: CellId) -> Number | None:
    own = block.masks[cell] & ~block.masks[other]
    index = next(mask_to_indexes(own), None)
    return None if index is None else -block.residuals[index] * block.signs[cell][index]
