"""The signature: its lines, and whether its year is a slip."""

from __future__ import annotations

from parsers.model.finding import Evidence
from parsers.model.report import Printing
from parsers.rules.rule import Subject, at
from parsers.sections.title import text_to_date

LAST_EARLY_MONTH = 3
"""Until the end of March reports on the year before are signed; such a date in the year itself has the old number."""


def day_to_words(day: str) -> str:
    """`2024-01-31` → 2024年1月31日."""
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def is_of_wrong_year(signed_on: str, year: int | None) -> bool:
    """Is the year of the date a slip, since nobody reports then: in the year's own first months, or before?"""
    signed, month = int(signed_on[:4]), int(signed_on[5:7])
    return year is not None and (signed < year or (signed == year and month <= LAST_EARLY_MONTH))


def date_line(subject: Subject) -> Printing | None:
    """The line of the signature that is its date."""
    return next((line for line in subject.report.signature if text_to_date(line.text) is not None), None)


def date_evidence(subject: Subject) -> tuple[Evidence, ...]:
    """The date as evidence."""
    line = date_line(subject)
    return at(line.place if line else None, "落款日期", line.text if line else subject.report.signed_on)
