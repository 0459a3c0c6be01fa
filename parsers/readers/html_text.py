"""The text of a page as browsers show it: white space of the source is not printed as it stands."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[ \t\n\r\f]+")
_SOURCE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line end of the source between two Chinese characters is no space (CSS Text 3, 4.1.2)."""

SHOWN = 30
"""So many characters of a text that was not read are quoted."""


def to_spaces(text: str) -> str:
    """White space of the source as browsers show it: one space, none between Chinese characters."""
    if "\n" in text or "\r" in text:
        text = _SOURCE_END.sub("", text)
    elif "  " not in text and "\t" not in text:
        return text
    return _SPACE.sub(" ", text)


def to_line(text: str) -> str:
    """The one text of a cell or paragraph; empty where nothing is printed."""
    if text.isalnum():
        return text
    text = to_spaces(text).strip(" \r\n")
    return "" if text.isspace() else text


def to_short(text: str) -> str:
    """The beginning of a text, to be quoted in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
