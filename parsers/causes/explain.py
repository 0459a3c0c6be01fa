"""Broken sums to their causes: the fewest cells that explain everything, and whether they are the only ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from parsers.causes.block import Block, Deltas, check_name, equations_to_blocks, mask_to_indexes
from parsers.causes.likeness import deltas_to_kind, in_order, likelihood
from parsers.causes.lines import patterned_lines
from parsers.causes.pairs import pairs_of_cells
from parsers.causes.single import single_cells
from parsers.editions.equations import CellId, Equation
from parsers.editions.spec import Edition
from parsers.model.cause import Cause, CauseKind, Change, Explanation
from parsers.model.report import Number, Status, Tables

MOST_CANDIDATES = 24
"""More ways to explain the same help nobody: a row's slip may stand in any of twenty-one rows, no more."""

Found: TypeAlias = tuple[CauseKind, Deltas]

Told: TypeAlias = Mapping[str, Number]
"""Figure id to the number that prose tells of it."""


def tables_to_causes(
    form: Edition, equations: tuple[Equation, ...], tables: Tables, told: Told | None = None
) -> dict[str, Cause]:
    """The cause behind each broken identity, by its name (`A03.requests.granted`); nothing for what nobody can tell.

    `told` are numbers that the report's prose tells of single figures: they may confirm one of several explanations.
    """
    causes: dict[str, Cause] = {}
    for block in equations_to_blocks(form, equations, tables):
        if block.broken:
            causes |= _block_to_causes(block, told or {})
    return causes


def _block_to_causes(block: Block, told: Told) -> dict[str, Cause]:
    found = _fewest_cells(block)
    confirmed = [one for one in found if _is_confirmed(block, one[1], told)]
    sure = confirmed if len(confirmed) == 1 else [one for one in found if len(found) == 1 and _is_sure(block, one[0])]
    if sure:
        return {name: Cause(stated=parted) for parted in _parted(block, *sure[0]) for name in parted.mends}
    if not 0 < len(found) <= MOST_CANDIDATES:
        return {}
    ranked = sorted(found, key=lambda one: likelihood(block, *one))
    cause = Cause(candidates=tuple(_explanation(block, kind, deltas) for kind, deltas in ranked))
    return dict.fromkeys(_broken_names(block, block.broken), cause)


def _fewest_cells(block: Block) -> list[Found]:
    """Single cells; if there is none, pairs and what one slip does to a whole row or column.

    Where identities of the block cannot be evaluated only single cells are looked for: too little is known for more.
    """
    singles = [(deltas_to_kind(block, deltas), deltas) for deltas in single_cells(block)]
    if singles or not block.is_whole:
        return singles
    pairs = [(deltas_to_kind(block, deltas), deltas) for deltas in pairs_of_cells(block)]
    return pairs + list(patterned_lines(block))


def _is_confirmed(block: Block, deltas: Deltas, told: Told) -> bool:
    """Does the prose tell of every one of these cells the number that the sums ask for?"""
    return block.is_whole and all(
        told.get(".".join(cell)) == block.values[cell] + delta for cell, delta in deltas.items()
    )


def _is_sure(block: Block, kind: CauseKind) -> bool:
    """One broken identity tells that something is wrong, and never where: that takes two that cross.

    Nor is a line without any number ever sure: what is missing there may stand elsewhere.
    """
    return block.is_whole and block.broken.bit_count() > 1 and kind is not CauseKind.LEFT_OUT


def _parted(block: Block, kind: CauseKind, deltas: Deltas) -> list[Explanation]:
    """Two wrong cells that stand in no identity together are two mistakes, each with its own identities."""
    cells = in_order(block, deltas)
    if kind is not CauseKind.TWO_CELLS or block.masks[cells[0]] & block.masks[cells[1]]:
        return [_explanation(block, kind, deltas)]
    alone: list[Deltas] = [{cell: deltas[cell]} for cell in cells]
    return [_explanation(block, deltas_to_kind(block, one), one) for one in alone]


def _explanation(block: Block, kind: CauseKind, deltas: Deltas) -> Explanation:
    touched = 0
    for cell in deltas:
        touched |= block.masks[cell]
    changes = tuple(_change(block, cell, deltas) for cell in in_order(block, deltas))
    return Explanation(kind=kind, changes=changes, mends=_broken_names(block, block.broken & touched))


def _change(block: Block, cell: CellId, deltas: Deltas) -> Change:
    figure = block.figure(cell)
    filed = figure.value if figure.status is Status.NUMBER else None
    return Change(figure=".".join(cell), filed=filed, suggested=int(block.values[cell] + deltas[cell]))


def _broken_names(block: Block, mask: int) -> tuple[str, ...]:
    return tuple(check_name(block.checks[index]) for index in mask_to_indexes(mask))
