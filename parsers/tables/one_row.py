"""Table 3: fifteen values in one row, told by the labels around them or, where these say nothing, by their order."""

from __future__ import annotations

from parsers.editions.spec import TableSpec
from parsers.model.document import Problem
from parsers.tables.crossings import is_stacked, strips_to_crossings, strips_to_one_row
from parsers.tables.heads import are_heads_in_another_order
from parsers.tables.placed import PlacedRun, Placement, row_at
from parsers.tables.placing import is_head, runs_to_bare_rows
from parsers.tables.raised import are_column_numbers
from parsers.tables.runs import Run, adds_up, strips_to_runs
from parsers.tables.strips import Strip, Token
from parsers.text.labels import Fit


def place_in_one_row(strips: tuple[Strip, ...], table: TableSpec) -> tuple[Placement, tuple[Problem, ...]]:
    """Table 3: fifteen values in one row, group after group."""
    columns = len(table.blocks[0].columns)
    strips = tuple(strip for strip in strips if not are_column_numbers(strip.tokens))
    crossings = strips_to_crossings(strips, table)
    width = columns * len(table.rows)
    runs = strips_to_runs(strips, width, labelled=False)
    values = crossings or (() if are_heads_in_another_order(strips, table) else _in_order(strips, runs, table))
    used = {id(token) for token in values}
    unplaced = tuple(
        token
        for run in runs
        for token in (*run.labels, *run.values)
        if id(token) not in used and not token.is_blank and not is_head(token, table)
    )
    if len(values) != width:
        filled = [token for run in runs for token in run.values if not token.is_blank]
        problems = _row_problems(filled, table)
        placed = _all_in_doubt(filled, table) if filled else _all_blank(runs, table)
        return Placement(placed=placed, printed=(), unplaced=unplaced), problems
    rows = [Run(labels=(), values=values[i : i + columns], aligned=True) for i in range(0, width, columns)]
    found = zip(table.rows, rows, strict=True)
    placed = tuple(PlacedRun(row=row.id, run=run, label=None, fit=Fit.EXACT) for row, run in found)
    return Placement(placed=placed, printed=(), unplaced=unplaced), ()


def _in_order(strips: tuple[Strip, ...], runs: tuple[Run, ...], table: TableSpec) -> tuple[Token, ...]:
    """The values by their order alone, where no labels around them tell more."""
    if is_stacked(strips, table):
        return ()
    if any(strip.ruled for strip in strips):
        return strips_to_one_row(strips, table)
    return _fifteen(runs, table)


def _row_problems(filled: list[Token], table: TableSpec) -> tuple[Problem, ...]:
    message = f"{table.name}的数字与栏目对不上"
    return (Problem(code="ROW_UNREADABLE", message=message, place=filled[0].place),) if filled else ()


def _all_in_doubt(filled: list[Token], table: TableSpec) -> tuple[PlacedRun, ...]:
    """Values are there but not as many as columns: every figure of the table is unreadable, with what was seen."""
    run = Run(labels=(), values=tuple(filled))
    # five values in all would else be taken for each group's own five
    return tuple(PlacedRun(row=row.id, run=run, label=None, fit=Fit.LIKE, in_doubt=True) for row in table.rows)


def _all_blank(runs: tuple[Run, ...], table: TableSpec) -> tuple[PlacedRun, ...]:
    """No value at all: blank where the table's groups are printed, absent where not even they are."""
    label = next((row.label for row in runs_to_bare_rows(runs, (), table)), None)
    return tuple(row_at(row.id, label, table, in_doubt=False) for row in table.rows) if label else ()


def _fifteen(runs: tuple[Run, ...], table: TableSpec) -> tuple[Token, ...]:
    """The values of the row: one whole run, or runs (one a group) that make it up together."""
    columns = len(table.blocks[0].columns)
    # the last head stands on one line with the values where a text has lost its lines
    whole = [r for r in runs if len(r.values) == columns * len(table.rows) and not is_head(r.values[0], table)]
    if not whole:
        return tuple(t for run in runs for t in run.values if not t.is_blank and not is_head(t, table))
    values = whole[0].values
    # a number before them is the row's own one, or they begin with it and end with one too many
    is_moved = any(label.is_value for label in whole[0].labels)
    groups = [values[i : i + columns] for i in range(0, len(values), columns)]
    return values if len(whole) == 1 and (not is_moved or all(map(adds_up, groups))) else ()
