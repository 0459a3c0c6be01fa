"""Rows with fewer numbers than columns: blank cells, or a column that the report has not at all.

Nothing in a line of text says under which head its numbers stand. Where no row of the table is full, and not every
head is printed either, the same column may be missing in all of them.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise, takewhile

import msgspec

from parsers.editions.spec import BlockSpec, TableSpec
from parsers.tables.placed import PlacedRun
from parsers.tables.strips import Strip
from parsers.text.fold import to_label


def doubt_short_rows(
    strips: tuple[Strip, ...], placed: tuple[PlacedRun, ...], table: TableSpec
) -> tuple[PlacedRun, ...]:
    """The same rows; those are in doubt whose blank cells may be another column's."""
    short = {item.row for item in placed if _is_short(item, len(table.columns_of(item.row)))}
    if not short:
        return placed
    doubts = {
        row.id
        for block in table.blocks
        if any(row.id in short for row in block.rows) and not _has_full_row(block, placed)
        for row in block.rows
        if row.id in short and not _are_heads_printed(strips, block)
    }
    return tuple(msgspec.structs.replace(item, in_doubt=item.in_doubt or item.row in doubts) for item in placed)


def _filled(item: PlacedRun) -> int:
    return sum(not value.is_blank for value in item.run.values)


def _is_short(item: PlacedRun, width: int) -> bool:
    """Some of its cells are blank, and no grid shows which."""
    return 0 < _filled(item) < width and all(value.span is None for value in item.run.values)


def _has_full_row(block: BlockSpec, placed: tuple[PlacedRun, ...]) -> bool:
    own = [row.id for row in block.rows]
    return any(item.row in own and _filled(item) == len(block.columns) for item in placed)


def _are_heads_printed(strips: tuple[Strip, ...], block: BlockSpec) -> bool:
    """Is something of each head, however torn, printed before the rows?"""
    before = takewhile(lambda strip: not any(token.is_value for token in strip.tokens), strips)
    groups = [to_label(column.group) for column in block.columns if column.group]
    printed = "|".join(token.label for strip in before for token in strip.tokens if token.label not in groups)
    return all(any(piece in printed for piece in pieces) for pieces in _own_pieces(block))


@cache
def _own_pieces(block: BlockSpec) -> tuple[tuple[str, ...], ...]:
    """For each head the pairs of letters that no other head of the block has."""
    heads = [[_pairs(label) for label in (column.label, *column.variants)] for column in block.columns]
    every = [frozenset(pair for label in labels for pair in label) for labels in heads]
    others = [frozenset[str]().union(*every[:i], *every[i + 1 :]) for i in range(len(every))]
    return tuple(
        tuple(pair for label in labels for pair in label if pair not in other)
        for labels, other in zip(heads, others, strict=True)
    )


def _pairs(label: str) -> tuple[str, ...]:
    return tuple(a + b for a, b in pairwise(to_label(label)))
