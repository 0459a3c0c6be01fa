"""OFD's numbers: boxes, matrices, steps between characters, paths (GB/T 33190-2016, 7.2, 8.5, 9.1, 11.3)."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple, TypeAlias

POINTS = 72 / 25.4
"""Points in a millimetre."""

MOST_NUMBER = 1e6
"""Millimetres; what lies beyond a kilometre is no place on a page."""

Point: TypeAlias = tuple[float, float]


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, x: float, y: float) -> Point:
        """The point where this one lands."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        """First this one, then the outer one."""
        e, f = outer.apply(self.e, self.f)
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            e,
            f,
        )

    @property
    def is_upright(self) -> bool:
        """Does text under it run to the right, standing up? A slant of a few degrees is still upright."""
        return self.a > 0 and self.d > 0 and abs(self.b) <= LEANING * self.a

    @property
    def scale(self) -> Point:
        """How much wider and how much higher things become."""
        return math.hypot(self.a, self.b), math.hypot(self.c, self.d)


LEANING = 0.05
"""Share by which a line of upright text may rise or fall: some three degrees."""


class Subpath(NamedTuple):
    """A piece of a path in one stroke: its corners, and whether it has curves."""

    points: list[Point]
    is_curved: bool


def to_number(text: str | None, otherwise: float) -> float:
    """A number within the bounds of any page, or what stands for it."""
    try:
        number = float(text or "")
    except ValueError:
        return otherwise
    return number if abs(number) <= MOST_NUMBER else otherwise


def to_numbers(text: str | None) -> list[float]:
    """Numbers with blanks between them."""
    return [to_number(word, 0.0) for word in (text or "").split()]


def to_box(text: str | None) -> tuple[float, float, float, float] | None:
    """x, y, width, height in millimetres; None for anything else."""
    numbers = to_numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == len(("x", "y", "w", "h")) else None


def to_matrix(text: str | None) -> Matrix:
    """A CTM; what is none changes nothing."""
    numbers = to_numbers(text)
    return Matrix(*numbers) if len(numbers) == len(Matrix()) else Matrix()


def to_steps(text: str | None, most: int) -> list[float]:
    """DeltaX or DeltaY, at most so many: `3.5 g 10 3.5` is one step and ten more. What is no step ends them."""
    words = (text or "").split()
    steps: list[float] = []
    i = 0
    while i < len(words) and len(steps) < most:
        if words[i] == "g" and i + 2 < len(words):
            times = int(to_number(words[i + 1], 0))
            steps += [to_number(words[i + 2], 0.0)] * max(min(times, most - len(steps)), 0)
            i += 3
        else:
            step = to_number(words[i], math.nan)
            if math.isnan(step):
                break
            steps.append(step)
            i += 1
    return steps


def advance(letter: str) -> float:
    """Share of its size by which a letter is wide where nothing tells it: ideographs fill their square."""
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5


_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NUMBERS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Numbers behind each letter of a path (table 35); C closes it."""


def to_subpaths(text: str, most: int) -> list[Subpath]:
    """The strokes of AbbreviatedData; letters beyond the first `most` are left out."""
    found: list[Subpath] = []
    points: list[Point] = []
    is_curved = False
    words = [match.group() for match in _TOKEN.finditer(text)]
    i = drawn = 0
    while i < len(words) and drawn < most:
        letter, count = words[i], _NUMBERS.get(words[i], 0)
        numbers = [to_number(word, 0.0) for word in words[i + 1 : i + 1 + count]]
        i, drawn = i + 1 + count, drawn + 1
        if len(numbers) < count:
            break
        if letter in "MS":
            found += [Subpath(points, is_curved)] if len(points) > 1 else []
            points, is_curved = [], False
        if letter == "C" and points:
            points.append(points[0])
        elif count:
            points.append((numbers[-2], numbers[-1]))
            is_curved = is_curved or letter in "QBA"
    return [*found, Subpath(points, is_curved)] if len(points) > 1 else found
