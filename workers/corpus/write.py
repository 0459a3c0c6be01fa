"""`gouji make-corpus`: made reports into a folder, each with its gold; the same arguments give the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tasks.errors import ConfigurationError
from workers.corpus.faults import draft_to_faulty
from workers.corpus.formats import FORMATS, Format, formats_named
from workers.corpus.gold import report_to_gold
from workers.corpus.reports import draft_to_report, seed_to_draft

EXIT_USAGE = 64


@dataclass(frozen=True)
class Made:
    """One report's file, its bytes, its gold, and whether it has a fault."""

    name: str
    content: bytes
    gold: bytes
    is_faulty: bool


def seed_to_reports(count: int, seed: int, formats: tuple[Format, ...], faulty: float) -> Iterator[Made]:
    """Reports one after another, formats by turns; a share of about `faulty` of them has one known fault."""
    chance = random.Random(seed)  # noqa: S311 - made-up reports, no secret
    for number in range(count):
        yield _make(seed, number, formats[number % len(formats)], has_fault=chance.random() < faulty)


def _make(seed: int, number: int, format_: Format, *, has_fault: bool) -> Made:
    draft = seed_to_draft(seed, number)
    faults = []
    if has_fault:
        draft, fault = draft_to_faulty(draft)
        faults.append(fault)
    report = draft_to_report(draft)
    name = f"report-{number + 1:06d}.{format_.name}"
    return Made(name, format_.report_to_bytes(report), report_to_gold(report, faults), has_fault)


def run(count: int, out: Path, seed: int, names: list[str], faulty: float) -> int:
    """Write them all; refuses a format that is none and a folder that holds something."""
    formats = _formats(names)
    _require_empty(out)
    console = Console()
    reports = seed_to_reports(count, seed, formats, faulty)
    spoilt = sum(_write(out, made) for made in track(reports, "生成报告", total=count, console=console, transient=True))
    console.print(
        f"已在 {out} 写入 {count} 份报告，其中 {spoilt} 份带有已知的错误；每份的数字和错误见同名的 .gold.json。"
    )
    return 0


def _formats(names: list[str]) -> tuple[Format, ...]:
    try:
        return formats_named(names)
    except KeyError:
        known = "、".join(format_.name for format_ in FORMATS)
        raise ConfigurationError(f"--format 只能是 {known}", EXIT_USAGE) from None


def _require_empty(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        is_empty = next(out.iterdir(), None) is None
    except OSError:
        raise ConfigurationError(f"无法写入目录 {out}。", EXIT_USAGE) from None
    if not is_empty:
        raise ConfigurationError(f"目录 {out} 里已有文件：请先清空，或用 --out 指定另一个目录。", EXIT_USAGE)


def _write(out: Path, made: Made) -> bool:
    """The report and its gold; says whether it has a fault."""
    (out / made.name).write_bytes(made.content)
    (out / made.name).with_suffix(".gold.json").write_bytes(made.gold)
    return made.is_faulty
