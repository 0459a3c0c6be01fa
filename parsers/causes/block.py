"""Cells that hang together through identities, and by how much each identity is off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from parsers.editions.equations import CellId, Equation
from parsers.editions.spec import Direction, Edition
from parsers.model.report import Figure, Number, Status, Tables

Deltas: TypeAlias = dict[CellId, Number]
"""What is to be added to cells."""

_COUNTED = (Status.NUMBER, Status.BLANK, Status.NON_NUMERIC)
"""A cell that was read; where no number stands it counts as 0 (DESIGN 5.1)."""


@dataclass(frozen=True)
class Block:
    """The requests are one block, each group of the review and litigation table is one.

    `checks` are the identities that can be evaluated; `is_whole` says that none of the block's identities is missing
    from them. Sets of checks are bit masks: bit i is `checks[i]`.
    """

    form: Edition
    checks: tuple[Equation, ...]
    tables: Tables
    is_whole: bool

    @cached_property
    def signs(self) -> dict[CellId, dict[int, int]]:
        """For every cell the checks it stands in: +1 on the left side, -1 on the right."""
        signs: dict[CellId, dict[int, int]] = {}
        for index, check in enumerate(self.checks):
            for cells, sign in ((check.left, 1), (check.right, -1)):
                for cell in cells:
                    signs.setdefault(cell, {})[index] = sign
        return signs

    @cached_property
    def masks(self) -> dict[CellId, int]:
        """For every cell the set of its checks."""
        return {cell: sum(1 << index for index in signs) for cell, signs in self.signs.items()}

    @cached_property
    def values(self) -> dict[CellId, Number]:
        """What stands in each cell."""
        return {cell: self.figure(cell).value or 0 for cell in self.signs}

    @cached_property
    def spots(self) -> dict[CellId, tuple[int, int]]:
        """Row and column of each cell, counted from 0 among the block's own, in the order of the form."""
        mine = frozenset(cell[:2] for cell in self.signs)
        rows = [(table, row) for table in self.form.tables for row in table.rows]
        own = [(table, row) for table, row in rows if (table.id, row.id) in mine]
        return {
            (table.id, row.id, column.id): (down, across)
            for down, (table, row) in enumerate(own)
            for across, column in enumerate(table.columns_of(row.id))
        }

    @cached_property
    def residuals(self) -> tuple[Number, ...]:
        """Left side minus right side of every check; 0 where it holds."""
        return tuple(_residual(check, self.values) for check in self.checks)

    @cached_property
    def broken(self) -> int:
        """The set of checks that do not hold."""
        return sum(1 << index for index, residual in enumerate(self.residuals) if residual)

    def figure(self, cell: CellId) -> Figure:
        """The figure of a cell."""
        table, row, column = cell
        return self.tables[table][row][column]

    def cells_of(self, index: int) -> tuple[CellId, ...]:
        """The cells of a check."""
        return (*self.checks[index].left, *self.checks[index].right)

    def is_mended_by(self, deltas: Deltas) -> bool:
        """Do all checks hold after these changes?"""
        residuals = list(self.residuals)
        for cell, delta in deltas.items():
            for index, sign in self.signs[cell].items():
                residuals[index] += sign * delta
        return not any(residuals)

    def is_possible(self, deltas: Deltas) -> bool:
        """Are the new values counts: whole and not negative?"""
        return all(_is_count(self.values[cell] + delta) for cell, delta in deltas.items())

    def is_along_row(self, index: int) -> bool:
        """Does this check add the columns of a row?"""
        return self.checks[index].identity.each is Direction.ROW


def _residual(check: Equation, values: dict[CellId, Number]) -> Number:
    return sum((values[cell] for cell in check.left), start=0) - sum((values[c] for c in check.right), start=0)


def _is_count(value: Number) -> bool:
    return value >= 0 and value == int(value)


def mask_to_indexes(mask: int) -> Iterator[int]:
    """The checks of a set, in order."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def check_name(check: Equation) -> str:
    """`A03.requests.granted`."""
    return f"{check.identity.code}.{check.scope}"


def equations_to_blocks(form: Edition, equations: tuple[Equation, ...], tables: Tables) -> tuple[Block, ...]:
    """The identities parted so that no two blocks share a cell; those that cannot be evaluated left out."""
    return tuple(_to_block(form, group, tables) for group in _parted(equations))


def _to_block(form: Edition, equations: list[Equation], tables: Tables) -> Block:
    checks = tuple(equation for equation in equations if _is_evaluable(equation, tables))
    return Block(form=form, checks=checks, tables=tables, is_whole=len(checks) == len(equations))


def _is_evaluable(equation: Equation, tables: Tables) -> bool:
    return all(tables[t][row][column].status in _COUNTED for t, row, column in (*equation.left, *equation.right))


def _parted(equations: tuple[Equation, ...]) -> list[list[Equation]]:
    """Groups connected by cells, in the order of the form."""
    groups: list[tuple[list[Equation], set[CellId]]] = []
    for equation in equations:
        cells = {*equation.left, *equation.right}
        touching = [group for group in groups if not group[1].isdisjoint(cells)]
        groups = [group for group in groups if group[1].isdisjoint(cells)]
        members = [member for group in touching for member in group[0]]
        groups.append(([*members, equation], cells.union(*(group[1] for group in touching))))
    return [members for members, _ in groups]
