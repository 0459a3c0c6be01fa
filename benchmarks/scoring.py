"""Cells right, one measure for every reader: a document is classified, each figure compared with what was printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.report import Report

Gold: TypeAlias = dict[str, str]
"""`table.row.column` → the value as printed."""


def file_to_gold(file: Path) -> Gold:
    """The figures that stand beside a document of the corpus."""
    figures: Gold = json.loads(file.with_suffix(".gold.json").read_text(encoding="utf-8"))["figures"]
    return figures


def report_to_right(report: Report, gold: Gold) -> int:
    """How many of the printed figures the report has, as the same number."""
    found = {
        f"{table}.{row}.{column}": str(figure.value)
        for table, rows in report.tables.items()
        for row, figures in rows.items()
        for column, figure in figures.items()
        if figure.value is not None
    }
    return sum(found.get(cell) == value for cell, value in gold.items())


def document_to_right(document: Document, gold: Gold) -> int:
    """The same from what a reader gave; nothing is right in what is no report."""
    try:
        return report_to_right(parsers.classify(document), gold)
    except DocumentError:
        return 0


def needs_second_reader(document: Document) -> bool:
    """Would the second reader be asked about this document?"""
    return parsers.second_reading_needed(parsers.check(parsers.classify(document)))
