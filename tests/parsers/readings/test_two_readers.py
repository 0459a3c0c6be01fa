"""The two PDF readers on one file: what both see is the agency's, what only one of them sees is ours."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

import parsers
from parsers.model.finding import Attribution, Finding
from parsers.model.outcome import Outcome
from parsers.model.report import Status
from workers.corpus.figures import CellId, written
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, to_sheet

TOTAL: CellId = ("review_litigation", "review", "total")
PRINTED = "9999"


def sheet_pdf() -> bytes:
    return to_pdf(to_sheet("2021", written("2021"), Changes(cells={TOTAL: PRINTED})))


def readings(outcome: Outcome) -> list[tuple[str, str | None]]:
    figure = outcome.report.tables[TOTAL[0]][TOTAL[1]][TOTAL[2]]
    return [(reading.reader, reading.raw) for reading in figure.readings]


def wrong_sum(outcome: Outcome) -> Finding:
    return next(finding for finding in outcome.findings.findings if finding.code == "A04")


def test_a_wrong_sum_that_both_see_is_the_agencys() -> None:
    outcome = parsers.assess(sheet_pdf())
    assert readings(outcome) == [("pdfium", PRINTED), ("pdfplumber", PRINTED)]
    assert wrong_sum(outcome).is_agencys
    assert outcome.has_error


def test_a_number_that_says_another_when_copied_is_seen_in_two_ways_and_is_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The PDF's ActualText replaces what is printed for one reader and not for the other."""
    draw = Canvas.drawString

    def lie(self: Any, x: float, y: float, text: str) -> None:
        if text == PRINTED:
            self._code.append("/Span <</ActualText (12)>> BDC")
        draw(self, x, y, text)
        if text == PRINTED:
            self._code.append("EMC")

    monkeypatch.setattr(Canvas, "drawString", lie)
    outcome = parsers.assess(sheet_pdf())
    assert sorted(raw or "" for _, raw in readings(outcome)) == ["12", PRINTED]
    assert outcome.report.tables[TOTAL[0]][TOTAL[1]][TOTAL[2]].status is Status.UNREADABLE
    assert wrong_sum(outcome).attribution is Attribution.EXTRACTION
    assert not outcome.has_error


def test_a_number_printed_twice_to_look_bold_is_one_number_to_both(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = Canvas.drawString

    def embolden(self: Any, x: float, y: float, text: str) -> None:
        draw(self, x, y, text)
        if text == PRINTED:
            draw(self, x + 0.3, y, text)

    monkeypatch.setattr(Canvas, "drawString", embolden)
    assert [raw for _, raw in readings(parsers.assess(sheet_pdf()))] == [PRINTED, PRINTED]
