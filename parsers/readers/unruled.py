"""Tables without rules: where numbers stand under each other and some are missing, the gaps are blank cells.

A line of numbers in which none is missing tells its cells by itself and stays a line. Nothing is guessed: the columns
must show in the numbers, and one row at least must fill them all.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.document import Box
from parsers.readers.lines import TextLine
from parsers.readers.runs import GAP, Run

_NUMBER = re.compile(r"-?\d[\d,.]*")

LEAST_NUMBERS = 3
"""So many numbers at a line's end make it a row that shows columns."""

LEAST_ROWS = 3
"""So many rows make a table."""

NEXT_TO = 1.05
"""Share of the size by which a half of a label may stand above or below the numbers of its row."""


SAME_LEFT = 3.0
"""Points within which the lines of one label begin."""


class Word(NamedTuple):
    """Runs that touch: text and edges in points, and the runs themselves."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    runs: tuple[Run, ...] = ()

    @property
    def box(self) -> Box:
        """Its edges: left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


class Loose(NamedTuple):
    """A row of a table without rules: the words of its label, and for each column its number or None."""

    label: tuple[Word, ...]
    values: tuple[Word | None, ...]
    top: float
    bottom: float


class Band(NamedTuple):
    """Rows under each other: the lines `start` to `end` (exclusive), the edges of each column."""

    start: int
    end: int
    columns: tuple[tuple[float, float], ...]
    rows: tuple[Loose, ...]


class _Row(NamedTuple):
    """Lines `start` to `end` that are one row: the words before its numbers, and the numbers."""

    start: int
    end: int
    label: tuple[Word, ...]
    numbers: tuple[Word, ...]


def lines_to_bands(lines: list[TextLine]) -> list[Band]:
    """The tables without rules that have blank cells, from top to bottom."""
    if sum(len(line.runs) > 1 and line.runs[-1].text[-1].isdigit() for line in lines) < LEAST_ROWS:
        return []
    rows = _join_labels([_line_to_row(i, line) for i, line in enumerate(lines)], lines)
    return [band for group in _groups(rows) if (band := _rows_to_band(group)) is not None]


def _line_to_row(index: int, line: TextLine) -> _Row:
    words = runs_to_words(line.runs)
    first = len(words)
    while first and _NUMBER.fullmatch(words[first - 1].text):
        first -= 1
    return _Row(index, index + 1, tuple(words[:first]), tuple(words[first:]))


def runs_to_words(runs: tuple[Run, ...]) -> list[Word]:
    """Runs of a line, left to right, those that touch as one word."""
    words: list[Word] = []
    for run in runs:
        last = words[-1] if words else None
        if last is not None and run.left - last.right < GAP * run.size:
            text = last.text + run.text
            top, bottom = min(last.top, run.top), max(last.bottom, run.bottom)
            words[-1] = Word(text, last.left, top, run.right, bottom, (*last.runs, run))
        else:
            words.append(Word(run.text, run.left, run.top, run.right, run.bottom, (run,)))
    return words


def _join_labels(rows: list[_Row], lines: list[TextLine]) -> list[_Row]:
    """Numbers that stand between the two lines of their label, as one row with it."""
    joined: list[_Row] = []
    i = 0
    while i < len(rows):
        following = rows[i + 1] if i + 1 < len(rows) else None
        if following and following.numbers and not following.label and _is_half(rows[i], following, lines):
            label, end = rows[i].label, following.end
            if i + 2 < len(rows) and _is_half(rows[i + 2], following, lines):
                label, end = _joined(label, rows[i + 2].label), rows[i + 2].end
            joined.append(_Row(rows[i].start, end, label, following.numbers))
            i = end
        else:
            joined.append(rows[i])
            i += 1
    return joined


def _joined(upper: tuple[Word, ...], lower: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of both halves; a label that goes on under its beginning is one word."""
    first, second = upper[-1], lower[0]
    if abs(second.left - first.left) > SAME_LEFT or len(lower) > 1:
        return (*upper, *lower)
    text = first.text + second.text
    return (*upper[:-1], Word(text, first.left, first.top, max(first.right, second.right), second.bottom))


def _is_half(part: _Row, numbers: _Row, lines: list[TextLine]) -> bool:
    """Is this a piece of a label beside these numbers: left of them, and nearer than any other row could be?"""
    here, there = lines[part.start], lines[numbers.start]
    size = there.bottom - there.top
    is_near = abs(here.bottom - there.bottom) < NEXT_TO * size
    return bool(part.label) and not part.numbers and is_near and here.right <= numbers.numbers[0].left


def _groups(rows: list[_Row]) -> list[list[_Row]]:
    """Neighbouring rows of numbers, with the lines between them that reach into no column."""
    groups: list[list[_Row]] = []
    open_rows: list[_Row] = []
    for row in rows:
        if open_rows and (row.numbers or _right(row) <= _left_of_numbers(open_rows)):
            open_rows.append(row)
        elif len(row.numbers) >= LEAST_NUMBERS:
            groups.append(open_rows := [row])
        else:
            open_rows = []
    return groups


def _right(row: _Row) -> float:
    return max((word.right for word in row.label), default=0.0)


def _left_of_numbers(rows: list[_Row]) -> float:
    return min(row.numbers[0].left for row in rows if row.numbers)


def _rows_to_band(rows: list[_Row]) -> Band | None:
    while not rows[-1].numbers:
        rows.pop()
    columns = _columns([word for row in rows for word in row.numbers])
    counts = [len(row.numbers) for row in rows if row.numbers]
    is_table = len(counts) >= LEAST_ROWS and len(columns) >= LEAST_NUMBERS and max(counts) == len(columns)
    if not is_table or min(counts) == len(columns) or any(_right(row) > columns[0][0] for row in rows):
        return None
    loose = tuple(_to_loose(row, columns) for row in rows)
    return Band(rows[0].start, rows[-1].end, columns, loose)


def _columns(numbers: list[Word]) -> tuple[tuple[float, float], ...]:
    """Numbers of one column share some width, however they are aligned; those of two columns never do."""
    columns: list[tuple[float, float]] = []
    for word in sorted(numbers, key=lambda word: word.left):
        if columns and word.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], word.right))
        else:
            columns.append((word.left, word.right))
    return tuple(columns)


def _to_loose(row: _Row, columns: tuple[tuple[float, float], ...]) -> Loose:
    values = [next((word for word in row.numbers if left <= word.left < right), None) for left, right in columns]
    words = (*row.label, *row.numbers)
    return Loose(row.label, tuple(values), min(word.top for word in words), max(word.bottom for word in words))
