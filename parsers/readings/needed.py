"""When the second reader is asked, and for which cells. The only place that decides it.

It is asked for a kind that two readers know, once, when a check failed (whatever the rule: an identity, a blank, a
label, a missing row or section, a cell we could not read) or the first reader met a problem. A merged row filed in
the place of its parts is no such doubt where it adds up: had its parts been lost, the sums would say so.
"""

from __future__ import annotations

from typing import TypeAlias

from parsers.editions import report_to_form
from parsers.editions.equations import Equation, edition_to_equations
from parsers.model.finding import Finding, Severity
from parsers.model.outcome import Outcome
from parsers.model.report import Figure, Report, Status
from parsers.model.source import READ_TWICE
from parsers.sections.naming import NAME_MISMATCH

Cell: TypeAlias = tuple[str, str, str]
"""Table, row and column of a figure."""


def second_reading_needed(outcome: Outcome) -> bool:
    """Would a second opinion bear on this outcome, and has none been asked for yet?"""
    report = outcome.report
    if report.source.kind not in READ_TWICE or len(report.readers) > 1:
        return False
    asking = [finding for finding in outcome.findings.findings if _bears_on_figures(finding)]
    is_in_doubt = any(problem.code != NAME_MISMATCH for problem in report.problems)
    return is_in_doubt or not all(_is_merged(finding) and _merged_adds_up(outcome) for finding in asking)


PIECES = (
    *("SRC_TRUNCATED", "LAYOUT_LOST", "FORMAT_OUTDATED", "FORMAT_MIXED", "SEC_MISSING", "TABLE_MISSING"),
    *("TABLE_ROWS_MISSING", "TABLE_HEADER_MISSING", "HEADER_TYPO", "LABEL_TYPO"),
)
"""Findings about pieces of the form; all others that the second reader is asked about name a figure."""


def _bears_on_figures(finding: Finding) -> bool:
    """The second reader knows no more of words than the first: it is asked about figures and the form."""
    names_figure = any(evidence.figure is not None for evidence in finding.places)
    return finding.severity is not Severity.INFO and (names_figure or finding.code in PIECES)


MERGED = ("TABLE_ROWS_MISSING", Severity.WARNING)
"""How it is told that one merged row was filed for several; rows that nothing stands for are missed as an error."""


def _is_merged(finding: Finding) -> bool:
    return (finding.code, finding.severity) == MERGED


def _merged_adds_up(outcome: Outcome) -> bool:
    """Does every sum hold in which a merged row takes part, down its columns and along it?"""
    held = {(passed.code, passed.scope) for passed in outcome.findings.passed}
    return all((equation.identity.code, equation.scope) in held for equation in _merged_sums(outcome.report))


def _merged_sums(report: Report) -> list[Equation]:
    form = report_to_form(report)
    merged = {(table.id, row.id) for table in form.tables for row in table.rows if row.stands_for}
    sums = edition_to_equations(form, report.tables)
    return [equation for equation in sums if any(cell[:2] in merged for cell in (*equation.left, *equation.right))]


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
