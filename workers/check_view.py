"""What `gouji check` prints for people: one block a file, consequences folded, a last line that counts."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from parsers.model.errors import DocumentError
from parsers.model.finding import Finding, Severity
from parsers.model.outcome import Outcome
from parsers.notices.items import place_in_words
from workers.wrapping import indented

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
UNCHECKED = ("—", "bright_black")


def print_outcome(console: Console, file: str, outcome: Outcome) -> None:
    """One report: its head, its findings, and what follows from them as a count."""
    console.print(Text(file, style="bold"), soft_wrap=True)
    _print_indented(console, Text(_head(outcome), style="bright_black"))
    own = [finding for finding in outcome.findings.findings if finding.root_cause is None]
    for finding in sorted(own, key=_weight):
        sign, style = SIGNS[finding.severity] if finding.is_agencys else DOUBT
        _print_indented(console, _finding_to_line(finding), Text(sign, style=style))
    following = len(outcome.findings.findings) - len(own)
    if following:
        _print_indented(console, Text(f"另有 {following} 项由上述问题引起，不单独列出", style="bright_black"))
    if not own:
        sign, style = UNCHECKED if _is_unchecked(outcome) else PASSED
        _print_indented(console, Text(_clean_words(outcome), style=style), Text(sign, style=style))
    console.print()


def _head(outcome: Outcome) -> str:
    report = outcome.report
    year = f"{report.year}年度" if report.year else "年度不明"
    edition = EDITION_NAMES.get(report.edition or "", "格式不明")
    return " · ".join((report.agency.name or "单位不明", year, edition))


def _is_unchecked(outcome: Outcome) -> bool:
    return outcome.report.edition == "pre_2019"


def _clean_words(outcome: Outcome) -> str:
    if _is_unchecked(outcome):
        return "统一格式施行前的报告，只识别，不核查"
    return f"未发现问题（{len(outcome.findings.passed)} 项核查相符）"


def _weight(finding: Finding) -> tuple[bool, int]:
    """What is in doubt on our side first, then errors, warnings, infos; within them the rules' order."""
    return finding.is_agencys, tuple(Severity).index(finding.severity)


def _finding_to_line(finding: Finding) -> Text:
    line = Text(finding.message)
    line.append(place_in_words(finding.places[0].place), style="bright_black")
    line.append(f" {finding.code}", style="bright_black")
    return line


def print_written(console: Console, folder: Path) -> None:
    """Where the files of a report's notice were put."""
    _print_indented(console, Text(f"反馈通知：{folder}", style="bright_black"))
    console.print()


def print_quarantine(console: Console, file: str, error: DocumentError) -> None:
    """A file that cannot be processed: the reason and what to do."""
    console.print(Text(file, style="bold"), soft_wrap=True)
    line = Text(f"未能处理：{error.reason}{error.advice}", style="magenta")
    line.append(f" {error.code}", style="bright_black")
    _print_indented(console, line, Text("—", style="magenta"))
    console.print()


def _print_indented(console: Console, text: Text, sign: Text | None = None) -> None:
    console.print(indented(text, console.width, sign=sign), soft_wrap=True)


KINDS = ("有错误", "需核对", "无问题", "未核查", "未能处理")


def print_summary(console: Console, results: tuple[Outcome | DocumentError, ...]) -> None:
    """`3 份：1 份有错误，1 份需核对，1 份无问题`."""
    kinds = [_kind(result) for result in results]
    parts = [f"{kinds.count(kind)} 份{kind}" for kind in KINDS if kind in kinds]
    console.print(Text(f"{len(results)} 份：" + "，".join(parts)))


def _kind(result: Outcome | DocumentError) -> str:
    if isinstance(result, DocumentError):
        return "未能处理"
    if result.has_error:
        return "有错误"
    if any(finding.root_cause is None for finding in result.findings.findings):
        return "需核对"
    return "未核查" if _is_unchecked(result) else "无问题"
