"""classify: the document is understood as the statutory form."""

from __future__ import annotations

import parsers
from parsers.model.document import Document
from parsers.model.judge import Judge
from parsers.model.report import Report
from tasks.bugs import bug_to_document_error


def classify(document: Document, judge: Judge, key: str) -> Report:
    """Who reports, edition, sections, every figure; `key` is the upload's.

    A bug of ours becomes a DocumentError and is reported.
    """
    with bug_to_document_error("classify"):
        return parsers.classify(document, judge, key)
