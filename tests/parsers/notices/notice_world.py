"""Outcomes and orders that several tests of the notice look at, made once."""

from __future__ import annotations

from functools import cache

import msgspec

import parsers
from parsers.model.document import Box
from parsers.model.finding import Finding, Severity
from parsers.model.outcome import Outcome
from parsers.model.report import Figure
from parsers.notices.drawn import Drawn, Mark, Order
from workers.corpus.figures import cells_of, seeded, written
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, to_sheet

TWO = Changes(
    cells={
        ("review_litigation", "review", "total"): "99",
        ("proactive", "administrative_fee", "amount_wan_yuan"): "无",
    }
)
"""One error and one warning."""

ROWS = [row for table, row, column in cells_of("2021") if (table, column) == ("requests", "total")]
MANY = Changes(cells={("requests", row, "total"): f"7{number}" for number, row in enumerate(ROWS)})
"""More errors than pictures are shown."""


CHANGES = {"two": TWO, "many": MANY, "clean": Changes()}


@cache
def pdf_of(name: str = "two", turn: int = 0) -> bytes:
    return to_pdf(to_sheet("2021", written("2021") if name == "clean" else seeded("2021", 3), CHANGES[name]), turn=turn)


SPOKEN_OF = {"two": ("A04", "CELL_NOT_NUMERIC"), "many": ("A01", "A02", "A03"), "clean": ()}
"""The findings that these tests are about; other rules may have more to say, and have tests of their own."""


@cache
def outcome_of(name: str = "two") -> Outcome:
    outcome = parsers.assess(pdf_of(name))
    return with_findings(outcome, tuple(f for f in outcome.findings.findings if f.code in SPOKEN_OF[name]))


@cache
def drawn_of(name: str = "two") -> Drawn:
    order = parsers.outcome_to_order(outcome_of(name))
    assert order is not None
    return parsers.render(pdf_of(name), order)


def with_findings(outcome: Outcome, findings: tuple[Finding, ...]) -> Outcome:
    found = msgspec.structs.replace(outcome.findings, findings=findings)
    return msgspec.structs.replace(outcome, findings=found)


def as_infos(outcome: Outcome) -> Outcome:
    """The same findings, as if they were editorial."""
    found = outcome.findings.findings
    return with_findings(outcome, tuple(msgspec.structs.replace(f, severity=Severity.INFO) for f in found))


def figures_of(data: bytes) -> list[Figure]:
    tables = parsers.classify(parsers.read(data)).tables
    return [figure for rows in tables.values() for row in rows.values() for figure in row.values() if figure.raw]


def figures_to_order(figures: list[Figure]) -> Order:
    """Every one of these figures, framed and shown."""
    marks = [to_mark(number, figure.place.page, figure.place.box) for number, figure in enumerate(figures, 1)]
    return Order(marks=tuple(marks), pictured=tuple(mark.number for mark in marks))


def to_mark(number: int, page: int | None, box: Box | None) -> Mark:
    assert page is not None
    assert box is not None
    return Mark(number=number, page=page, box=box, severity=Severity.ERROR, words=f"第{number}项")
