"""Formats that other programs write: LibreOffice's own, and PDFs by LibreOffice, Chromium, cairo and ReportLab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from benchmarks.producers import PRODUCERS
from tests.make.office import saved_as
from tests.one_truth.formats import in_turn, seed_to_truth
from workers.corpus.docx import LOOKS, to_docx
from workers.corpus.reports import Report, draft_to_report, seed_to_draft

SAVED = ("doc", "rtf", "odt")
"""What LibreOffice saves a DOCX as."""

BY_OFFICE = ("lo-split", "lo-header", "cairo", "reportlab")
"""PDFs with embedded CFF, TrueType and CID fonts, and with none embedded; the first three by LibreOffice."""

BY_BROWSER = ("chromium-cff", "chromium-ttf")

LOST_ON_THE_WAY = (("rtf", "numbered"), ("doc", "tracked"))
"""LibreOffice itself writes ? for the 、 of a list's number into RTF, and into DOC, as text that stands, what was
deleted at the beginning of a paragraph after a table.
"""


@cache
def saved(kind: str, seeds: int) -> dict[int, bytes]:
    """Seed → the report as LibreOffice saves it in this kind, all by one run."""
    looks = [look for name, look in LOOKS if (kind, name) not in LOST_ON_THE_WAY]
    documents = {str(seed): to_docx(seed_to_truth(seed).sheet, in_turn(looks, seed)) for seed in range(seeds)}
    return {int(name): data for name, data in saved_as(kind, documents).items()}


@cache
def printed(kind: str, seeds: int) -> Sequence[tuple[Report, bytes]]:
    """The reports, each with another office's prose, and their PDFs by this producer."""
    producer = next(producer for producer in PRODUCERS if producer.kind == kind)
    reports = [draft_to_report(seed_to_draft(seed, seed)) for seed in range(seeds)]
    return tuple(zip(reports, producer.print_all(reports), strict=True))
