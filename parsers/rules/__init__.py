"""The rules, in the order in which their findings are reported: source, form, structure, cells, sums."""

from __future__ import annotations

from parsers.model.finding import Finding, Passed
from parsers.model.outcome import Findings, Outcome
from parsers.model.report import Report
from parsers.rules import (
    cells_filled,
    cells_numeric,
    cells_readable,
    counts_whole,
    edition_fits_year,
    labels_as_printed,
    layout_kept,
    sections_present,
    source_truncated,
    stock_of_documents,
    table_identities,
    table_rows_present,
    tables_present,
)
from parsers.rules.rule import Rule, Subject

RULES: tuple[Rule, ...] = (
    source_truncated.RULE,
    layout_kept.RULE,
    edition_fits_year.RULE,
    sections_present.RULE,
    tables_present.RULE,
    table_rows_present.RULE,
    labels_as_printed.RULE,
    cells_readable.RULE,
    cells_filled.RULE,
    cells_numeric.RULE,
    counts_whole.RULE,
    table_identities.RULE,
    stock_of_documents.RULE,
)


def report_to_outcome(report: Report) -> Outcome:
    """Every rule over the report, in the written order."""
    subject = Subject(report)
    results = [result for rule in RULES for result in rule.check(subject)]
    return Outcome(
        report=report,
        findings=Findings(
            reader_digest=report.reader_digest,
            judge_digest=report.judge_digest,
            source_sha256=report.source.sha256,
            findings=tuple(result for result in results if isinstance(result, Finding)),
            passed=tuple(result for result in results if isinstance(result, Passed)),
        ),
    )


__all__ = ["RULES", "report_to_outcome"]
