"""Strips to runs: the labels that stand before some values, and these values, in reading order.

A run is what every layout has in common: in a ruled grid it is one row; one cell a line, it is a label line and the
lines of numbers after it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parsers.model.value import Value
from parsers.tables.grid_rows import GridRow
from parsers.tables.row_cells import Rows, are_ends_shown, split_row, strips_to_usual_starts
from parsers.tables.strips import Strip, Token
from parsers.text.numerals import Unit, raw_to_reading


class Run(Value):
    """Labels, then values. `gaps[i]` counts the empty lines before value i, `gaps[-1]` those after the last one.

    `aligned`: the layout shows that these are a row's cells; `apart`: its labels stand on lines of their own.
    `fits`: False where the grid shows that these values do not stand under the heads one by one.
    `under`: the grid shows that they do, in whatever order the heads are printed.
    `surplus`: it was cut off behind another run's values, of which only that one has a label.
    """

    labels: tuple[Token, ...]
    values: tuple[Token, ...]
    gaps: tuple[int, ...] = ()
    aligned: bool = False
    apart: bool = False
    fits: bool = True
    under: bool = False
    surplus: bool = False


def strips_to_runs(
    strips: tuple[Strip, ...], width: int, *, labelled: bool = True, known: Mapping[int, GridRow] | None = None
) -> tuple[Run, ...]:
    """Every label and value of these strips, in order, gathered into runs; `width` is how many values a row has.

    `known`: by the number of their strip, the rows that their table's own grid has cut.
    """
    usual, ends = strips_to_usual_starts(strips, width), are_ends_shown(strips, width)
    gatherer = _Gatherer(Rows(width=width, labelled=labelled, usual=usual, ends=ends))
    for number, strip in enumerate(strips):
        gatherer.take(strip, (known or {}).get(number))
    return gatherer.finish()


class _Gatherer:
    """Collects labels until values come, and values until a label comes."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._width = rows.width
        self._labels: list[Token] = []
        self._values: list[Token] = []
        self._gaps: list[int] = []
        self._gap = 0
        self._runs: list[Run] = []

    def take(self, strip: Strip, known: GridRow | None) -> None:
        if strip.is_gap:
            self._gap += 1
            return
        row = known or _to_row(split_row(strip, self._rows))
        if row is None:
            self._take_pieces(strip.tokens)
        else:
            self._take_row(row)
        self._gap = 0

    def finish(self) -> tuple[Run, ...]:
        self._close()
        return tuple(self._runs)

    def _take_row(self, row: GridRow) -> None:
        own = [label for label in row.labels if not label.is_blank]
        for label in own:
            self._take_label(label)
        if self._values:
            self._close()
        run = Run(labels=tuple(self._labels), values=row.values, aligned=True, apart=not own, fits=row.fits)
        self._runs.append(msgspec.structs.replace(run, under=row.under))
        self._labels.clear()

    def _take_pieces(self, tokens: tuple[Token, ...]) -> None:
        """Cells of a line that is no whole row. In one as long as a row blanks tell nothing: it has two readings."""
        for token in tokens:
            if len(tokens) <= self._width or not token.is_blank:
                self._take_token(token)
                self._gap = 0

    def _take_token(self, token: Token) -> None:
        if token.is_blank or token.is_value:
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


def _to_row(cut: tuple[tuple[Token, ...], tuple[Token, ...]] | None) -> GridRow | None:
    return None if cut is None else GridRow(labels=cut[0], values=cut[1])


def _whole_rows(labels: tuple[Token, ...], values: tuple[Token, ...], gaps: tuple[int, ...], width: int) -> list[Run]:
    """One run; several when the values are exactly some whole rows, of which only the first has kept its label."""
    rows = [values[start : start + width] for start in range(0, len(values), width)]
    if len(values) <= width or len(values) % width or not all(adds_up(row) for row in rows):
        return [Run(labels=labels, values=values, gaps=gaps)]
    return [Run(labels=() if i else labels, values=row, aligned=True, surplus=i > 0) for i, row in enumerate(rows)]


