"""Rule cases: a clean report, a small change, and what one rule says of it. tests/README.md explains the fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import yaml

import parsers
from parsers import BUILT_IN, Judge, Pack, bytes_to_roster
from parsers.editions.equations import to_cell
from parsers.model.finding import Finding
from parsers.model.pictures import page_to_remark
from parsers.model.report import Report
from workers.corpus.figures import CellId, cells_of, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout, without

FOLDER = Path(__file__).parents[1] / "cases"
Case: TypeAlias = dict[str, Any]

SETTINGS = frozenset(
    {"name", "edition", "year", "layout", "merged", "cells", "columns", "labels", "stated", "replace", "cut", "text"}
    | {"drop_rows", "drop_sections", "drop_tables", "drop_heads", "findings", "passed", "roster", "pack", "pictures"}
)


def load() -> tuple[tuple[str, Case], ...]:
    """(rule, case) of every file, in order."""
    files = sorted(FOLDER.glob("*.yaml"))
    return tuple((path.stem, case) for path in files for case in yaml.safe_load(path.read_text(encoding="utf-8")))


def to_text(case: Case) -> str:
    """The report of a case."""
    unknown = set(case) - SETTINGS
    if unknown:
        msg = f"{case['name']}: unknown settings {sorted(unknown)}"
        raise ValueError(msg)
    if "text" in case:
        return str(case["text"])
    edition = str(case.get("edition", "2021"))
    sheet = to_sheet(edition, written(edition, merged=case.get("merged", False)), _changes(case, edition))
    text = layout(case.get("layout", "tabbed"))(sheet)
    for old, new in case.get("replace", {}).items():
        if old not in text:
            msg = f"{case['name']}: {old} is not in the report"
            raise ValueError(msg)
        text = text.replace(old, new)
    return without(text, *case["cut"]) if "cut" in case else text


def to_judge(case: Case) -> Judge:
    """What a case is judged by: its roster and its pack, if it has any."""
    said = {"id": "case", "version": "1", "name": "本例"} | case.get("pack", {})
    return Judge(
        roster=bytes_to_roster(case["roster"].encode()) if "roster" in case else None,
        pack=msgspec.convert(said, Pack) if "pack" in case else BUILT_IN.pack,
    )


def to_report(case: Case) -> Report:
    """The report of a case as it is read; `pictures` are pages that were recognised."""
    report = parsers.classify(parsers.read(to_text(case).encode()), to_judge(case))
    remarks = tuple(page_to_remark(page) for page in case.get("pictures", ()))
    return msgspec.structs.replace(report, problems=(*report.problems, *remarks))


def _changes(case: Case, edition: str) -> Changes:
    cells: dict[CellId, str] = {}
    for column, text in case.get("columns", {}).items():
        table, name = column.split(".")
        cells |= {c: text for c in cells_of(edition, merged=case.get("merged", False)) if (c[0], c[2]) == (table, name)}
    cells |= {to_cell(name): text for name, text in case.get("cells", {}).items()}
    dropped = {name: tuple(case.get(name, ())) for name in ("drop_rows", "drop_sections", "drop_tables", "drop_heads")}
    year = case.get("year", 2020 if edition == "2019" else 2023)
    merged, labels, stated = case.get("merged", False), case.get("labels", {}), case.get("stated", {})
    return Changes(year=year, merged=merged, cells=cells, labels=labels, stated=stated, **dropped)


DEFAULTS: dict[str, object] = {
    "verdict": "violated",
    "attribution": "filed",
    "confidence": "high",
    "root_cause": None,
    "suggestion": None,
}
"""What a finding of a case is unless it says otherwise; severity, filed and expected are compared when named."""


def to_row(finding: Finding) -> dict[str, Any]:
    """A finding as a case would write it."""
    row: dict[str, Any] = {"code": finding.code, "severity": finding.severity.value, "message": finding.message}
    row |= {name: value for name in DEFAULTS if (value := getattr(finding, name)) != DEFAULTS[name]}
    row |= {name: getattr(finding, name) for name in ("filed", "expected") if getattr(finding, name) is not None}
    return {name: str(value) for name, value in row.items()}
