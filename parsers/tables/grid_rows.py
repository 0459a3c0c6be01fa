"""Rows of a table whose grid is known: a value belongs to the column under whose head it stands.

Where the grid does not say so for every value of a row, the row is in doubt: nothing is guessed from its length.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from parsers.editions.spec import TableSpec
from parsers.model.value import Value
from parsers.tables.strips import Span, Strip, Token
from parsers.text.labels import Fit, fit

MIN_LABEL = 2
"""Characters from which on a cell can be a row's label."""


class GridRow(Value):
    """One row cut: labels, then values. `fits`: each value stands under one head, or there are as many as heads.

    `under`: each value stands under its head, so that the order of the heads does not matter.
    """

    labels: tuple[Token, ...]
    values: tuple[Token, ...]
    fits: bool = True
    under: bool = False


class Frame(Value):
    """A table's grid as its rows have it: where most of them end, and the columns in which anything is printed."""

    end: int
    printed: frozenset[int]

    def is_even(self, strip: Strip) -> bool:
        """Does this row end where the others do? One that ends early by a cell with a number has only lost a spacer."""
        end = strip_to_end(strip)
        return end == self.end or (end < self.end and not strip.tokens[-1].is_blank)

    def without_spacers(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """The cells without blank ones at the end that stand in columns where nothing is printed."""
        kept = len(tokens)
        while kept and tokens[kept - 1].is_blank and not self._is_printed(tokens[kept - 1]):
            kept -= 1
        return tokens[:kept]

    def _is_printed(self, token: Token) -> bool:
        return token.span is None or token.span.column in self.printed


def strip_to_end(strip: Strip) -> int:
    """The column behind a row's last cell."""
    return max((token.span.end for token in strip.tokens if token.span is not None), default=0)


def strips_to_frames(strips: tuple[Strip, ...]) -> dict[str, Frame]:
    """Each grid's frame by the grid's name."""
    by_grid: dict[str, list[Strip]] = {}
    for strip in strips:
        if strip.grid is not None and strip.ruled:
            by_grid.setdefault(strip.grid, []).append(strip)
    return {grid: _to_frame(rows) for grid, rows in by_grid.items()}


def _to_frame(rows: list[Strip]) -> Frame:
    ends = Counter(strip_to_end(row) for row in rows)
    filled = [t.span.column for row in rows for t in row.tokens if t.span is not None and not t.is_blank]
    return Frame(end=max(ends, key=lambda end: (ends[end], end)), printed=frozenset(filled))


def strips_to_grid_rows(strips: tuple[Strip, ...], table: TableSpec) -> dict[int, GridRow]:
    """By the number of its strip, every row that its grid cuts. Others are left to what their cells look like."""
    rows: dict[int, GridRow] = {}
    heads = _Heads(table)
    frames = strips_to_frames(strips)
    for number, strip in enumerate(strips):
        if strip.grid is None:
            continue
        frame = frames.get(strip.grid)
        heads.take(strip, frame)
        if frame is not None and strip.ruled and not heads.is_head(strip):
            row = _strip_to_row(strip, heads, frame, table)
            if row is not None:
                rows[number] = row
    return rows


class _Heads:
    """The columns under the heads printed last in the table at hand; none until all heads of a block are there."""

    def __init__(self, table: TableSpec) -> None:
        self._blocks = table.blocks
        self._found: list[tuple[str, Span]] = []
        self._grid: str | None = None
        self._is_open = False
        self.spans: tuple[Span, ...] = ()
        self.is_shifted = False
        """Does a row of heads reach beyond the other rows? Then a cell too many stands before or among them."""

    def is_head(self, strip: Strip) -> bool:
        """Does this strip print heads and nothing that is a row's?"""
        return bool(self._heads_in(strip)) and not any(token.is_value for token in strip.tokens)

    def take(self, strip: Strip, frame: Frame | None) -> None:
        """Heads may stand in several strips, one below the other; the next ones after a row replace them."""
        if strip.grid != self._grid:
            self._grid, self._found, self.spans = strip.grid, [], ()
        if not self.is_head(strip):
            self._is_open = False
            return
        if not self._is_open:
            self._found, self._is_open, self.is_shifted = [], True, False
        self.is_shifted = self.is_shifted or (frame is not None and strip_to_end(strip) > frame.end)
        self._found += self._heads_in(strip)
        self.spans = self._to_spans()

    def _heads_in(self, strip: Strip) -> list[tuple[str, Span]]:
        columns = [column for block in self._blocks for column in block.columns]
        return [
            (column.label, token.span)
            for token in strip.tokens
            if token.span is not None and len(token.label) >= MIN_LABEL
            for column in columns
            if fit(token.label, column.label, column.variants) <= Fit.NEAR
        ]

    def _to_spans(self) -> tuple[Span, ...]:
        """The spans of the first block whose heads are all found, each once and from left to right."""
        for block in self._blocks:
            spans = [span for column in block.columns for label, span in self._found if label == column.label]
            distinct = [span for i, span in enumerate(spans) if span not in spans[:i]]
            along = sorted(distinct, key=lambda span: span.column)
            apart = all(a.end <= b.column for a, b in pairwise(along))
            if len(distinct) == len(block.columns) and apart:
                return tuple(distinct)
        return ()


def _strip_to_row(strip: Strip, found: _Heads, frame: Frame, table: TableSpec) -> GridRow | None:
    """The row cut behind its label; None where that is not for the grid to say."""
    heads = found.spans
    end = _end_of_labels(strip, table) or _before_heads(strip, heads)
    labels, rest = strip.tokens[:end], strip.tokens[end:]
    width = len(heads) or (len(table.blocks[0].columns) if len(table.blocks) == 1 else 0)
    if not (end or heads) or not width or all(token.is_blank for token in rest):
        return None
    is_under = heads and frame.is_even(strip) and not found.is_shifted
    values = _under_heads(rest, heads) if is_under else None
    in_order = all(a.column < b.column for a, b in pairwise(heads))
    numbered = _by_number(_countable(strip, rest, frame), rest, heads, width) if end and in_order else None
    fits = (values or numbered) is not None and (values is None or numbered is None or values == numbered)
    return GridRow(labels=labels, values=values or numbered or rest, fits=fits, under=values is not None)


def _countable(strip: Strip, rest: tuple[Token, ...], frame: Frame) -> tuple[tuple[Token, ...], ...]:
    """The ways to count a row's cells: in an even one without spacers, or the filled ones; a shifted one as it is."""
    if frame.is_even(strip):
        return (frame.without_spacers(rest), tuple(token for token in rest if not token.is_blank))
    return (rest,) if strip_to_end(strip) > frame.end else ()


def _by_number(
    ways: tuple[tuple[Token, ...], ...], rest: tuple[Token, ...], heads: tuple[Span, ...], width: int
) -> tuple[Token, ...] | None:
    """As many cells as columns: then their order tells which is which, unless one of them reaches over two heads."""
    if any(sum(t.span.contains(head) for head in heads) > 1 for t in rest if t.span and not t.is_blank):
        return None
    return next((cells for cells in ways if len(cells) == width), None)


def _end_of_labels(strip: Strip, table: TableSpec) -> int:
    """Behind the last cell that names a row; in a row whose label is damaged, before the first value."""
    named = [i for i, token in enumerate(strip.tokens) if _names_row(token, table)]
    if named:
        return named[-1] + 1
    words = [not token.is_blank and not token.is_value for token in strip.tokens]
    return next((i for i, is_word in enumerate(words) if not is_word), len(words))


def _before_heads(strip: Strip, heads: tuple[Span, ...]) -> int:
    """Behind the last words that stand wholly left of every head: the rest of a label that began on another page."""
    if not heads:
        return 0
    left = [token.span is not None and token.span.end <= min(head.column for head in heads) for token in strip.tokens]
    words = [i for i, token in enumerate(strip.tokens) if left[i] and not token.is_blank and not token.is_value]
    return words[-1] + 1 if words else 0


def _names_row(token: Token, table: TableSpec) -> bool:
    return len(token.label) >= MIN_LABEL and any(
        fit(token.label, row.label, row.variants) is not Fit.NONE for row in table.rows
    )


def _under_heads(rest: tuple[Token, ...], heads: tuple[Span, ...]) -> tuple[Token, ...] | None:
    """The one value under each head. Blank cells beside it, and beyond the heads, are the layout's own."""
    values: list[Token] = []
    for token in rest:
        hit = [head for head in heads if token.span is not None and token.span.overlaps(head)]
        if len(hit) > 1 or (not hit and not token.is_blank):
            return None
    for head in heads:
        under = [token for token in rest if token.span is not None and token.span.overlaps(head)]
        filled = [token for token in under if not token.is_blank]
        if not under or len(filled) > 1:
            return None
        values.append((filled or under)[0])
    return tuple(values)
