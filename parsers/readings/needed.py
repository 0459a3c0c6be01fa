"""When the second reader is asked, and for which cells. The only place that decides it.

It is asked for a kind that two readers know, once, when a check failed (whatever the rule: an identity, a blank, a
label, a missing row or section, a cell we could not read) or the first reader met a problem.
"""

from __future__ import annotations

from typing import TypeAlias

from parsers.model.finding import Severity
from parsers.model.outcome import Outcome
from parsers.model.report import Figure, Report, Status
from parsers.model.source import READ_TWICE

Cell: TypeAlias = tuple[str, str, str]
"""Table, row and column of a figure."""


def second_reading_needed(outcome: Outcome) -> bool:
    """Would a second opinion bear on this outcome, and has none been asked for yet?"""
    report = outcome.report
    if report.source.kind not in READ_TWICE or len(report.readers) > 1:
        return False
    findings = outcome.findings.findings
    return bool(report.problems) or any(finding.severity is not Severity.INFO for finding in findings)


def outcome_to_cells(outcome: Outcome) -> tuple[Cell, ...]:
    """The cells to be compared, in the order of the report.

    Those that a finding names, those that hold no number, and those on a page of which the reader reported a problem.
    """
    named = {e.figure for finding in outcome.findings.findings for e in finding.places if e.figure is not None}
    pages = {problem.place.page for problem in outcome.report.problems if problem.place and problem.place.page}
    return tuple(
        cell
        for cell, figure in report_to_figures(outcome.report)
        if ".".join(cell) in named or figure.status is not Status.NUMBER or figure.place.page in pages
    )


def report_to_figures(report: Report) -> tuple[tuple[Cell, Figure], ...]:
    """Every figure with its cell."""
    return tuple(
        ((table, row, column), figure)
        for table, rows in report.tables.items()
        for row, figures in rows.items()
        for column, figure in figures.items()
    )
