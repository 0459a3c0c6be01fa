"""A report that was kept and taken up again is judged as it was the first time, to the byte."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

import parsers
from parsers.editions import report_to_form
from parsers.editions.order import report_in_order
from parsers.model.files import json_to_value, value_to_json
from parsers.model.report import Report
from tests.test_determinism import WRONG
from workers.corpus.figures import seeded, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

REPORTS = [
    layout("tabbed")(to_sheet("2021", seeded("2021", seed), changes))
    for seed, changes in ((1, Changes()), (2, WRONG), (3, Changes(drop_sections=("problems",))))
]


def kept(report: Report) -> Report:
    return json_to_value(value_to_json(report), Report)


@pytest.mark.parametrize("text", REPORTS, ids=["plain", "wrong", "lost section"])
def test_a_kept_report_gives_the_same_findings_in_the_same_order(text: str) -> None:
    report = parsers.classify(parsers.read(text.encode()))
    assert parsers.check(kept(report)).findings == parsers.check(report).findings


def test_order_changes_nothing_but_the_order() -> None:
    report = parsers.classify(parsers.read(REPORTS[0].encode()))
    assert report_in_order(report, report_to_form(report)) == report


def reversed_keys(value: Any) -> Any:
    return {name: reversed_keys(value[name]) for name in reversed(value)} if isinstance(value, dict) else value


def test_any_order_becomes_that_of_the_form() -> None:
    report = parsers.classify(parsers.read(layout("tabbed")(to_sheet("2021", written("2021"))).encode()))
    form = report_to_form(report)
    turned = {name: reversed_keys(getattr(report, name)) for name in ("sections", "tables", "traces")}
    ordered = report_in_order(msgspec.structs.replace(report, **turned), form)
    assert list(ordered.sections) == [section.id for section in form.sections]
    for table in form.tables:
        assert list(ordered.tables[table.id]) == [row.id for row in table.rows if row.id in report.tables[table.id]]
    assert list(ordered.tables["proactive"]["regulation"]) == ["issued", "repealed", "in_force"]
    assert list(ordered.sections["overview"].parts) == list(report.sections["overview"].parts)
