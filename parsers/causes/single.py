"""One cell whose change mends every broken identity of its block and breaks none."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.causes.block import Block, Deltas, mask_to_indexes


def single_cells(block: Block) -> Iterator[Deltas]:
    """Every such cell. In the table of requests there is never more than one: no two cells stand in the same sums."""
    first = next(mask_to_indexes(block.broken))
    for cell in block.cells_of(first):
        if block.masks[cell] != block.broken:
            continue
        deltas: Deltas = {cell: -block.residuals[first] * block.signs[cell][first]}
        if block.is_mended_by(deltas) and block.is_possible(deltas):
            yield deltas
