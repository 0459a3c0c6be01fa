"""Characters to runs: stretches printed side by side on one baseline. Numbers, words and whole lines are runs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import sub
from typing import NamedTuple

from parsers.readers.ink import Characters

GAP = 0.33
"""Share of a font's size from which on a gap between two characters parts words; justified Chinese stays below."""

NEAR = 1.0
"""Points: so little is never a gap. Nearly all neighbours are as near, and need no further look."""

OVERLAP = 0.6
"""Share of its advance by which a bracket or comma may take in its neighbour; more is printed over it."""

SAME_BASE = 0.25
"""Share of the size within which two baselines are one, so that a raised digit stays with its line."""


OTHER_SIZE = 0.1
"""Share of the size by which a character on another baseline is larger or smaller, and no part of the same stretch."""


class Run(NamedTuple):
    """Characters `start` to `end` (exclusive), printed in one stretch; edges, baseline and font size in points."""

    left: float
    base: float
    right: float
    size: float
    text: str
    start: int
    end: int

    @property
    def top(self) -> float:
        """Upper edge of the letters: ideographs reach about 0.86 of their size over the baseline."""
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of the letters."""
        return self.base + 0.2 * self.size


def pick(characters: Characters, keep: Sequence[float]) -> Characters:
    """Those of the characters whose mark is not zero."""
    return Characters(
        text=list(compress(characters.text, keep)),
        left=list(compress(characters.left, keep)),
        right=list(compress(characters.right, keep)),
        base=list(compress(characters.base, keep)),
        size=list(compress(characters.size, keep)),
    )


def characters_to_runs(characters: Characters) -> list[Run]:
    """The runs in the order of printing; blanks, and what has no extent, are left out."""
    if not characters.text:
        return []
    text: Sequence[str] = "".join(characters.text)
    if len(text) != len(characters.text):  # a ligature: one character of several letters
        text = characters.text
    starts = [0, *_breaks(characters)]
    size = characters.size
    return [
        run
        for start, end in zip(starts, [*starts[1:], len(size)], strict=True)
        if size[start] and (run := to_run(characters, text, start, end)) is not None
    ]


def _breaks(c: Characters) -> list[int]:
    """Where a new run begins: behind a gap, after a step back, or on another baseline."""
    neighbours = zip(map(sub, c.left[1:], c.right), map(sub, c.base[1:], c.base), c.size, strict=False)
    return [
        i
        for i, (gap, fall, size) in enumerate(neighbours, 1)
        if (fall or not size or not -NEAR < gap < NEAR)
        and (
            not size
            or gap >= GAP * size
            or gap <= -OVERLAP * (c.right[i - 1] - c.left[i - 1])
            or abs(fall) >= SAME_BASE * size
            or abs(c.size[i] - size) > OTHER_SIZE * size
        )
    ]


def to_run(c: Characters, letters: Sequence[str], start: int, end: int) -> Run | None:
    """Characters start to end as a run without the blanks around it; None where only blanks are."""
    text = letters[start:end] if isinstance(letters, str) else "".join(letters[start:end])
    bare = text.strip()
    if len(bare) != len(text):
        if not bare:
            return None
        while c.text[start].isspace():
            start += 1
        while c.text[end - 1].isspace():
            end -= 1
    return Run(c.left[start], c.base[start], c.right[end - 1], c.size[start], bare, start, end)
