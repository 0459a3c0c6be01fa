"""Rows whose numbers are printed above or below their label, or between its halves: there a label names no numbers.

Labels and numbers are taken apart; the order of the form then decides, where as many rows lie between two whole rows
as there are lines of numbers, and nothing is said where it does not.
"""

from __future__ import annotations

import re

import msgspec

from parsers.editions.spec import TableSpec
from parsers.tables.runs import Run
from parsers.tables.strips import Token
from parsers.text.fold import to_label
from parsers.text.labels import Fit, fit

LONG_HEAD = 6
"""A head from this length on is known by its beginning: the note on the columns' sums goes on behind it."""


def part_raised_rows(runs: tuple[Run, ...], table: TableSpec) -> tuple[Run, ...]:
    """The same labels and values; where numbers may belong to the label before or behind them, as runs of their own."""
    parted: list[Run] = []
    block: list[Run] = []
    for run in runs:
        if _is_whole(run):
            parted += [*_part(block, run, table), run]
            block = []
        else:
            block.append(run)
    return (*parted, *_part(block, None, table))


def groups_first(runs: tuple[Run, ...], table: TableSpec) -> tuple[Run, ...]:
    """The same runs; a group's label beside the numbers of a row whose own label begins above them stands before it.

    Without rules the label of a group is printed at the middle of its rows, or of those that a page has room for.
    """
    return tuple(_group_first(run, table) for run in runs)


def _group_first(run: Run, table: TableSpec) -> Run:
    if not run.values or len(run.labels) < 2:  # noqa: PLR2004 - the group's label and the row's
        return run
    *before, own, last = run.labels
    group = next((g.id for g in table.groups if fit(last.label, g.label, ()) <= Fit.NEAR), None)
    rows = [row for row in table.rows if group is not None and row.group == group]
    if not any(fit(own.label, row.label, row.variants) <= Fit.CUT for row in rows):
        return run
    return msgspec.structs.replace(run, labels=(*before, last, own))


def without_heads(runs: tuple[Run, ...], table: TableSpec) -> tuple[Run, ...]:
    """The same runs; heads and groups that stand on lines above a row's numbers are not that row's label."""
    columns = [column for block in table.blocks for column in block.columns]
    names = [*(c.label for c in columns), *(c.group for c in columns if c.group), *table.anchors]
    heads = tuple(dict.fromkeys(to_label(name) for name in names))
    groups = tuple(to_label(group.label) for group in table.groups)
    return tuple(piece for run in runs for piece in _without_heads(run, heads, groups))


def _without_heads(run: Run, heads: tuple[str, ...], groups: tuple[str, ...]) -> tuple[Run, ...]:
    if not (run.aligned and run.apart):
        return (run,)
    labels = tuple(token for token in run.labels if not _is_made_of(token.label, heads))
    rest = msgspec.structs.replace(run, labels=labels)
    if not labels or any(token.label not in groups for token in labels):
        return (rest,)
    return Run(labels=labels, values=()), msgspec.structs.replace(rest, labels=())


def _is_made_of(label: str, heads: tuple[str, ...]) -> bool:
    """One head, several on one line, or a long one with more behind it, as the note on the columns' sums has."""
    several = "|".join(re.escape(head) for head in heads)
    long = tuple(head for head in heads if len(head) >= LONG_HEAD)
    return re.fullmatch(f"(?:{several})+", label) is not None or label.strip("()").startswith(long)


def _is_whole(run: Run) -> bool:
    """A row with its label and its numbers on one line."""
    return run.aligned and bool(run.labels) and not run.apart and not _is_empty(run)


def _part(block: list[Run], following: Run | None, table: TableSpec) -> list[Run]:
    """Between two whole rows: is there a line of numbers without label, and a label without numbers?"""
    if not any(is_nameless(run) for run in block):
        return block
    bare = [run.labels for run in block if _is_empty(run)] + ([following.labels[:-1]] if following else [])
    if not any(_name_a_row(labels, table) for labels in bare):
        return block
    return [piece for run in block for piece in _apart(run)]


def _name_a_row(labels: tuple[Token, ...], table: TableSpec) -> bool:
    return any(fit(token.label, row.label, row.variants) <= Fit.NEAR for token in labels for row in table.rows)


def _apart(run: Run) -> tuple[Run, ...]:
    if not run.aligned or not run.labels:
        return (run,)
    labels = Run(labels=run.labels, values=())
    return (labels,) if _is_empty(run) else (labels, Run(labels=(), values=run.values, aligned=True))


def is_nameless(run: Run) -> bool:
    """A row's cells with numbers and without a label; the numbers of the columns (1, 2, 3 …) are no row."""
    return run.aligned and not run.labels and not _is_empty(run) and not are_column_numbers(run.values)


def are_column_numbers(values: tuple[Token, ...]) -> bool:
    """1, 2, 3 … under the heads: a row's last value would be the sum of the others."""
    return len(values) > 1 and all(value.label == str(number) for number, value in enumerate(values, 1))


def _is_empty(run: Run) -> bool:
    return all(value.is_blank for value in run.values)
