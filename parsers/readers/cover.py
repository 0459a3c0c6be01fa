"""What lies in a cell or over a number and is no text: rules through digits, pictures, drawings, letters left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from parsers.model.document import Box
from parsers.readers.ink import Across, Down, Ink
from parsers.readers.looks import may_be_figure
from parsers.readers.runs import Run

STRUCK_FROM, STRUCK_TO = 0.12, 0.6
"""Shares of its size over a number's baseline between which a rule goes through its digits."""

STRUCK_LEAST = 0.3
"""Share of its size for which a rule must lie over a number: half a digit."""

INSIDE = 3.0
"""Points from a cell's borders on which a rule is none of them."""

OVER = 1.5
"""Points by which a picture must reach into a cell to be in it."""

_DIGIT = re.compile(r"\d")


class Cover:
    """One page's rules, pictures and drawings, asked about cells and runs. Most pages have rules alone."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._is_bare = not (ink.pictures or ink.drawn or ink.unread or ink.over)
        self._split: list[Box] = []

    @cached_property
    def _across(self) -> list[Across]:
        return sorted(self._ink.across)

    @cached_property
    def _down(self) -> list[Down]:
        return sorted(self._ink.down)

    def struck(self, runs: list[Run]) -> list[Run]:
        """The runs with digits through which a rule goes. Runs of one height are looked up once."""
        heights = sorted({y for y, _, _ in self._ink.across})
        crossed: dict[tuple[float, float], list[Across]] = {}
        for base, size in sorted({(run.base, run.size) for run in runs}) if heights else ():
            low, high = base - STRUCK_TO * size, base - STRUCK_FROM * size
            nearest = bisect_left(heights, low)
            if nearest < len(heights) and heights[nearest] < high:
                crossed[base, size] = self._across[
                    bisect_left(self._across, (low,)) : bisect_left(self._across, (high,))
                ]
        if not crossed:
            return []
        struck = [r for r in runs if (r.base, r.size) in crossed and _is_struck(r, crossed[r.base, r.size])]
        self._split += [half for run in struck for half in _halves(run, crossed[run.base, run.size])]
        return struck

    def is_in_doubt(self, box: Box, text: str, runs: list[Run]) -> bool:
        """Is there anything in this cell that may say a number, or a part of the one that is its text?"""
        if text:
            return not self._is_bare and may_be_figure(text) and self._is_overlaid(box, runs)
        is_split = bool(self._split) and any(_holds(box, half) for half in self._split)
        return is_split or self._has_rule(box) or (not self._is_bare and self._is_covered(box))

    def _is_overlaid(self, box: Box, runs: list[Run]) -> bool:
        """Does anything stand beside the text in this cell, or an annotation lie on it, or where a digit more would?"""
        if any(_holds(box, drawn) for drawn in self._all_drawn()):
            return True
        near = _near(runs) if self._ink.over else box
        return any(_reaches_into(box, over) and _reaches_into(near, over) for over in self._ink.over)

    def _all_drawn(self) -> list[Box]:
        return [*self._ink.drawn, *self._ink.pictures]

    def _is_covered(self, box: Box) -> bool:
        return any(_holds(box, drawn) for drawn in (*self._ink.drawn, *self._ink.unread)) or any(
            _reaches_into(box, picture) for picture in self._ink.pictures
        )

    def _has_rule(self, box: Box) -> bool:
        """Is there a stroke inside, as of a dash or of a digit that is drawn?"""
        left, top, right, bottom = box
        across, down = self._across, self._down
        rows = across[bisect_left(across, (top + INSIDE,)) : bisect_left(across, (bottom - INSIDE,))]
        columns = down[bisect_left(down, (left + INSIDE,)) : bisect_left(down, (right - INSIDE,))]
        return any(left < begin and end < right for _, begin, end in rows) or any(
            top < begin and end < bottom for _, begin, end in columns
        )


def _halves(run: Run, rules: list[Across]) -> list[Box]:
    """Both sides of the rules through a number: one as wide as the cell would else make a blank cell of its half."""
    middle = (run.left + run.right) / 2
    heights = [y for y, left, right in rules if left < middle < right]
    return [(middle, y + at - OVER, middle, y + at + OVER) for y in heights for at in (-INSIDE, INSIDE)]


def _is_struck(run: Run, rules: list[Across]) -> bool:
    least = min(STRUCK_LEAST * run.size, run.right - run.left)
    return _DIGIT.search(run.text) is not None and any(
        min(right, run.right) - max(left, run.left) >= least for _, left, right in rules
    )


def _holds(box: Box, drawn: Box) -> bool:
    """Does it lie in this cell, give or take what its strokes are wide?"""
    left, top, right, bottom = drawn
    return (
        box[0] - OVER <= left and right <= box[2] + OVER and box[1] - OVER <= top and bottom <= box[3] + OVER
    ) and max(right - left, bottom - top) > OVER


def _near(runs: list[Run]) -> Box:
    """Around this text, by a letter on either side: what lies farther off is a remark, such as a reviewer's number."""
    wide = max(run.size for run in runs)
    left, right = min(run.left for run in runs) - wide, max(run.right for run in runs) + wide
    return left, min(run.top for run in runs), right, max(run.bottom for run in runs)


def _reaches_into(box: Box, picture: Box) -> bool:
    return (
        min(picture[2], box[2]) - max(picture[0], box[0]) > OVER
        and min(picture[3], box[3]) - max(picture[1], box[1]) > OVER
    )
