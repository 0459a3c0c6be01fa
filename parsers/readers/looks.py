"""Text that looks otherwise than what it stands beside: raised, lowered, struck out, white on white paper.

One meaning for every format. A raised or lowered digit is a note's mark or an exponent and keeps its form, so that it
never becomes a digit of the number beside it. What is struck out or not seen is not read. A cell of which digits were
left out, or in which something stands that is no text, is a doubt (`Cell.doubt`): never a number, and never blank.
"""

from __future__ import annotations

import re

_LEVEL = "0123456789+-=()０１２３４５６７８９＋－＝（）"
_RAISED = str.maketrans(_LEVEL, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾" * 2)
_LOWERED = str.maketrans(_LEVEL, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎" * 2)

NEARLY_WHITE = 250
"""From this share of red, green and blue (of 255) on a colour does not show on white paper."""

_HEX = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})", re.IGNORECASE)


def to_raised(text: str) -> str:
    """The same text, its digits and signs as they stand above the line: 3 → ³."""
    return text.translate(_RAISED)


def to_lowered(text: str) -> str:
    """The same text, its digits and signs as they stand below the line: 3 → ₃."""
    return text.translate(_LOWERED)


def is_white(colour: str) -> bool:
    """Is this colour, RRGGBB or AARRGGBB, one that does not show on white paper?"""
    parts = _HEX.fullmatch(colour)
    return parts is not None and min(int(part, 16) for part in parts.groups()) >= NEARLY_WHITE


_WORDS = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"[0-9０-９]")

MOST_FIGURE = 40
"""Characters; what is longer in a cell is its label or a sentence."""


def may_be_figure(text: str) -> bool:
    """Could this stand in the place of a number: digits in it, or nothing that is a word?"""
    return len(text) <= MOST_FIGURE and (_DIGITS.search(text) is not None or _WORDS.search(text) is None)
