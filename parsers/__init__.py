"""Gouji's core: bytes in, values out. It knows the documents, the form and the law, and nothing of queues or stores.

The public surface:

- `read(data)` -> Document: the only function that touches source bytes (call it in the sandbox's child)
- `read_written(data)` -> Document: the same without recognising pages that are pictures; they stay problems
- `reread(data)` -> Document: the same bytes by the second, independent reader (in the child as well)
- `classify(document, judge, key)` -> Report
- `check(report, judge)` -> Outcome
- `second_reading_needed(outcome)` -> bool
- `compare(outcome, second, judge)` -> Outcome: a second opinion, and what it changes
- `check_twice(report, ask, judge)` -> Outcome: these in a row; `ask` brings the second reading if needed
- `outcome_to_files(outcome)` -> {name: bytes}: report.json, findings.json, notice.json, notice.html
- `assess(data, judge)` -> Outcome: all of it, for tests and for reading
- `bytes_to_roster(data)` -> Roster: what the operator gives a `Judge` beside the code
- `reader_digest()`, `judge_digest(judge)`: what, beside the bytes, decides the result

A `Judge` is what the operator gives beside the code; `BUILT_IN` is Gouji as it comes.

No clock, network, environment or chance: the same bytes give the same result. Readers are loaded only when `read`
or `reread` is called.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers.digests import reader_digest
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.judge import BUILT_IN, Judge
from parsers.model.member import Member
from parsers.model.outcome import Outcome
from parsers.model.report import Report
from parsers.model.roster import Roster

__all__ = [
    "BUILT_IN",
    "Judge",
    "Roster",
    "assess",
    "bytes_to_roster",
    "check",
    "check_twice",
    "classify",
    "compare",
    "judge_digest",
    "member",
    "outcome_to_files",
    "read",
    "read_written",
    "reader_digest",
    "reread",
    "second_reading_needed",
]


def read(data: bytes) -> Document:
    """What stands in these bytes. Raises DocumentError when they cannot be processed."""
    from parsers.readers import bytes_to_document

    return bytes_to_document(data)


def read_written(data: bytes) -> Document:
    """What stands in these bytes as text; pages that are pictures are named as problems. Raises as `read` does."""
    from parsers.readers import bytes_to_written

    return bytes_to_written(data)


def reread(data: bytes) -> Document:
    """The same bytes by the second reader. Raises DocumentError, and KeyError for a kind that only one reader knows."""
    from parsers.readers import bytes_to_second_document

    return bytes_to_second_document(data)


def member(data: bytes, name: str) -> Member:
    """A member of this ZIP, by the name under which `read` lists it. Raises DocumentError."""
    from parsers.readers.archive import bytes_to_member

    return bytes_to_member(data, name)


def bytes_to_roster(data: bytes) -> Roster:
    """The roster of a CSV file. Raises RosterError, whose sentences say all that is wrong in it."""
    from parsers.agencies.roster_csv import bytes_to_roster as to_roster

    return to_roster(data)


def judge_digest(judge: Judge = BUILT_IN) -> str:
    """Everything that makes report.json and findings.json of a document: sixteen hex digits."""
    return judge.digest


def classify(document: Document, judge: Judge = BUILT_IN, key: str = "") -> Report:
    """The document understood as the statutory form: who reports, edition, sections, every figure.

    `key` is the name under which the document came; a roster may tell by it whose it is where the document does not.
    """
    from parsers.sections.classify import document_to_report

    return document_to_report(document, judge, key)


def check(report: Report, judge: Judge = BUILT_IN) -> Outcome:
    """Every rule, in its written order."""
    from parsers.rules import report_to_outcome

    return report_to_outcome(report, judge)


def second_reading_needed(outcome: Outcome) -> bool:
    """Did something not hold, so that the second reader is to be asked?"""
    from parsers.readings.needed import second_reading_needed as needed

    return needed(outcome)


def compare(outcome: Outcome, second: Document | None, judge: Judge = BUILT_IN) -> Outcome:
    """The outcome by both readings; None: the second reader could not read the document."""
    from parsers.readings.compare import compare_readings
    from parsers.readings.needed import outcome_to_cells

    return check(compare_readings(outcome.report, _understood(second), outcome_to_cells(outcome)), judge)


def _understood(second: Document | None) -> Report | None:
    """The second reading as a report; None where the second reader saw no annual report in it."""
    try:
        return classify(second) if second is not None else None
    except DocumentError:
        return None


def check_twice(report: Report, ask: Callable[[], Document | None], judge: Judge = BUILT_IN) -> Outcome:
    """Every rule; where something does not hold, once more over both readings. `ask` is called at most once."""
    outcome = check(report, judge)
    return compare(outcome, ask(), judge) if second_reading_needed(outcome) else outcome


def outcome_to_files(outcome: Outcome) -> dict[str, bytes]:
    """The published files by name, as canonical bytes."""
    from parsers.notices.files import outcome_to_files as to_files

    return to_files(outcome)


def assess(data: bytes, judge: Judge = BUILT_IN, key: str = "") -> Outcome:
    """Read, classify, check; read and check again where something does not hold."""
    return check_twice(classify(read(data), judge, key), lambda: _reread_if_possible(data), judge)


def _reread_if_possible(data: bytes) -> Document | None:
    try:
        return reread(data)
    except DocumentError:
        return None
