"""Plain text: each line as it stands, empty ones too, since their number tells where blank cells are."""

from __future__ import annotations

import re

from parsers.model.document import Document, Line, Place, Problem
from parsers.model.source import Source
from parsers.readers.decoding import REPLACEMENT, decode, text_to_damage

_LINE_END = re.compile(r"\r\n|\r|\n|\f|\v|\u2028|\u2029|\x85")

MOST_LINES = 50_000
"""One number a line, a report has some hundreds; with everything around it, some thousands."""


def read(data: bytes, source: Source) -> Document:
    """One Line a line of text, numbered from 1. A text that is too long is cut, and says so."""
    text = decode(data) or ""
    lines = _LINE_END.split(text)
    first = next((n for n, line in enumerate(lines, 1) if REPLACEMENT in line), 1)
    problems = text_to_damage(text, Place(line=first))
    if len(lines) > MOST_LINES:
        problems += (Problem(code="LIMIT_LINES", message=f"文本超过 {MOST_LINES} 行，其后没有读取"),)
    blocks = tuple(Line(text=line, place=Place(line=n)) for n, line in enumerate(lines[:MOST_LINES], 1))
    return Document(source=source, pages=(), blocks=blocks, problems=problems)
