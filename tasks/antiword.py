"""antiword's DocBook as text: a paragraph is a line, a row of a table is `| a | b |`.

Its output is as regular as it is poor: tags stand on lines of their own, merged cells are not told, and a table of
more columns than it can hold comes as one line. Such a line is cut into rows only where all rows come out alike.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[A-Za-z]+(?:\s[^<>]*)?/?>")
_HEAD = re.compile(r".*?<chapter>", re.DOTALL)
MIN_CELLS = 5
"""A line with so many bars is a table that antiword could not hold."""


def docbook_to_text(docbook: str) -> str:
    """The text of a document as antiword writes it with `-x db`."""
    lines: list[str] = []
    cells: list[str] = []
    words: list[str] = []
    for line in _HEAD.sub("", docbook, count=1).split("\n"):
        tag = line.strip()
        if not _TAG.fullmatch(tag):
            words.append(_plain(line))
        elif tag == "</entry>":
            cells.append(" ".join(_taken(words)))
        elif tag == "</row>":
            lines.append(f"| {' | '.join(cells)} |")
            cells = []
        elif tag == "</para>":
            lines += [row for word in _taken(words) for row in _flat_to_rows(word)]
    return "\n".join([*lines, *_taken(words)]) + "\n"


def text_to_cell_ends(text: str) -> int:
    """How many cells and rows such a text has, counted as a .doc counts their ends."""
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    return sum(row.count(" | ") + 2 for row in rows)


def _plain(line: str) -> str:
    """Emphasis inside a line is no text."""
    return html.unescape(_TAG.sub("", line)).strip()


def _taken(words: list[str]) -> list[str]:
    """The words gathered so far, which are thereby used up."""
    taken = [word for word in words if word]
    words.clear()
    return taken


def _flat_to_rows(line: str) -> list[str]:
    """`a |b | |1 |2 | |text` as two rows and the text after them; any other line as it is."""
    if line.count("|") < MIN_CELLS:
        return [line]
    rows = [[cell.strip() for cell in row.split("|")] for row in re.split(r"\s\|\s\|", line)]
    *whole, last = rows
    if len({len(row) for row in whole}) != 1 or not all(cell for row in whole for cell in row):
        return [line]
    return [f"| {' | '.join(row)} |" for row in whole] + ["|".join(last)]
