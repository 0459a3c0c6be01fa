"""Strips to runs: the labels that stand before some values, and these values, in reading order.

A run is what every layout has in common: in a ruled grid it is one row; one cell a line, it is a label line and the
lines of numbers after it.
"""

from __future__ import annotations

from parsers.model.value import Value
from parsers.tables.strips import Strip, Token
from parsers.text.numerals import Unit, is_value, raw_to_reading


class Run(Value):
    """Labels, then values. `gaps[i]` counts the empty lines before value i, `gaps[-1]` those after the last one."""

    labels: tuple[Token, ...]
    values: tuple[Token, ...]
    gaps: tuple[int, ...] = ()
    aligned: bool = False


def strips_to_runs(strips: tuple[Strip, ...], width: int) -> tuple[Run, ...]:
    """Every label and value of these strips, in order, gathered into runs; `width` is how many values a row has."""
    gatherer = _Gatherer(width)
    for strip in strips:
        gatherer.take(strip)
    return gatherer.finish()


class _Gatherer:
    """Collects labels until values come, and values until a label comes."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._labels: list[Token] = []
        self._values: list[Token] = []
        self._gaps: list[int] = []
        self._gap = 0
        self._runs: list[Run] = []

    def take(self, strip: Strip) -> None:
        if strip.is_gap:
            self._gap += 1
            return
        row = split_row(strip.tokens, self._width)
        if row is None:
            for token in strip.tokens:
                self._take_token(token)
        else:
            self._take_row(*row)
        self._gap = 0

    def finish(self) -> tuple[Run, ...]:
        self._close()
        return tuple(self._runs)

    def _take_row(self, labels: tuple[Token, ...], values: tuple[Token, ...]) -> None:
        for label in labels:
            if not label.is_blank:
                self._take_label(label)
        if self._values:
            self._close()
        self._runs.append(Run(labels=tuple(self._labels), values=values, aligned=True))
        self._labels.clear()

    def _take_token(self, token: Token) -> None:
        if token.is_blank or is_value(token.text):
            self._take_value(token)
        else:
            self._take_label(token)

    def _take_value(self, token: Token) -> None:
        if token.is_blank and not self._labels and not self._values:
            return
        if token.is_blank and sum(not v.is_blank for v in self._values) >= self._width:
            return
        self._values.append(token)
        self._gaps.append(self._gap)

    def _take_label(self, token: Token) -> None:
        if self._values:
            self._close()
        self._labels.append(token)

    def _close(self) -> None:
        if self._labels or self._values:
            self._runs += _whole_rows(tuple(self._labels), tuple(self._values), (*self._gaps, self._gap), self._width)
        self._labels.clear()
        self._values.clear()
        self._gaps.clear()


def _whole_rows(labels: tuple[Token, ...], values: tuple[Token, ...], gaps: tuple[int, ...], width: int) -> list[Run]:
    """One run; several when the values are exactly some whole rows, of which only the first has kept its label."""
    rows = [values[start : start + width] for start in range(0, len(values), width)]
    if len(values) <= width or len(values) % width or not all(_adds_up(row) for row in rows):
        return [Run(labels=labels, values=values, gaps=gaps)]
    return [Run(labels=labels if i == 0 else (), values=row, aligned=True) for i, row in enumerate(rows)]


def _adds_up(row: tuple[Token, ...]) -> bool:
    """Does its last value sum up the others? Only this tells rows from columns where a text has lost its lines."""
    numbers = [raw_to_reading(token.text, Unit.COUNT)[1] for token in row]
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and sum(known[:-1]) == known[-1]


def split_row(tokens: tuple[Token, ...], width: int) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """The labels and the `width` values of a strip that is a whole row, or None.

    Rows are shifted by stray tabs and merged cells, so the values are the last `width` cells, not fixed positions.
    """
    best: tuple[int, bool, int] | None = None
    end = len(tokens)
    while end >= width:
        values = tokens[end - width : end]
        score = sum(1 for v in values if not v.is_blank and is_value(v.text))
        others = sum(1 for v in values if not v.is_blank and not is_value(v.text))
        after_label = end > width and _is_label(tokens[end - width - 1])
        if others * 2 <= score and (score or after_label):
            best = max(best or (score, after_label, end), (score, after_label, end))
        if not tokens[end - 1].is_blank:
            break
        end -= 1
    if best is None:
        return None
    start = best[2] - width
    return tokens[:start], tokens[start : best[2]]


def _is_label(token: Token) -> bool:
    return not token.is_blank and not is_value(token.text)


def run_to_cells(run: Run, width: int, base_gap: int) -> tuple[Token | None, ...] | None:
    """The run's values on the row's columns; None stands for a cell that is blank by its distance alone.

    Returns None when the number of values fits no column count: then nothing can be said about which is which.
    """
    filled = tuple(v for v in run.values if not v.is_blank)
    if len(run.values) >= width and all(v.is_blank for v in run.values[width:]):
        return run.values[:width]
    if len(filled) == width:
        return filled
    leading = next((i for i, v in enumerate(run.values) if not v.is_blank), len(run.values))
    if leading and len(run.values) - leading == width:
        return run.values[leading:]
    return _by_distance(run, width, base_gap)


def _by_distance(run: Run, width: int, base_gap: int) -> tuple[Token | None, ...] | None:
    """One cell a line with blank cells as empty lines: the values stand where the extra distance puts them."""
    missing = width - len(run.values)
    if not run.values or missing <= 0 or len(run.gaps) != len(run.values) + 1:
        return None
    counts = _blanks_by_distance([max(gap - base_gap, 0) for gap in run.gaps], missing, base_gap)
    if counts is None:
        return None
    cells: list[Token | None] = []
    for value, blanks in zip((*run.values, None), counts, strict=True):
        cells += [None] * blanks
        if value is not None:
            cells.append(value)
    return tuple(cells)


def _blanks_by_distance(extra: list[int], missing: int, base_gap: int) -> list[int] | None:
    """How many blank cells stand before each value and after the last one, or None where the distances do not tell."""
    places = [i for i, more in enumerate(extra) if more]
    if len(places) == 1:
        return [missing if i == places[0] else 0 for i in range(len(extra))]
    # a blank cell takes one line, or one line and the distance to the next; after the last value the table may end
    for unit in (1, base_gap + 1):
        for known in (extra[:-1], extra):
            if sum(known) == missing * unit and all(more % unit == 0 for more in known):
                return [more // unit for more in known] + [0] * (len(extra) - len(known))
    return None


def base_gap(runs: tuple[Run, ...], width: int) -> int:
    """How many empty lines stand between neighbouring cells in this text: the commonest distance in whole rows."""
    gaps = sorted(gap for run in runs if len(run.values) == width and run.gaps for gap in run.gaps[1:-1])
    return gaps[len(gaps) // 2] if gaps else 1
