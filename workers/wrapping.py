"""Chinese lines on a terminal: each two cells wide, broken as print does (no stop at the start of a line)."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.text import Text

INDENT = 2
_UNBROKEN = re.compile(r"[（“《〔‘]*(?:[!-~]+|.)[。，、；：！？）”》〕’]*", re.DOTALL)
"""What stays together: opening marks with what they open, a run of letters or digits, closing marks."""


def text_to_lines(text: Text, width: int) -> Text:
    """The same text with line ends where it must break to stay within `width` cells; its styles are kept."""
    ends: list[int] = []
    used = 0
    for piece in _UNBROKEN.finditer(text.plain):
        size = cell_len(piece.group())
        if used and used + size > width:
            ends.append(piece.start())
            used = 0
        used += size
    lines = text.divide(ends)
    for line in lines:
        line.rstrip()
    return Text("\n").join(lines)


def indented(text: Text, width: int, *, sign: Text | None = None) -> Text:
    """The text as a block two cells in; with a sign, the lines below it stand under the text."""
    head = Text(" " * INDENT) if sign is None else Text.assemble(" " * INDENT, sign, " ")
    lines = text_to_lines(text, max(width - cell_len(head.plain), INDENT)).split("\n")
    return Text("\n").join([head + lines[0], *(Text(" " * cell_len(head.plain)) + line for line in lines[1:])])
