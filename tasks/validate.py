"""validate: the rules, in their written order."""

from __future__ import annotations

import parsers
from parsers.model.outcome import Outcome
from parsers.model.report import Report
from tasks.bugs import bug_to_document_error


def validate(report: Report) -> Outcome:
    """Every finding and every passed check. A bug of ours becomes a DocumentError and is reported."""
    with bug_to_document_error("validate"):
        return parsers.check(report)


def outcome_to_files(outcome: Outcome) -> dict[str, bytes]:
    """The files to publish, as canonical bytes."""
    with bug_to_document_error("validate"):
        return parsers.outcome_to_files(outcome)