def adds_up(row: tuple[Token, ...]) -> bool:
    """Does its last value sum up the others? Only this tells rows from columns where a text has lost its lines."""
    numbers = [raw_to_reading(token.text, Unit.COUNT)[1] for token in row]
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and sum(known[:-1]) == known[-1]


def run_to_cells(run: Run, width: int, base: Distances) -> tuple[Token | None, ...] | None:
    """The run's values on the row's columns; None stands for a cell that is blank by its distance alone.

    Returns None when the number of values fits no column count: then nothing can be said about which is which.
    """
    if not run.fits:
        return None
    filled = tuple(v for v in run.values if not v.is_blank)
    if len(run.values) >= width and all(v.is_blank for v in run.values[width:]):
        return run.values[:width]
    if len(filled) == width:
        return filled
    leading = next((i for i, v in enumerate(run.values) if not v.is_blank), len(run.values))
    if leading and len(run.values) - leading == width:
        return run.values[leading:]
    return _by_distance(run, width, base)


def _by_distance(run: Run, width: int, base: Distances) -> tuple[Token | None, ...] | None:
    """One cell a line with blank cells as empty lines: the values stand where the extra distance puts them."""
    missing = width - len(run.values)
    if not run.values or missing <= 0 or len(run.gaps) != len(run.values) + 1 or not _is_one_a_line(run.values):
        return None
    usual = (base.before, *(base.between,) * (len(run.values) - 1), base.after)
    extra = [max(gap - own, 0) for gap, own in zip(run.gaps, usual, strict=True)]
    counts = _blanks_by_distance(extra, missing, base, is_end=not run.gaps[-1])
    if counts is None or (counts[-1] and not base.is_after_known):
        return None
    cells: list[Token | None] = []
    for value, blanks in zip((*run.values, None), counts, strict=True):
        cells += [None] * blanks
        if value is not None:
            cells.append(value)
    return tuple(cells)


def _is_one_a_line(values: tuple[Token, ...]) -> bool:
    lines = [value.place.line for value in values]
    return None not in lines and len(set(lines)) == len(lines)


def _blanks_by_distance(extra: list[int], missing: int, base: Distances, *, is_end: bool) -> list[int] | None:
    """How many blank cells stand before each value and after the last one, or None where the distances do not tell.

    Only an exact account counts: a value that was lost leaves no more distance than any other line. Where little is
    known of the lines behind the last value, as many blank cells as they have room for may stand there; `is_end`: the
    text ends with it, and blank cells there leave no line.
    """
    accounts: list[list[int]] = []
    # a blank cell takes one line, or one line and the distance to the next
    for unit in (1, base.between + 1):
        counts, odd = zip(*(divmod(more, unit) for more in extra), strict=True)
        rest = missing - sum(counts[:-1])
        is_exact = counts[-1] == rest and not odd[-1]
        is_room = not base.is_after_known and (is_end or counts[-1] >= rest)
        account = [*counts[:-1], rest]
        if rest >= 0 and not any(odd[:-1]) and (rest == 0 or is_exact or is_room) and account not in accounts:
            accounts.append(account)
    return accounts[0] if len(accounts) == 1 else None


class Distances(Value):
    """Empty lines in a text's whole rows: before the first value, between neighbours, after the last value.

    `is_after_known`: the last of them tells of blank cells; not where no row is whole, nor at the end of the table.
    """

    before: int = 1
    between: int = 1
    after: int = 1
    is_after_known: bool = True


def runs_to_distances(runs: tuple[Run, ...], width: int) -> Distances:
    """The commonest distances in whole rows; one line each where the text has none."""
    whole = [run.gaps for run in runs if len(run.values) == width and len(run.gaps) == width + 1]
    if not whole:
        return Distances(is_after_known=False)
    return Distances(
        before=_middle([gaps[0] for gaps in whole]),
        between=_middle([gap for gaps in whole for gap in gaps[1:-1]] or [1]),
        after=_middle([gaps[-1] for gaps in whole]),
    )


def _middle(numbers: list[int]) -> int:
    return sorted(numbers)[len(numbers) // 2]


def doubt_outside_heads(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs; those whose values do not stand under their heads in a grid do not fit."""
    return tuple(run if run.under else msgspec.structs.replace(run, fits=False) for run in runs)
