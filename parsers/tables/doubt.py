"""Rows that were found by their label and whose numbers may be another row's, or half of their own."""

from __future__ import annotations

import re
from itertools import pairwise

from parsers.tables.placed import PlacedRun
from parsers.tables.raised import is_nameless
from parsers.tables.runs import Run, adds_up
from parsers.tables.strips import Token

_TWO_LINES = re.compile(r"\d+\s*\n\s*\d+")
_FROM_ZERO = re.compile(r"0\s*\n\s*\d")


def doubt_torn_rows(runs: tuple[Run, ...], placed: tuple[PlacedRun, ...]) -> tuple[PlacedRun, ...]:
    """The same rows; those in doubt carry more values than they have columns, so nobody says which belongs where."""
    return doubt_joined_rows(doubt_cut_rows(runs, placed))


def doubt_cut_rows(runs: tuple[Run, ...], placed: tuple[PlacedRun, ...]) -> tuple[PlacedRun, ...]:
    """Numbers without a row beside a page break may be the other half of those across it: these are in doubt."""
    found = {id(item.run) for item in placed}
    torn: dict[int, Run] = {}
    for one, other in pairwise(runs):
        if one.values and other.values and one.values[0].place.page != other.values[0].place.page:
            torn |= {
                id(run): half
                for run, half in ((one, other), (other, one))
                if is_nameless(half) and id(half) not in found
            }
    return tuple(
        PlacedRun(row=item.row, run=_crowded(item.run, torn[id(item.run)]), label=item.label, fit=item.fit)
        if id(item.run) in torn
        else item
        for item in placed
    )


def doubt_joined_rows(placed: tuple[PlacedRun, ...]) -> tuple[PlacedRun, ...]:
    """Two numbers in every cell are two rows whose rule is missing."""
    return tuple(
        PlacedRun(row=item.row, run=_crowded(item.run, item.run), label=item.label, fit=item.fit)
        if _are_two_rows(item.run.values)
        else item
        for item in placed
    )


def _are_two_rows(values: tuple[Token, ...]) -> bool:
    """A single long number may be broken over two lines, and no number begins with 0."""
    broken = [bool(_TWO_LINES.fullmatch(value.text.strip())) for value in values if not value.is_blank]
    return (len(broken) > 1 and all(broken) and not adds_up(values)) or any(
        _FROM_ZERO.match(value.text.strip()) for value in values
    )


def _crowded(run: Run, half: Run) -> Run:
    """More values than the row has columns: nobody can say which belongs where."""
    return Run(labels=run.labels, values=(*run.values, *half.values))
