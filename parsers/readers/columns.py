"""Prose in two columns: lines that a gutter parts, one under the other, are read down the left and then the right."""

from __future__ import annotations

from bisect import bisect
from itertools import groupby, pairwise
from typing import NamedTuple

from parsers.readers.lines import TextLine, runs_to_lines

LEAST_LINES = 6
"""So many lines with both sides make columns; fewer may be anything set side by side."""

LEAST_LETTERS = 8
"""A side of prose has as many letters at least; cells of a table have fewer."""

LEAST_SHARE = 0.7
"""Share of the lines whose both sides are prose."""

GUTTER = 0.9
"""Share of the size that columns stand apart at least."""


class _Part(NamedTuple):
    """A line as far as columns go: where its widest gap begins and ends; for a line of one side both are None."""

    line: TextLine
    gap: tuple[float, float] | None


class Placed(NamedTuple):
    """A line with its place in the order of reading: its own corner, or for columns their top and a count."""

    top: float
    left: float
    line: TextLine


def lines_to_reading_order(lines: list[TextLine], tables: list[float]) -> list[Placed]:
    """The lines, those of two columns taken apart: first the left one, then the right one.

    `tables` are the upper edges of the page's tables: columns end there.
    """
    if sum(len(line.runs) > 1 for line in lines) < LEAST_LINES:
        return [Placed(line.top, line.left, line) for line in lines]
    ordered: list[Placed] = []
    cuts = sorted(tables)
    for _, group in groupby(lines, key=lambda line: bisect(cuts, line.top)):
        for block, gutter in _blocks([_Part(line, _widest_gap(line)) for line in group]):
            if gutter is None:
                ordered += [Placed(part.line.top, part.line.left, part.line) for part in block]
            else:
                top = min(part.line.top for part in block)
                ordered += [Placed(top, i, line) for i, line in enumerate(_taken_apart(block, gutter))]
    return ordered


def _widest_gap(line: TextLine) -> tuple[float, float] | None:
    gaps = [(a.right, b.left) for a, b in pairwise(line.runs) if b.left - a.right > GUTTER * b.size]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _blocks(parts: list[_Part]) -> list[tuple[list[_Part], float | None]]:
    """Neighbouring lines that one gutter parts, with its middle; None where it is none."""
    blocks: list[tuple[list[_Part], float | None]] = []
    block: list[_Part] = []
    low, high = 0.0, 0.0
    for part in parts:
        begin, end = part.gap or (low, high)
        size = part.line.bottom - part.line.top
        fits = bool(block) and min(high, end) - max(low, begin) > GUTTER * size / 2 and not _crosses(part, low, high)
        if not fits and block:
            blocks.append((block, _gutter(block, (low + high) / 2)))
            block = []
        low, high = (max(low, begin), min(high, end)) if fits else (begin, end) if part.gap else (0.0, 0.0)
        block.append(part)
    return [*blocks, (block, _gutter(block, (low + high) / 2))] if block else blocks


def _crosses(part: _Part, low: float, high: float) -> bool:
    """Does a line of one side reach over the gutter?"""
    return part.gap is None and part.line.left < (low + high) / 2 < part.line.right


def _gutter(block: list[_Part], middle: float) -> float | None:
    both = [part for part in block if part.gap]
    prose = [part for part in both if min(map(len, _sides(part.line, middle))) >= LEAST_LETTERS]
    return middle if len(both) >= LEAST_LINES and len(prose) >= LEAST_SHARE * len(both) else None


def _sides(line: TextLine, middle: float) -> tuple[str, str]:
    """The letters left and right of the gutter, numbers left out."""
    left = "".join(run.text for run in line.runs if run.right <= middle)
    right = "".join(run.text for run in line.runs if run.left >= middle)
    return left.strip("0123456789., "), right.strip("0123456789., ")


def _taken_apart(block: list[_Part], middle: float) -> list[TextLine]:
    runs = [run for part in block for run in part.line.runs]
    left, right = [run for run in runs if run.right <= middle], [run for run in runs if run.right > middle]
    return [*runs_to_lines(left), *runs_to_lines(right)]
