"""The official forms as data: 2019 (reports for 2019 and 2020) and 2021 (from 2021 on)."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import msgspec

from parsers.editions.spec import Edition
from parsers.model.report import Report

PRE_2019 = "pre_2019"
"""Reports made before the statutory form: recognised, not judged."""

MIXED = "mixed"
"""Marks of both forms in one report."""


def _load(name: str) -> Edition:
    """Read one form; an error names the path inside the file."""
    data: dict[str, Any] = tomllib.loads((files("parsers.editions") / f"{name}.toml").read_text(encoding="utf-8"))
    return msgspec.convert(data, Edition)


EDITIONS: tuple[Edition, ...] = (_load("2019"), _load("2021"))


def edition_named(edition_id: str | None) -> Edition | None:
    """The edition of this id, or None for a report whose form we do not judge."""
    return next((edition for edition in EDITIONS if edition.id == edition_id), None)


def edition_due(year: int) -> Edition | None:
    """The edition that a report of this year must use."""
    return next(
        (e for e in EDITIONS if e.first_year <= year and (e.last_year is None or year <= e.last_year)),
        None,
    )


def report_to_form(report: Report) -> Edition:
    """The edition whose rows and columns the report's tables have."""
    named = edition_named(report.edition)
    if named is None and report.edition == MIXED:
        rows = set(report.tables["proactive"])
        return next(edition for edition in EDITIONS if {row.id for row in edition.table("proactive").rows} == rows)
    return named or EDITIONS[-1]
