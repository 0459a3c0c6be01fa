"""The result as a table on the terminal and as one for the README."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from rich.table import Table

from benchmarks.mutants.judge import Tally
from benchmarks.mutants.kinds import Goal

Rows: TypeAlias = Sequence[tuple[Goal, Tally]]
HEADS = ("改动", "份数", "发现", "准确定位", "在所列可能之中", "误指为确定")


def rows_to_table(rows: Rows) -> Table:
    """For the terminal."""
    table = Table(*HEADS)
    for goal, tally in rows:
        table.add_row(*_cells(goal, tally))
    return table


def rows_to_markdown(rows: Rows, reports: int, unchanged: int) -> str:
    """For the README, with a last row for what was not changed."""
    cells = [_cells(goal, tally) for goal, tally in rows]
    cells.append(("不作改动", str(reports), f"{unchanged} 处", "—", "—", "0"))
    lines = [f"| {' | '.join(row)} |" for row in (HEADS, ("---", *["---:"] * 5), *cells)]
    return "\n".join(lines) + "\n"


def _cells(goal: Goal, tally: Tally) -> tuple[str, ...]:
    located = _percent(tally.located, tally.broken) if goal.is_locatable else "—"
    counts = (f"{tally.broken:,}", _percent(tally.found, tally.broken))
    return (goal.name, *counts, located, _percent(tally.told, tally.broken), str(tally.wrong))


def _percent(part: int, whole: int) -> str:
    """Cut, not rounded: 100 % is all of them."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} %"
