"""Fonts of a spreadsheet's cells and of runs inside them: raised, struck or white (ECMA-376 part 1, 18.8.22)."""

from __future__ import annotations

import re

from lxml import etree

from parsers.model.value import Value
from parsers.readers.looks import is_white, to_lowered, to_raised

_LEVELS = {"superscript": 1, "subscript": -1}
_OFF = frozenset({"0", "false"})
_WHITE_INDEXES = ("1", "9")
"""Of the old palette (18.8.27)."""

_WHITE_THEME = "0"
"""The first colour of every theme is the paper's, unless the theme is a dark one."""

_DIGIT = re.compile(r"\d")


class Face(Value):
    """How a font shows text. `level`: 1 raised, -1 lowered."""

    level: int = 0
    struck: bool = False
    white: bool = False

    def is_odd(self, *, on_ground: bool) -> bool:
        """Does it make text other than what stands in other cells?"""
        return bool(self.level) or self.struck or (self.white and not on_ground)


PLAIN = Face()
"""Most text."""


def element_to_face(font: etree._Element | None) -> Face:
    """What a font, or the properties of a run, say."""
    if font is None:
        return PLAIN
    align, strike, colour = (font.find(f"{{*}}{name}") for name in ("vertAlign", "strike", "color"))
    return Face(
        level=0 if align is None else _LEVELS.get(align.get("val", ""), 0),
        struck=strike is not None and strike.get("val") not in _OFF,
        white=colour is not None and _is_white(colour),
    )


def _is_white(colour: etree._Element) -> bool:
    is_theme = colour.get("theme") == _WHITE_THEME and colour.get("tint", "0").strip("0.") == ""
    return is_theme or colour.get("indexed") in _WHITE_INDEXES or is_white(colour.get("rgb", ""))


def is_filled(fill: etree._Element) -> bool:
    """Does this fill colour the paper so that white text shows?"""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return len(fill) > 0
    ground = pattern.find("{*}fgColor")
    return pattern.get("patternType", "none") != "none" and not (ground is not None and _is_white(ground))


def runs_to_text(runs: list[tuple[str, Face]]) -> tuple[str, bool]:
    """The text without what is struck, raised digits as such, and whether digits were left out or may not be seen.

    Where all of it is struck it is what the file keeps, in doubt.
    """
    doubt = any((face.struck or face.white) and has_digit(text) for text, face in runs)
    shown = "".join(_at_level(text, face.level) for text, face in runs if not face.struck)
    return shown or "".join(text for text, _ in runs), doubt


def _at_level(text: str, level: int) -> str:
    return text if not level else to_raised(text) if level > 0 else to_lowered(text)


def has_digit(text: str) -> bool:
    """Is there a digit in it?"""
    return _DIGIT.search(text) is not None
