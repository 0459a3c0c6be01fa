"""Rows whose numbers are printed above or below their label, or between its halves: there a label names no numbers.

Labels and numbers are taken apart; the order of the form then decides, where as many rows lie between two whole rows
as there are lines of numbers, and nothing is said where it does not.
"""

from __future__ import annotations

from parsers.editions.spec import TableSpec
from parsers.tables.runs import Run
from parsers.tables.strips import Token
from parsers.text.labels import Fit, fit


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


def _is_whole(run: Run) -> bool:
    """A row with its label and its numbers on one line."""
    return run.aligned and bool(run.labels) and not run.apart and not _is_empty(run)


def _part(block: list[Run], following: Run | None, table: TableSpec) -> list[Run]:
    """Between two whole rows: is there a line of numbers without label, and a label without numbers?"""
    if not any(run.aligned and not run.labels and not _is_empty(run) for run in block):
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


def _is_empty(run: Run) -> bool:
    return all(value.is_blank for value in run.values)
