"""What is printed on one page, before any meaning: characters and rules, in points from the top left corner.

Every paged format (PDF, OFD, scans) hands its pages over in this form; `layout.ink_to_blocks` makes lines and tables
of them. Parallel lists, because a report has thousands of characters and a Python object each would cost more than
reading the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from parsers.model.document import Box

Across: TypeAlias = tuple[float, float, float]
"""A horizontal rule: y, left x, right x."""

Down: TypeAlias = tuple[float, float, float]
"""A vertical rule: x, upper y, lower y."""


@dataclass(slots=True)
class Characters:
    """One entry a printed character, in the order in which the producer printed them (it tells words apart).

    `left` and `right` are the character's origin and its origin plus its advance; `base` is the y of its baseline (for
    scans the lower edge of its box); `size` the height of its font. Blanks may be left out: distance tells them.
    """

    text: list[str] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    base: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Ink:
    """One page as it is seen: number from 1, size in points, characters and rules.

    A rule is a stroke, or a filled shape under `THIN` points thick; of a stroked rectangle give its four sides. What
    is not axis-parallel is no rule. `areas` are filled rectangles that are thicker: where a page has no table of rules,
    their edges are the borders. What is seen and is no text: `pictures` are the places of images, `drawn` those of
    curves, slants and other figures; `unread` are those of letters left out; `over` lies on the text and may hide it.
    `turn` says by how many quarter turns clockwise the coordinates must be turned back to be the page's: pages whose
    whole text lies on its side are handed over upright (see `layout.turn_box`).
    """

    page: int
    width: float
    height: float
    characters: Characters = field(default_factory=Characters)
    across: list[Across] = field(default_factory=list)
    down: list[Down] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    drawn: list[Box] = field(default_factory=list)
    unread: list[Box] = field(default_factory=list)
    over: list[Box] = field(default_factory=list)
    turn: int = 0


THIN = 3.0
"""Points: a filled shape thinner than this is a rule, a thicker one is an area."""
