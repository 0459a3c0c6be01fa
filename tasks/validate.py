"""validate: the rules, in their written order; what does not hold is read a second time."""

from __future__ import annotations

from collections.abc import Callable

import parsers
from parsers.model.document import Document
from parsers.model.judge import Judge
from parsers.model.outcome import Outcome
from parsers.model.report import Report
from tasks.bugs import bug_to_document_error


def validate(report: Report, ask: Callable[[], Document | None], judge: Judge) -> Outcome:
    """Every finding and every passed check; where something does not hold, by a second reading too, which `ask` brings.

    A bug of ours becomes a DocumentError and is reported. Raises what `ask` raises.
    """
    with bug_to_document_error("validate"):
        outcome = parsers.check(report, judge)
    if not parsers.second_reading_needed(outcome):
        return outcome
    second = ask()  # outside: that the store is down is no bug of ours
    with bug_to_document_error("validate"):
        return parsers.compare(outcome, second, judge)


def outcome_to_files(outcome: Outcome) -> dict[str, bytes]:
    """The files to publish, as canonical bytes."""
    with bug_to_document_error("validate"):
        return parsers.outcome_to_files(outcome)
