"""Rows that were found by their label and whose numbers may be another row's, or half of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from parsers.tables.placed import PlacedRun
from parsers.tables.raised import is_nameless
from parsers.tables.runs import Run, adds_up
from parsers.tables.strips import Token

_TWO_LINES = re.compile(r"\d+\s*\n\s*\d+")
_COLUMN = re.compile(r"column (\d+)$")
_FROM_ZERO = re.compile(r"0\s*\n\s*\d")


def doubt_torn_rows(runs: tuple[Run, ...], placed: tuple[PlacedRun, ...]) -> tuple[PlacedRun, ...]:
    """The same rows; those are marked of whose numbers nobody can say which belongs where."""
    torn = {id(run) for run in (*_cut_by_page(runs, placed), *_slipped(runs))}
    return tuple(
        msgspec.structs.replace(
            item, in_doubt=id(item.run) in torn or _are_two_rows(item.run.values) or _runs_backwards(item.run)
        )
        for item in placed
    )


def _cut_by_page(runs: tuple[Run, ...], placed: tuple[PlacedRun, ...]) -> Iterator[Run]:
    """Numbers without a row beside a page break may be the other half of those across it."""
    found = {id(item.run) for item in placed}
    for one, other in pairwise(runs):
        if one.values and other.values and one.values[0].place.page != other.values[0].place.page:
            yield from (
                run for run, half in ((one, other), (other, one)) if is_nameless(half) and id(half) not in found
            )


def _slipped(runs: tuple[Run, ...]) -> Iterator[Run]:
    """Two numbers in one cell, and none in the cell above or below it: one of them has slipped."""
    for one, other in pairwise(runs):
        pairs = tuple(zip(one.values, other.values, strict=False))
        if any((_is_broken(a) and b.is_blank) or (_is_broken(b) and a.is_blank) for a, b in pairs):
            yield from (one, other)


def _are_two_rows(values: tuple[Token, ...]) -> bool:
    """A single long number may be broken over two lines, and no number begins with 0."""
    broken = [_is_broken(value) for value in values if not value.is_blank]
    return (len(broken) > 1 and all(broken) and not adds_up(values)) or any(
        _FROM_ZERO.match(value.text.strip()) for value in values
    )


def _is_broken(value: Token) -> bool:
    return _TWO_LINES.fullmatch(value.text.strip()) is not None


def _runs_backwards(run: Run) -> bool:
    """In a grid a row's cells stand one behind the other; where they do not, and heads do not say so, it was torn."""
    found = (_COLUMN.search(value.place.path or "") for value in run.values if not value.is_blank and not run.under)
    columns = [int(column.group(1)) for column in found if column]
    return any(right <= left for left, right in pairwise(columns))
