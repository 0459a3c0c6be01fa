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
from benchmarks.mutants.kinds import KINDS, Kind
from benchmarks.mutants.printed import PRINTED, numbers_to_tallies
from benchmarks.mutants.view import rows_to_markdown, rows_to_table

SEEDS = 2
"""Seeded reports a form, beside the written one."""

PRINTED_REPORTS = 60


def main() -> int:
    """Print the table; 1 where a requirement is missed."""
    options = _options()
    console = Console()
    made = made_bases(options.seeds)
    bases = (*made, *real_bases())
    rows = [(kind, _tally(kind, bases, console)) for kind in KINDS]
    rows.append((PRINTED, _sum(numbers_to_tallies(options.printed), options.printed, PRINTED.name, console)))
    unchanged = unchanged_to_findings(made)
    console.print(rows_to_table(rows))
    console.print(f"用了 {len(bases)} 份报告；生成的 {len(made)} 份不作改动：{unchanged} 处问题")
    if options.markdown:
        options.markdown.write_text(rows_to_markdown(rows, len(made), unchanged), encoding="utf-8")
    missed = [kind.name for kind, tally in rows if not is_enough(kind, tally)]
    for name in missed:
        console.print(f"未达到要求：{name}", style="red")
    return int(bool(missed or unchanged))


def is_enough(kind: Kind, tally: Tally) -> bool:
    """All found, as many located as needed, a lone cell always told, nothing stated that is not so."""
    is_told = tally.told == tally.broken or kind.needed < 1
    return tally.found == tally.broken and tally.located >= kind.needed * tally.broken and is_told and not tally.wrong


def _tally(kind: Kind, bases: tuple[Base, ...], console: Console) -> Tally:
    return _sum((kind_to_tally(kind, [base]) for base in bases), len(bases), kind.name, console)


def _sum(tallies: Iterable[Tally], total: int, name: str, console: Console) -> Tally:
    return sum(track(tallies, name, total=total, console=console, transient=True), start=Tally())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="每种格式另加几份随机生成的报告")
    parser.add_argument("--printed", type=int, default=PRINTED_REPORTS, help="经由各种文件核对几份")
    parser.add_argument("--markdown", type=Path, help="把结果写成 Markdown 表格")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
