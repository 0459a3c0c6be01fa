"""Several reports in one file."""

from __future__ import annotations

import pytest

import parsers
from tests.make.figures import seeded, written
from tests.make.sheet import Changes, to_sheet
from tests.make.texts import layout


@pytest.mark.parametrize("name", ["tabbed", "cells_apart", "glued_sections", "piped"])
def test_the_first_of_two_reports_is_read_as_if_it_stood_alone(name: str) -> None:
    first = layout(name)(to_sheet("2021", written("2021")))
    second = layout(name)(to_sheet("2021", seeded("2021", 4), Changes(year=2022)))
    alone = parsers.assess(first.encode()).report
    report = parsers.assess((first + "\n" + second).encode()).report
    assert report.tables == alone.tables
    assert (report.title, report.signed_on, report.sections) == (alone.title, alone.signed_on, alone.sections)
    assert [p.code for p in report.problems if p not in alone.problems] == ["SEVERAL_REPORTS"]


def test_a_table_that_the_first_report_lacks_is_not_taken_from_the_second() -> None:
    first = layout("tabbed")(to_sheet("2021", written("2021"), Changes(drop_tables=("review_litigation",))))
    second = layout("tabbed")(to_sheet("2021", seeded("2021", 4), Changes(year=2022)))
    report = parsers.assess((first + "\n" + second).encode()).report
    rows = report.tables["review_litigation"].values()
    assert {figure.status.value for row in rows for figure in row.values()} == {"absent"}


def test_what_belongs_to_the_second_report_is_left_over_and_not_lost() -> None:
    text = layout("tabbed")(to_sheet("2021", written("2021")))
    report = parsers.assess((text + text.replace("水务局", "林业局")).encode()).report
    assert "澄湖县林业局2023年政府信息公开工作年度报告" in [leftover.text for leftover in report.leftovers]


def test_a_table_of_contents_does_not_begin_a_second_report() -> None:
    text = layout("tabbed")(to_sheet("2021", written("2021")))
    headings = [line for line in text.split("\n") if (line[1:2] == "、" and "情况" in line) or "事项" in line]
    report = parsers.assess(("\n".join(headings) + "\n" + text).encode()).report
    assert [p.code for p in report.problems] == []
