"""Strips of one table's region to its figures, with their evidence, and what was left over."""

from __future__ import annotations

import re

import msgspec

from parsers.editions.spec import TableSpec
from parsers.model.document import Place, Problem
from parsers.model.report import Figure, Printed, Reading, Status, Trace
from parsers.model.value import Value
from parsers.tables.grid_rows import strips_to_grid_rows
from parsers.tables.heads import are_heads_in_another_order, is_one_row, tokens_to_heads
from parsers.tables.oddities import strips_to_oddities
from parsers.tables.one_row import place_in_one_row
from parsers.tables.placed import PlacedRun, Placement, row_at
from parsers.tables.placing import is_head, runs_to_bare_rows, runs_to_rows
from parsers.tables.runs import (
    Distances,
    Run,
    doubt_outside_heads,
    run_to_cells,
    runs_to_distances,
    strips_to_runs,
)
from parsers.tables.short_rows import doubt_short_rows
from parsers.tables.strips import Strip, Token
from parsers.tables.units import OtherUnit, figure_in_unit, tokens_to_other_unit
from parsers.text.fold import to_label
from parsers.text.labels import split_label
from parsers.text.numerals import Unit, has_note_mark, raw_to_reading

GLUED_SHARE = 5
"""A text glues digits where at least one row in so many has at most half its cell borders."""

_GLUED = re.compile(r"[-+减增−]?[\d无零/][\d.,无零/+减增−-]*")

_LEADING_ZERO = re.compile(r"0\d")

UNBOUNDED = 102
"""More values than any row has."""

FLOWING = ("html", "mhtml")
"""Readers that know where a number ends: here a break inside it was not made by a narrow column."""

_APART = re.compile(r"\d\s+\d(?!\d\d(?!\d))|\d\n\s*\d")
"""Two numbers in one cell; 1 234 is one in groups of three."""

RowFigures = dict[str, dict[str, Figure]]


class GluedRow(Value):
    """Rows whose values are printed as fewer pieces than they have cells, but with digits enough for all of them.

    `is_loose`: the last digit may be the number of the label that follows.
    """

    rows: tuple[str, ...]
    values: tuple[Token, ...]
    is_loose: bool = False


class TableReading(Value):
    """One statutory table as read; the figures of its glued rows are unreadable until they are split.

    `is_surely_glued`: these rows show by themselves that the text has lost borders, and no cell.
    """

    rows: RowFigures
    trace: Trace
    glued: tuple[GluedRow, ...] = ()
    is_surely_glued: bool = False
    unplaced: tuple[Token, ...] = ()
    problems: tuple[Problem, ...] = ()


def region_to_table(strips: tuple[Strip, ...], table: TableSpec, reader: str, fallback: Place) -> TableReading:
    """Every figure of this table; `fallback` is where an absent figure is said to be missing."""
    tokens = tuple(token for strip in strips for token in strip.tokens if not token.is_blank)
    head, typos = tokens_to_heads(tokens, table)
    begin = next((token.place for token in tokens if is_head(token, table)), None)
    if is_one_row(table):
        placement, problems = place_in_one_row(strips, table)
    else:
        placement, problems = _place_by_rows(strips, table)
    begin = begin or _first_place(placement)
    place = begin or fallback
    rows = {row.id: _row_to_figures(row.id, table, placement, reader, place) for row in table.rows}
    rows = {row_id: figures for row_id, figures in rows.items() if figures}
    other = tokens_to_other_unit(tokens, table)
    if other is not None:
        rows = _in_other_unit(rows, other)
        typos = (*typos, other.printed) if other.printed else typos
    oddities = strips_to_oddities(strips, table)
    trace = Trace(place=begin, head=head, printed=(*typos, *placement.printed), oddities=oddities)
    glued, is_surely_glued = placement_to_glued(placement, table)
    return TableReading(
        rows=rows,
        trace=trace,
        glued=glued,
        unplaced=_without(placement.unplaced, typos),
        is_surely_glued=is_surely_glued,
        problems=problems,
    )


def _in_other_unit(rows: RowFigures, other: OtherUnit) -> RowFigures:
    return {
        row: {
            column: figure_in_unit(figure, other) if column == other.column else figure
            for column, figure in figures.items()
        }
        for row, figures in rows.items()
    }


