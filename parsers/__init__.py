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
- `outcome_to_order(outcome)` -> Order | None: what the notice wants to show of the source's pages
- `render(data, order)` -> Drawn: that, drawn (in the child, like `read`)
- `compare_across(outcome, key, neighbours, judge)` -> Across: what only several reports together can tell;
  `report_to_bands(report)` are the names by which those that may share text find each other
- `outcome_to_files(outcome, drawn, across)` -> {name: bytes}: report.json, findings.json, notice.json, notice.html,
  notice.docx, and annotated.pdf where one was drawn
- `assess(data, judge)` -> Outcome: all of it, for tests and for reading
- `bytes_to_roster(data)` -> Roster: what the operator gives a `Judge` beside the code
- `reader_digest()`, `judge_digest(judge)`: what, beside the bytes, decides the result

A `Judge` is what the operator gives beside the code; `BUILT_IN` is Gouji as it comes.

No clock, network, environment or chance: the same bytes give the same result. Readers are loaded only when `read`,
`reread` or `render` is called.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers.digests import reader_digest
from parsers.model.across import Across, Neighbour
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.judge import BUILT_IN, Judge
from parsers.model.member import Member
from parsers.model.outcome import Outcome
from parsers.model.pack import Pack
from parsers.model.report import Report
from parsers.model.roster import Roster
from parsers.notices.drawn import Drawn, Order

__all__ = [
    "BUILT_IN",
    "Judge",
    "Pack",
    "Roster",
    "assess",
    "bytes_to_pack",
    "bytes_to_roster",
    "check",
    "check_twice",
    "classify",
    "compare",
    "compare_across",
    "judge_digest",
    "member",
    "outcome_to_files",
    "outcome_to_order",
    "read",
    "read_written",
    "reader_digest",
    "render",
    "report_to_bands",
    "reread",
    "second_reading_needed",
    "with_across",
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


def bytes_to_pack(data: bytes) -> Pack:
    """The local rule pack of this TOML file. Raises PackError, which says all that is wrong in it."""
    from parsers.across.compare import ACROSS
    from parsers.packs.toml import bytes_to_pack as to_pack
    from parsers.rules import RULES

    codes = (*(code for rule in RULES for code in rule.codes), *(code for rule in ACROSS for code in rule.codes))
    return to_pack(data, tuple(code.code for code in codes))


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


def outcome_to_order(outcome: Outcome) -> Order | None:
    """What the notice of this outcome wants to show of its source's pages; None for nothing."""
    from parsers.notices.compose import outcome_to_order as to_order

    return to_order(outcome)


def render(data: bytes, order: Order) -> Drawn:
    """What is ordered of these bytes, drawn. Raises DocumentError when their pages cannot be."""
    from parsers.notices.render import render as draw

    return draw(data, order)


def outcome_to_files(outcome: Outcome, drawn: Drawn | None = None, across: Across | None = None) -> dict[str, bytes]:
    """The published files by name, as canonical bytes; `drawn` is what `render` made, None where it could not."""
    from parsers.notices.files import outcome_to_files as to_files

    return to_files(outcome, drawn, across)


def report_to_bands(report: Report) -> tuple[str, ...]:
    """Names by which reports that may share text find each other."""
    from parsers.across.signature import report_to_bands as to_bands

    return to_bands(report)


def compare_across(outcome: Outcome, key: str, neighbours: tuple[Neighbour, ...], judge: Judge = BUILT_IN) -> Across:
    """What only several reports together can tell of this one, which was uploaded under `key`."""
    from parsers.across.compare import outcome_to_across

    return outcome_to_across(outcome, key, neighbours, judge)


def with_across(outcome: Outcome, across: Across) -> Outcome:
    """The outcome with the findings of across.json among its own, as the notice tells them."""
    from parsers.across.compare import with_across as merged

    return merged(outcome, across)


def assess(data: bytes, judge: Judge = BUILT_IN, key: str = "") -> Outcome:
    """Read, classify, check; read and check again where something does not hold."""
    return check_twice(classify(read(data), judge, key), lambda: _reread_if_possible(data), judge)


def _reread_if_possible(data: bytes) -> Document | None:
    try:
        return reread(data)
    except DocumentError:
        return None
