"""Table 3 by its two kinds of labels, whichever way it is turned.

A value belongs to the group and the result that stand above it in its column or beside it in its row. Printed are one
row of fifteen, three rows of five, three tables, or the results as rows.
"""

from __future__ import annotations

from parsers.editions.spec import TableSpec
from parsers.model.value import Value
from parsers.tables.grid_rows import strips_to_frames
from parsers.tables.strips import Span, Strip, Token
from parsers.text.labels import Fit, fit


class _Sign(Value):
    """A label seen in the grid: of a group or of a result, where, and down to which row it reaches beside."""

    is_group: bool
    id: str
    span: Span
    row: int


def strips_to_crossings(strips: tuple[Strip, ...], table: TableSpec) -> tuple[Token, ...]:
    """The cells of the table group by group; empty unless the labels give exactly one cell for each."""
    finder = _Finder(table)
    frames = strips_to_frames(strips)
    for strip in strips:
        if strip.grid in frames and not frames[strip.grid].is_even(strip) and strip.ruled:
            return ()
        finder.take(strip)
    wanted = [(row.id, column.id) for row in table.rows for column in table.blocks[0].columns]
    if finder.is_contradicted or any(cell not in finder.cells for cell in wanted):
        return ()
    return tuple(finder.cells[cell] for cell in wanted)


def strips_to_one_row(strips: tuple[Strip, ...], table: TableSpec) -> tuple[Token, ...]:
    """The cells of a grid whose labels do not tell, by their number alone; empty where that does not tell either."""
    frames = strips_to_frames(strips)
    labels = [(row.id, row.label, row.variants) for row in table.rows]
    width = len(table.rows) * len(table.blocks[0].columns)
    filled: list[Token] = []
    whole: list[tuple[Token, ...]] = []
    for strip in strips:
        if strip.grid is None or not any(token.is_value for token in strip.tokens):
            continue
        tokens = tuple(token for token in strip.tokens if _named(token, labels) is None)
        frame = frames.get(strip.grid)
        if frame and not frame.is_even(strip):
            return ()
        if frame and len(frame.without_spacers(tokens)) == width:
            whole.append(tokens[:width])
        filled += [token for token in tokens if token.is_value]
    if whole:
        return whole[0] if len(whole) == 1 else ()
    return tuple(filled) if len(filled) == width else ()


def is_stacked(strips: tuple[Strip, ...], table: TableSpec) -> bool:
    """Does a result stand beside its value? Then the values in the order of the text are in no known order."""
    labels = [column.label for column in table.blocks[0].columns]
    for strip in strips:
        named = [fit(t.label, label, ()) <= Fit.VARIANT for t in strip.tokens for label in labels]
        if strip.ruled and any(named) and any(token.is_value for token in strip.tokens):
            return True
    return False


class _Finder:
    """Signs so far, and the cells they give."""

    def __init__(self, table: TableSpec) -> None:
        self._groups = [(row.id, row.label, row.variants) for row in table.rows]
        self._results = [(c.id, c.label, c.variants) for c in table.blocks[0].columns]
        self._grid: str | None = None
        self._signs: list[_Sign] = []
        self._group: str | None = None
        self.cells: dict[tuple[str, str], Token] = {}
        self.is_contradicted = False

    def take(self, strip: Strip) -> None:
        """One strip: its labels become signs, its values cells."""
        if strip.grid is None:
            self._take_line(strip)
            return
        if strip.grid != self._grid:
            self._grid, self._signs = strip.grid, []
        for token in strip.tokens:
            sign = self._to_sign(token, strip)
            if sign is not None:
                self._signs.append(sign)
            elif token.is_blank or token.is_value:
                self._take_cell(token, strip)

    def _take_line(self, strip: Strip) -> None:
        """A group's name on a line of its own stands over the table that follows."""
        for token in strip.tokens:
            self._group = _named(token, self._groups) or self._group

    def _to_sign(self, token: Token, strip: Strip) -> _Sign | None:
        if token.span is None or token.is_blank:
            return None
        group, result = _named(token, self._groups), _named(token, self._results)
        name = group or result
        return _Sign(is_group=group is not None, id=name, span=token.span, row=strip.row) if name else None

    def _take_cell(self, token: Token, strip: Strip) -> None:
        result = self._sign_for(token, strip, is_group=False)
        group = self._sign_for(token, strip, is_group=True) or self._group
        if result is None or group is None:
            self.is_contradicted = self.is_contradicted or not token.is_blank
            return
        before = self.cells.get((group, result))
        if before is None or before.is_blank:
            self.cells[group, result] = token
        elif not token.is_blank:
            self.is_contradicted = True

    def _sign_for(self, token: Token, strip: Strip, *, is_group: bool) -> str | None:
        """The one sign beside the cell, else the nearest one above it; several at once contradict each other."""
        span = token.span
        signs = [sign for sign in self._signs if sign.is_group == is_group]
        if span is None or not signs:
            return None
        beside = [s for s in signs if s.row <= strip.row < s.row + s.span.rows and s.span.end <= span.column]
        above = [s for s in signs if s.row < strip.row and s.span.overlaps(span)]
        nearest = [s for s in above if s.row == max(other.row for other in above)]
        found = beside[-1:] or nearest
        if len({sign.id for sign in found}) > 1 and not token.is_blank:
            self.is_contradicted = True
        return found[0].id if found else None


def _named(token: Token, labels: list[tuple[str, str, tuple[str, ...]]]) -> str | None:
    return next((name for name, label, variants in labels if fit(token.label, label, variants) <= Fit.VARIANT), None)
