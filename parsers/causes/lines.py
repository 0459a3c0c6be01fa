"""Three or more cells of one row (or column) whose changes mend everything: what the other identities demand of each.

Only a pattern that explains them all by one slip counts: shifted by a cell, a number split, a row left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.causes.block import Block, Deltas
from parsers.editions.equations import CellId
from parsers.model.cause import CauseKind
from parsers.model.report import Number

FEWEST = 3
"""One cell and two cells are found without any pattern."""


def patterned_lines(block: Block) -> Iterator[tuple[CauseKind, Deltas]]:
    """Every row and column that one slip explains."""
    for cells, along_row in _lines(block):
        deltas = _demanded(block, cells, along_row=along_row)
        if deltas is None or len(deltas) < FEWEST or not (block.is_possible(deltas) and block.is_mended_by(deltas)):
            continue
        kind = line_to_pattern([block.values[cell] for cell in cells], [_after(block, deltas, cell) for cell in cells])
        if kind is not None:
            yield kind, deltas


def _lines(block: Block) -> Iterator[tuple[tuple[CellId, ...], bool]]:
    """The rows and the columns of the block, cells in the order of the form; is it a row?"""
    for along_row in (True, False):
        lines: dict[int, list[CellId]] = {}
        for cell, (row, column) in block.spots.items():
            lines.setdefault(row if along_row else column, []).append(cell)
        yield from ((tuple(cells), along_row) for cells in lines.values())


def _demanded(block: Block, cells: tuple[CellId, ...], *, along_row: bool) -> Deltas | None:
    """What the identities across the line ask of each of its cells; None where two of them disagree."""
    deltas: Deltas = {}
    for cell in cells:
        asked = [-block.residuals[i] * s for i, s in block.signs[cell].items() if block.is_along_row(i) != along_row]
        if not asked or any(delta != asked[0] for delta in asked):
            return None
        if asked[0]:
            deltas[cell] = asked[0]
    return deltas


def _after(block: Block, deltas: Deltas, cell: CellId) -> Number:
    return block.values[cell] + deltas.get(cell, 0)


def line_to_pattern(filed: list[Number], mended: list[Number]) -> CauseKind | None:
    """The one slip that makes `filed` of `mended`, if there is one."""
    changed = [i for i, (old, new) in enumerate(zip(filed, mended, strict=True)) if old != new]
    first, last = changed[0], changed[-1]
    if not any(filed):
        return CauseKind.LEFT_OUT
    if mended[first:last] == filed[first + 1 : last + 1] or mended[first + 1 : last + 1] == filed[first:last]:
        return CauseKind.SHIFTED
    if is_glued(filed[first : first + 2], mended[first]) and mended[first + 1 : last] == filed[first + 2 : last + 1]:
        return CauseKind.SPLIT
    return None


def is_glued(pieces: list[Number], whole: Number) -> bool:
    """Do the digits of two cells, one after the other, make the number?"""
    return "".join(str(piece) for piece in pieces) == str(whole)