def placement_to_glued(placement: Placement, table: TableSpec) -> tuple[tuple[GluedRow, ...], bool]:
    """The rows whose digits may run together, and whether so many do that it is the text's way and no lost cell."""
    runs: dict[int, list[PlacedRun]] = {}
    for item in placement.placed:
        runs.setdefault(id(item.run), []).append(item)
    found = [
        (
            GluedRow(
                rows=tuple(item.row for item in items), values=values, is_loose=_is_loose(items[-1], placement, table)
            ),
            width,
        )
        for items in runs.values()
        if (values := _printed(items[0].run))
        and len(values) < (width := sum(len(table.columns_of(item.row)) for item in items))
        and sum(len(token.label) for token in values) >= width
        and all(_may_be_glued(token) for token in values)
    ]
    surely = sum(_is_surely_glued(row.values, width) for row, width in found)
    return tuple(row for row, _ in found), surely * GLUED_SHARE >= len(runs) and bool(found)


def _may_be_glued(token: Token) -> bool:
    """Digits whose borders may be lost. A cell of a grid has its own: blank cells beside it are blank."""
    is_noted = has_note_mark(token.text)
    return token.span is None and not is_noted and _GLUED.fullmatch(token.label) is not None


def _is_surely_glued(values: tuple[Token, ...], width: int) -> bool:
    """Half of the borders are gone, or a 0 leads digits, which no number does."""
    return len(values) * 2 <= width or any(_LEADING_ZERO.match(token.label) for token in values)


def _printed(run: Run) -> tuple[Token, ...]:
    return tuple(token for token in run.values if not token.is_blank)


def _is_loose(item: PlacedRun, placement: Placement, table: TableSpec) -> bool:
    """Has the next label lost its number's mark, and is the last digit here that number?"""
    end = item.run.values[-1]
    here = (end.place.line or 0, end.place.column or 0)
    later = [p for p in placement.placed if p.label and (p.label.place.line or 0, p.label.place.column or 0) > here]
    following = min(
        later, key=lambda p: (p.label.place.line or 0, p.label.place.column or 0) if p.label else here, default=None
    )
    if following is None or following.label is None or split_label(following.label.label).number:
        return False
    number = table.row(following.row).no.strip(".")
    return number.isdecimal() and end.label.endswith(number)


def _first_place(placement: Placement) -> Place | None:
    """Where a table begins whose heads are lost: with a row's label, else with a number."""
    labels = (item.label.place for item in placement.placed if item.label)
    numbers = (token.place for item in placement.placed for token in item.run.values if token.is_value)
    return next(labels, None) or next(numbers, None)


def _without(tokens: tuple[Token, ...], typos: tuple[Printed, ...]) -> tuple[Token, ...]:
    """Tokens that a misspelt head explains are not left over."""
    spelt = "".join(to_label(typo.found) for typo in typos)
    return tuple(token for token in tokens if token.label not in spelt)


def _place_by_rows(strips: tuple[Strip, ...], table: TableSpec) -> tuple[Placement, tuple[Problem, ...]]:
    """Tables 1 and 2: a label, then its values."""
    width = max(len(block.columns) for block in table.blocks)
    # the rows of table 1 have one, two or three values: there the line or the next label ends a row, not its width
    known = strips_to_grid_rows(strips, table)
    runs = strips_to_runs(strips, width if len(table.blocks) == 1 else UNBOUNDED, known=known)
    if are_heads_in_another_order(strips, table):
        runs = doubt_outside_heads(runs)
    placement = runs_to_rows(runs, table)
    base = runs_to_distances(runs, width)
    last = msgspec.structs.replace(base, is_after_known=False)
    placed = tuple(
        _fit_cells(item, len(table.columns_of(item.row)), last if item.run is runs[-1] else base)
        for item in placement.placed
    )
    problems = tuple(
        Problem(
            code="ROW_UNREADABLE",
            message=f"“{table.row(item.row).label}”一行的数字与栏目对不上，未能逐格辨认",
            place=item.run.values[0].place,
        )
        for item, cells in zip(placement.placed, placed, strict=True)
        if item.run.values and (cells is None or item.in_doubt)
    )
    fitted = tuple(
        item if cells is None else msgspec.structs.replace(item, run=cells)
        for item, cells in zip(placement.placed, placed, strict=True)
    )
    fitted = doubt_short_rows(strips, fitted, table)
    crowded = next((i.run.values[0] for i in fitted if i.in_doubt or _is_crowded(i, table)), None)
    unplaced, named = _rows_without_values(runs, placement, table, crowded)
    return Placement(placed=fitted + named, printed=placement.printed, unplaced=unplaced), problems


