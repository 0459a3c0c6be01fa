"""This year's tables against last year's report of the same body."""

from __future__ import annotations

from typing import Any

import pytest

from parsers.model.across import Role
from tests.parsers.across.pairs import Filed, compared

LAST: dict[str, Any] = {
    "year": 2022,
    "cells": {
        "requests.carried_forward.natural_person": "2",
        "requests.carried_forward.total": "2",
        "proactive.normative_document.in_force": "32",
        "proactive.administrative_licensing.decisions": "2900",
    },
}
"""A report that this year's follows from: 2 carried over, 32 + 4 - 1 = 35 in force."""


def found(this: dict[str, Any], before: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands on its own: what follows from another finding names it."""
    across = compared(Filed(changes=this), Filed("2022/甲.txt", before).neighbour(Role.LAST_YEAR))
    return [(f.code, f.severity.value) for f in across.findings if f.root_cause is None]


def last(**cells: str) -> dict[str, Any]:
    return LAST | {"cells": LAST["cells"] | {name.replace("__", "."): text for name, text in cells.items()}}


CASES: tuple[tuple[str, dict[str, Any], dict[str, Any], list[tuple[str, str]]], ...] = (
    ("years that follow each other", {}, LAST, []),
    ("a total that was not carried over", {}, last(requests__carried_forward__total="3"), [("Y01", "error")]),
    (
        "a column that was classified anew",
        {},
        last(requests__carried_forward__natural_person="1", requests__carried_forward__other_organization="1"),
        [("Y01", "warning"), ("Y01", "warning")],
    ),
    (
        "a total that changed with the bodies, and the report says so",
        {"replace": {"各项工作有序推进。": "因机构改革，有关职责划转我局，各项工作有序推进。"}},
        last(requests__carried_forward__total="3"),
        [("Y01", "warning")],
    ),
    ("a stock that does not follow", {}, last(proactive__normative_document__in_force="30"), [("Y02", "warning")]),
    ("pending cases that are not there", {}, last(review_litigation__review__pending="9"), [("Y03", "info")]),
    ("decisions that grew tenfold", {}, last(proactive__administrative_licensing__decisions="300"), [("P10", "info")]),
    ("a blank is not compared", {}, last(requests__carried_forward__total=""), []),
    (
        "the form of another year is compared by its rows alone",
        {},
        {"year": 2020, "edition": "2019"},
        [("Y01", "error")],
    ),
)


@pytest.mark.parametrize(("name", "this", "before", "expected"), CASES, ids=[case[0] for case in CASES])
def test_case(name: str, this: dict[str, Any], before: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    wanted = [code for code in found(this, before) if code[0] not in ("TABLE_UNCHANGED", "DUP_PREV_YEAR")]
    assert sorted(set(wanted)) == sorted(set(expected)), name


def test_a_table_that_is_last_years_is_told() -> None:
    assert ("TABLE_UNCHANGED", "warning") in found({}, {"year": 2022})


def test_both_reports_are_cited() -> None:
    across = compared(
        Filed(), Filed("2022/甲.txt", last(requests__carried_forward__total="3")).neighbour(Role.LAST_YEAR)
    )
    finding = next(finding for finding in across.findings if finding.code == "Y01")
    assert [evidence.label for evidence in finding.places] == [
        "表二“二、上年结转政府信息公开申请数量”行“总计”列",
        "2022年度报告表二“四、结转下年度继续办理”行“总计”列",
    ]


def test_a_truncated_report_is_not_compared() -> None:
    cut = {"year": 2022, "cut": ["第二十条第（六）项", "二、上年结转"]}
    assert [code for code, _ in found({}, cut) if code.startswith(("Y", "P", "T"))] == []
