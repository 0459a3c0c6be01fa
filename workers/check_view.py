"""What `gouji check` prints for people: one block a file, consequences folded, a last line that counts."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from parsers.model.errors import DocumentError
from parsers.model.finding import Finding, Severity
from parsers.model.outcome import Outcome
from parsers.notices.compose import place_in_words

EDITION_NAMES = {
    "2021": "2021年格式",
    "2019": "2019年试行格式",
    "mixed": "新旧格式混用",
    "pre_2019": "2019年以前的格式",
}
SIGNS = {
    Severity.ERROR: ("✕", "red"),
    Severity.WARNING: ("▲", "yellow"),
    Severity.INFO: ("·", "bright_black"),
}
DOUBT = ("?", "magenta")
PASSED = ("✓", "green")


def print_outcome(console: Console, file: str, outcome: Outcome) -> None:
    """One report: its head, its findings, and what follows from them as a count."""
    console.print(Text(file, style="bold"), soft_wrap=True)
    _print_indented(console, Text(_head(outcome), style="bright_black"))
    own = [finding for finding in outcome.findings.findings if finding.root_cause is None]
    if own:
        _print_indented(console, _findings_grid(sorted(own, key=_weight)))
    following = len(outcome.findings.findings) - len(own)
    if following:
        _print_indented(console, Text(f"另有 {following} 项由上述问题引起，不单独列出", style="bright_black"))
    if not own:
        sign, style = PASSED
        _print_indented(console, Text(f"{sign} {_clean_words(outcome)}", style=style))
    console.print()


def _head(outcome: Outcome) -> str:
    report = outcome.report
    year = f"{report.year}年度" if report.year else "年度不明"
    edition = EDITION_NAMES.get(report.edition or "", "格式不明")
    return " · ".join((report.agency.name or "单位不明", year, edition))


def _clean_words(outcome: Outcome) -> str:
    if outcome.report.edition == "pre_2019":
        return "统一格式施行前的报告，只识别，不核查"
    return f"未发现问题（{len(outcome.findings.passed)} 项核查相符）"


def _weight(finding: Finding) -> tuple[bool, int]:
    """What is in doubt on our side first, then errors, warnings, infos; within them the rules' order."""
    return finding.is_agencys, tuple(Severity).index(finding.severity)


def _findings_grid(findings: list[Finding]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for finding in findings:
        sign, style = SIGNS[finding.severity] if finding.is_agencys else DOUBT
        line = Text(finding.message)
        line.append(place_in_words(finding.places[0].place), style="bright_black")
        line.append(f" {finding.code}", style="bright_black")
        grid.add_row(Text(sign, style=style), line)
    return grid


def print_quarantine(console: Console, file: str, error: DocumentError) -> None:
    """A file that cannot be processed: the reason and what to do."""
    console.print(Text(file, style="bold"), soft_wrap=True)
    line = Text(f"— 未能处理：{error.reason}{error.advice}", style="magenta")
    line.append(f" {error.code}", style="bright_black")
    _print_indented(console, line)
    console.print()


def _print_indented(console: Console, what: Text | Table) -> None:
    if isinstance(what, Text):
        what.overflow = "fold"
    console.print(Padding(what, (0, 0, 0, 2), expand=False))


def print_summary(console: Console, results: tuple[Outcome | DocumentError, ...]) -> None:
    """`3 份：1 份有错误，1 份需核对，1 份无问题`."""
    kinds = [_kind(result) for result in results]
    parts = [f"{kinds.count(kind)} 份{kind}" for kind in ("有错误", "需核对", "无问题", "未能处理") if kind in kinds]
    console.print(Text(f"{len(results)} 份：" + "，".join(parts)))


def _kind(result: Outcome | DocumentError) -> str:
    if isinstance(result, DocumentError):
        return "未能处理"
    if result.has_error:
        return "有错误"
    return "需核对" if any(f.root_cause is None for f in result.findings.findings) else "无问题"
