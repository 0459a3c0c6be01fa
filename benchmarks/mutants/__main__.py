"""`python -m benchmarks.mutants`: spoil every report in every place, print what is found, fail where it falls short."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks.mutants.bases import Base, made_bases, real_bases
from benchmarks.mutants.judge import Tally, kind_to_tally, unchanged_to_findings
from benchmarks.mutants.kinds import KINDS, Goal, Kind
from benchmarks.mutants.printed import PRINTED, numbers_to_tallies
from benchmarks.mutants.prose import PROSE, made_reports, report_to_tally
from benchmarks.mutants.view import rows_to_markdown, rows_to_table

SEEDS = 2
"""Seeded reports a form, beside the written one."""

PRINTED_REPORTS = 60
"""Ten in each format."""

DRAWN = 6
"""Reports with longer prose than the written one."""


def main() -> int:
    """Print the table; 1 where a goal is missed."""
    options, console = _options(), Console()
    made = made_bases(options.seeds)
    rows = _measured(options, (*made, *real_bases()), console)
    unchanged = unchanged_to_findings(made)
    console.print(rows_to_table(rows))
    console.print(f"不作改动的 {len(made)} 份报告：{unchanged} 处问题")
    if options.markdown:
        options.markdown.write_text(rows_to_markdown(rows, len(made), unchanged), encoding="utf-8")
    missed = [goal.name for goal, tally in rows if not is_enough(goal, tally)]
    for name in missed:
        console.print(f"未达到要求：{name}", style="red")
    return int(bool(missed or unchanged))


def _measured(options: argparse.Namespace, bases: tuple[Base, ...], console: Console) -> list[tuple[Goal, Tally]]:
    """Every kind over every base, then what is printed and what prose tells."""
    rows: list[tuple[Goal, Tally]] = [(kind, _tally(kind, bases, console)) for kind in KINDS]
    rows.append((PRINTED, _sum(numbers_to_tallies(options.printed), options.printed, PRINTED.name, console)))
    told = made_reports(options.drawn)
    rows.append((PROSE, _sum(map(report_to_tally, told), len(told), PROSE.name, console)))
    return rows


def is_enough(goal: Goal, tally: Tally) -> bool:
    """Each share is reached, and nothing stated that is not so."""
    shares = ((tally.found, goal.found), (tally.located, goal.located), (tally.told, goal.told))
    return all(part >= share * tally.broken for part, share in shares) and not tally.wrong


def _tally(kind: Kind, bases: tuple[Base, ...], console: Console) -> Tally:
    return _sum((kind_to_tally(kind, [base]) for base in bases), len(bases), kind.name, console)


def _sum(tallies: Iterable[Tally], total: int, name: str, console: Console) -> Tally:
    return sum(track(tallies, name, total=total, console=console, transient=True), start=Tally())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="每种格式另加几份随机生成的报告")
    parser.add_argument("--printed", type=int, default=PRINTED_REPORTS, help="经由各种文件核对几份")
    parser.add_argument("--drawn", type=int, default=DRAWN, help="正文改错用几份随机生成的报告")
    parser.add_argument("--markdown", type=Path, help="把结果写成 Markdown 表格")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
