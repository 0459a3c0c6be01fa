"""Characters to runs: stretches printed side by side on one baseline. Numbers, words and whole lines are runs."""

from __future__ import annotations

from itertools import compress
from typing import NamedTuple

from parsers.readers.ink import Characters

GAP = 0.33
"""Share of a font's size from which on a gap between two characters parts words; justified Chinese stays below."""

OVERLAP = 0.6
"""Share of the size by which a bracket or comma may be pulled into its neighbour; more is printed over it."""

SAME_BASE = 0.25
"""Share of the size within which two baselines are one, so that a raised digit stays with its line."""


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


def without_blanks(characters: Characters) -> Characters:
    """The characters without those that have no extent or are blank at a run's end: the library's own spaces."""
    keep = [right > left and size > 0 for left, right, size in zip(*_extents(characters), strict=True)]
    return characters if all(keep) else pick(characters, keep)


def _extents(characters: Characters) -> tuple[list[float], list[float], list[float]]:
    return characters.left, characters.right, characters.size


def pick(characters: Characters, keep: list[bool]) -> Characters:
    """Those of the characters whose mark is set."""
    return Characters(
        text=list(compress(characters.text, keep)),
        left=list(compress(characters.left, keep)),
        right=list(compress(characters.right, keep)),
        base=list(compress(characters.base, keep)),
        size=list(compress(characters.size, keep)),
    )


def characters_to_runs(characters: Characters) -> list[Run]:
    """The runs in the order of printing; blank ones are left out."""
    if not characters.text:
        return []
    starts = [0, *_breaks(characters)]
    return [
        run
        for start, end in zip(starts, [*starts[1:], len(characters.text)], strict=True)
        if (run := to_run(characters, start, end)) is not None
    ]


def _breaks(c: Characters) -> list[int]:
    """Where a new run begins: behind a gap, after a step back, or on another baseline."""
    neighbours = zip(c.right, c.left[1:], c.base, c.base[1:], c.size, strict=False)
    return [
        i
        for i, (right, left, base, following, size) in enumerate(neighbours, 1)
        if not (-OVERLAP * size < left - right < GAP * size and -SAME_BASE * size < following - base < SAME_BASE * size)
    ]


def to_run(c: Characters, start: int, end: int) -> Run | None:
    """Characters start to end as a run without the blanks around it; None where only blanks are."""
    text = "".join(c.text[start:end])
    bare = text.lstrip()
    start += len(text) - len(bare)
    bare = bare.rstrip()
    if not bare:
        return None
    end = start + len(bare)
    return Run(c.left[start], c.base[start], c.right[end - 1], c.size[start], bare, start, end)
