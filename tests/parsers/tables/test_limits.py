"""A text beyond any report is understood up to a limit, and says so."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.finding import Attribution
from parsers.tables.limits import MOST_LINES
from workers.corpus.figures import written
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import layout

REPORT = layout("glued_sections")(to_sheet("2021", written("2021")))


@pytest.mark.parametrize(
    "more", ["说明\n" * (MOST_LINES + 1), "行政许可1行政处罚2行政强制3" * 10_000, "说明。" * 250_000 + "\n说明"]
)
def test_what_stands_behind_the_limit_is_said_not_to_be_read(more: str) -> None:
    report = parsers.classify(parsers.read((REPORT + more).encode()))
    assert "LIMIT_LINES" in {problem.code for problem in report.problems}
    assert report.tables["requests"]["new_received"]["total"].value == 25


def test_an_ordinary_report_is_within_the_limits() -> None:
    report = parsers.classify(parsers.read(REPORT.encode()))
    assert "LIMIT_LINES" not in {problem.code for problem in report.problems}


@pytest.mark.parametrize("more", ["说明\n" * (MOST_LINES + 1), "说明。" * 250_000 + "\n"])
def test_what_stands_behind_the_limit_is_not_said_to_be_missing(more: str) -> None:
    text = layout("tabbed")(to_sheet("2021", written("2021")))
    at = text.index("二、主动公开")
    outcome = parsers.assess((text[:at] + more + text[at:]).encode())
    codes = {(f.code, f.attribution, f.root_cause) for f in outcome.findings.findings if f.is_agencys}
    assert codes == set()
    told = [f for f in outcome.findings.findings if f.code == "SRC_TRUNCATED"]
    assert [("读取上限" in f.message, f.attribution) for f in told] == [(True, Attribution.EXTRACTION)]