def _is_crowded(item: PlacedRun, table: TableSpec) -> bool:
    return len(item.run.values) > len(table.columns_of(item.row))


def _rows_without_values(
    runs: tuple[Run, ...], placement: Placement, table: TableSpec, crowded: Token | None
) -> tuple[tuple[Token, ...], tuple[PlacedRun, ...]]:
    """What stays unplaced, and rows that have no values: blank where their label is printed alone.

    Where values stand in the table whose row we do not know, no row may be called blank or missing: they are in doubt.
    """
    bare = runs_to_bare_rows(runs, placement.placed, table)
    spoken = [row.said for row in bare if row.said]
    unplaced = tuple(
        t for t in placement.unplaced if t not in spoken and not any(t.label in row.label.label for row in bare)
    )
    nameless = [token for token in unplaced if token.is_value]
    absent = _rows_not_found(placement, table)
    room = sum(len(table.columns_of(row)) for row in absent)
    is_row = min(len(block.columns) for block in table.blocks) < len(nameless) * 2 <= room * 2
    doubt = nameless[0] if is_row else crowded
    named = [row_at(row.row, row.said or row.label, table, in_doubt=bool(row.said or doubt)) for row in bare]
    if doubt:
        known = [row.row for row in bare]
        named += [row_at(r, doubt, table, in_doubt=True) for r in absent if r not in known]
    return unplaced, tuple(named)


def _rows_not_found(placement: Placement, table: TableSpec) -> tuple[str, ...]:
    """Rows of the form without a run; those that a merged row stands for are not looked for."""
    placed = [item.row for item in placement.placed]
    replaced = [name for row in table.rows if row.stands_for and row.id in placed for name in row.stands_for]
    return tuple(row.id for row in table.rows if not row.stands_for and row.id not in (*placed, *replaced))


def _fit_cells(item: PlacedRun, width: int, base: Distances) -> Run | None:
    """The run with exactly one cell a column, or None when its values fit no columns."""
    cells = run_to_cells(item.run, width, base)
    if cells is None:
        return None
    here = item.run.values[0].place
    blank = Token(text="", place=Place(page=here.page, line=here.line, path=here.path), label="")
    return Run(labels=item.run.labels, values=tuple(cell or blank for cell in cells), aligned=True)


def _row_to_figures(row: str, table: TableSpec, placement: Placement, reader: str, place: Place) -> dict[str, Figure]:
    """The figures of one row. A row that only stands for others is there when it was found."""
    columns = table.columns_of(row)
    item = next((p for p in placement.placed if p.row == row), None)
    if item is None:
        if table.row(row).stands_for:
            return {}
        return {column.id: Figure(value=None, status=Status.ABSENT, raw=None, place=place) for column in columns}
    if item.in_doubt or not item.run.fits or len(item.run.values) != len(columns):
        return {column.id: _in_doubt(item.run, reader) for column in columns}
    return {
        column.id: token_to_figure(token, column.unit, reader)
        for column, token in zip(columns, item.run.values, strict=True)
    }


def _in_doubt(run: Run, reader: str) -> Figure:
    """Values are there, but not which column each belongs to."""
    raw = " ".join(token.text.strip() for token in run.values).strip()
    readings = (Reading(reader=reader, raw=raw),)
    return Figure(value=None, status=Status.UNREADABLE, raw=raw, place=run.values[0].place, readings=readings)


def token_to_figure(token: Token, unit: Unit, reader: str) -> Figure:
    """One cell as filed. What was recognised in a picture and is in doubt has no value."""
    readings = (Reading(reader=reader, raw=token.text),)
    if token.doubt:
        return Figure(value=None, status=Status.UNREADABLE, raw=token.text, place=token.place, readings=readings)
    status, value, suggested = raw_to_reading(token.text, unit)
    if status is Status.NUMBER and reader in FLOWING and _APART.search(token.text.strip()):
        status, value = Status.UNREADABLE, None
    return Figure(value=value, status=status, raw=token.text, place=token.place, suggested=suggested, readings=readings)
