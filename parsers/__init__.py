"""Gouji's core: bytes in, values out. It knows the documents, the form and the law, and nothing of queues or stores.

The public surface:

- `read(data)` -> Document: what stands in the bytes (call it in the sandbox's child)
- `read_written(data)` -> Document: the same without recognising pages that are pictures; they stay problems
- `classify(document)` -> Report
- `check(report)` -> Outcome
- `outcome_to_files(outcome)` -> {name: bytes}: report.json, findings.json, notice.json, notice.html
- `assess(data)` -> Outcome: the first three in a row, for tests and for reading
- `reader_digest()`, `judge_digest()`: what, beside the bytes, decides the result

No clock, network, environment or chance: the same bytes give the same result. Readers are loaded only when `read` is
called.
"""

from __future__ import annotations

from parsers.digests import judge_digest, reader_digest
from parsers.model.document import Document
from parsers.model.outcome import Outcome
from parsers.model.report import Report

__all__ = ["assess", "check", "classify", "judge_digest", "outcome_to_files", "read", "read_written", "reader_digest"]


def read(data: bytes) -> Document:
    """What stands in these bytes. Raises DocumentError when they cannot be processed."""
    from parsers.readers import bytes_to_document

    return bytes_to_document(data)


def read_written(data: bytes) -> Document:
    """What stands in these bytes as text; pages that are pictures are named as problems. Raises as `read` does."""
    from parsers.readers import bytes_to_written

    return bytes_to_written(data)


def classify(document: Document) -> Report:
    """The document understood as the statutory form: edition, sections, every figure."""
    from parsers.sections.classify import document_to_report

    return document_to_report(document)


def check(report: Report) -> Outcome:
    """Every rule, in its written order."""
    from parsers.rules import report_to_outcome

    return report_to_outcome(report)


def outcome_to_files(outcome: Outcome) -> dict[str, bytes]:
    """The published files by name, as canonical bytes."""
    from parsers.notices.files import outcome_to_files as to_files

    return to_files(outcome)


def assess(data: bytes) -> Outcome:
    """Read, classify, check."""
    return check(classify(read(data)))
