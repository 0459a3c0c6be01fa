"""Runs to lines: what stands on one height, left to right, with a space where a gap parts words."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from parsers.readers.levels import runs_to_levels
from parsers.readers.runs import GAP, Run

SAME_LINE = 0.5
"""Share of the size within which runs stand on one line."""

SAME_PLACE = 0.3
"""Share of the size within which the same letters printed twice are one, made bold by printing them again."""

COVERED = 0.5
"""Share of the narrower run's width from which on two runs lie over each other."""

UPRIGHT_PIECES = 3
"""From so many single letters at one x on, they are one text written downwards or on its side."""


class TextLine(NamedTuple):
    """One line: its runs left to right, its text, its edges."""

    runs: tuple[Run, ...]
    text: str
    left: float
    top: float
    right: float
    bottom: float
    is_overprinted: bool


def runs_to_lines(runs: list[Run]) -> list[TextLine]:
    """Lines from top to bottom."""
    lines: list[list[Run]] = []
    base = 0.0
    for run in sorted(runs, key=_by_base):
        if lines and run.base - base <= SAME_LINE * min(run.size, lines[-1][-1].size):
            lines[-1].append(run)
        else:
            lines.append([run])
            base = run.base
    return [_runs_to_line(line) for line in lines]


def _by_base(run: Run) -> tuple[float, float]:
    return run.base, run.left


def _runs_to_line(runs: list[Run]) -> TextLine:
    if len(runs) == 1:
        run = runs[0]
        return TextLine((run,), run.text, run.left, run.top, run.right, run.bottom, is_overprinted=False)
    kept, is_overprinted = _once_each(sorted(runs_to_levels(runs)))
    text = "".join([kept[0].text, *(_apart(a, b) + b.text for a, b in itertools.pairwise(kept))])
    left, right = min(run.left for run in kept), max(run.right for run in kept)
    top, bottom = min(run.top for run in kept), max(run.bottom for run in kept)
    return TextLine(tuple(kept), text, left, top, right, bottom, is_overprinted)


def _apart(before: Run, after: Run) -> str:
    return " " if after.left - before.right >= GAP * min(before.size, after.size) else ""


def _once_each(runs: list[Run]) -> tuple[list[Run], bool]:
    """The runs without second prints of the same letters, and whether different letters lie over each other."""
    kept = [runs[0]]
    is_overprinted = False
    for run in runs[1:]:
        before = kept[-1]
        if run.text == before.text and run.left - before.left <= SAME_PLACE * run.size:
            continue
        narrower = min(run.right - run.left, before.right - before.left)
        is_overprinted = is_overprinted or before.right - run.left > COVERED * narrower
        kept.append(run)
    return kept, is_overprinted


def runs_to_text(runs: list[Run]) -> tuple[str, bool]:
    """The text of one cell, a line break between its lines, and whether something in it is printed over another."""
    if len(runs) == 1:
        return runs[0].text, False
    if _is_upright(runs):
        return "".join(run.text for run in runs), False
    lines = runs_to_lines(runs_to_levels(runs))
    return "\n".join([line.text for line in lines]), any(line.is_overprinted for line in lines)


def _is_upright(runs: list[Run]) -> bool:
    """Letters under each other in the order of printing: written downwards, or turned on their side."""
    if len(runs) < UPRIGHT_PIECES or any(len(run.text) > 1 for run in runs):
        return False
    pairs = list(itertools.pairwise(runs))
    under = sum(
        abs(b.left - a.left) <= SAME_PLACE * a.size and abs(b.base - a.base) > SAME_PLACE * a.size for a, b in pairs
    )
    return under * 2 > len(pairs)
