"""Digits that stand above or below the line of the number beside them: the mark of a note, never more of its digits."""

from __future__ import annotations

import re

from parsers.readers.looks import to_lowered, to_raised
from parsers.readers.runs import Run

SMALLER = 0.85
"""Share of the number's size up to which a run beside it is the smaller one, as marks of notes are."""

OFF_LINE = 0.08
"""Share of the number's size by which a smaller run at least stands above or below its line."""

OFF_LINE_AS_LARGE = 0.2
"""The same for a run as large as the number itself."""

FARTHEST = 0.95
"""Beyond that it stands on a line of its own."""

BESIDE = 0.6
"""Share of the size that may lie between a number and its mark."""

MOST_RUNS = 60
"""Runs of a cell that are compared; the cell of a figure has one or two."""

_DIGIT = re.compile(r"\d")


def runs_to_levels(runs: list[Run]) -> list[Run]:
    """The same runs; a mark beside a number is on the number's line, and its digits are raised or lowered ones."""
    bases, sizes = [run.base for run in runs], [run.size for run in runs]
    is_even = max(bases) - min(bases) <= OFF_LINE * min(sizes)
    if is_even or len(runs) > MOST_RUNS or sum(_DIGIT.search(run.text) is not None for run in runs) < len("12"):
        return runs
    kept = sorted(runs)
    for i, j in (*((i, i + 1) for i in range(len(kept) - 1)), *((i + 1, i) for i in range(len(kept) - 1))):
        kept[j] = _beside(kept[i], kept[j])
    return kept


def _beside(number: Run, mark: Run) -> Run:
    """The mark as it stands by this number; itself where it is no mark of it."""
    rise = (number.base - mark.base) / (number.size or 1)
    is_smaller = mark.size <= SMALLER * number.size
    is_off = (OFF_LINE if is_smaller else OFF_LINE_AS_LARGE) <= abs(rise) <= FARTHEST
    is_as_large = is_smaller or (mark.size <= number.size / SMALLER and mark.left >= number.left)
    gap = max(mark.left - number.right, number.left - mark.right)
    if not (is_off and is_as_large and -BESIDE * mark.size < gap < BESIDE * number.size):
        return mark
    if _DIGIT.search(number.text) is None or _DIGIT.search(mark.text) is None:
        return mark
    return mark._replace(text=(to_raised if rise > 0 else to_lowered)(mark.text), base=number.base)
