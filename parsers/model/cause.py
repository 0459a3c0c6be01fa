"""Where the mistake behind a broken sum most likely stands: a hint for people, never a value, never in a sum."""

from __future__ import annotations

from enum import StrEnum

from parsers.model.report import Number
from parsers.model.value import Value


class CauseKind(StrEnum):
    """What must have happened in the cells."""

    CELL = "cell"
    """One number is wrong."""
    DIGITS_SWAPPED = "digits_swapped"
    """Two digits of one number changed places."""
    COPIED = "copied"
    """One number is that of the cell beside it."""
    CELLS_SWAPPED = "cells_swapped"
    """Two numbers changed places."""
    MOVED = "moved"
    """Some cases were counted in the cell beside theirs."""
    SPLIT = "split"
    """The digits of one number stand in two cells."""
    SHIFTED = "shifted"
    """Numbers of one row or column stand one cell beside theirs."""
    LEFT_OUT = "left_out"
    """A row stays empty that should hold numbers."""
    TWO_CELLS = "two_cells"
    """Two numbers are wrong."""


class Change(Value):
    """One cell: `figure` is its id; filed is null where no number stands; suggested mends the sums."""

    figure: str
    filed: Number | None
    suggested: Number


class Explanation(Value):
    """Changes that together mend every identity in `mends` (`A03.requests.granted`) and break none."""

    kind: CauseKind
    changes: tuple[Change, ...]
    mends: tuple[str, ...]


class Cause(Value):
    """`stated` is the only explanation there is; where there are several they stand in `candidates`, best first."""

    stated: Explanation | None = None
    candidates: tuple[Explanation, ...] = ()
