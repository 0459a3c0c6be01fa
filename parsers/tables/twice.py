"""Rows that are printed twice with different numbers: nobody can say which of them is the one that was meant."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parsers.editions.spec import RowSpec, TableSpec
from parsers.tables.placed import PlacedRun
from parsers.tables.raised import is_nameless
from parsers.tables.runs import Run
from parsers.tables.strips import Token, join_tokens
from parsers.text.fold import SHORT_LABEL
from parsers.text.labels import Fit, fit, split_label

MOST_PIECES = 4
"""A label torn over lines is put together from at most so many pieces."""


def doubt_rows_twice(runs: tuple[Run, ...], placed: tuple[PlacedRun, ...], table: TableSpec) -> tuple[PlacedRun, ...]:
    """The same rows; those are in doubt that have other numbers elsewhere, or a second line of them."""
    found = {id(item.run) for item in placed}
    left = [run for run in runs if id(run) not in found and any(not value.is_blank for value in run.values)]
    if not left:
        return placed
    doubts = set(_with_another(left, placed, table)) | set(_with_more(runs, placed))
    return tuple(msgspec.structs.replace(item, in_doubt=item.in_doubt or item.row in doubts) for item in placed)


def _with_another(left: list[Run], placed: tuple[PlacedRun, ...], table: TableSpec) -> Iterator[str]:
    """Rows whose label stands before other numbers once more."""
    for run in left:
        ends = labels_to_ends(run.labels)
        for item in placed:
            if names_row(ends, table.row(item.row)) and not _is_same(run, item.run):
                yield item.row


def _with_more(runs: tuple[Run, ...], placed: tuple[PlacedRun, ...]) -> Iterator[str]:
    """Rows behind whose numbers stand others, in a line of cells or one after the other, that are no row's."""
    rows = {id(item.run): item.row for item in placed}
    last: str | None = None
    for run in runs:
        if id(run) in rows:
            last = rows[id(run)]
        elif last is not None and is_nameless(run) and run.surplus:
            yield last
        else:
            last = None


def _is_same(one: Run, other: Run) -> bool:
    return [v.label for v in one.values if not v.is_blank] == [v.label for v in other.values if not v.is_blank]


def labels_to_ends(labels: tuple[Token, ...]) -> tuple[Token, ...]:
    """The last of these labels, alone and put together with those before it."""
    ends = (join_tokens(labels[-pieces:]) for pieces in range(1, min(MOST_PIECES, len(labels)) + 1))
    return tuple(end for end in ends if end is not None)


def names_row(ends: tuple[Token, ...], row: RowSpec) -> bool:
    """Does one of these surely name this row?"""
    return any(is_surely(end, row) for end in ends)


def is_surely(label: Token, row: RowSpec) -> bool:
    """Is this label surely the row's? 其他 and 总计 are column heads too, unless their number stands before them."""
    grade = fit(label.label, row.label, row.variants)
    split = split_label(label.label)
    if len(split.words) < SHORT_LABEL and row.no and not split.number:
        return False
    return grade <= Fit.VARIANT or (grade <= Fit.NEAR and len(split.words) >= SHORT_LABEL)
