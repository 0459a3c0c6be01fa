"""Two reports of one body for one year, and what a corrected one has mended."""

from __future__ import annotations

from parsers.model.across import Role
from parsers.model.files import value_to_json
from tests.parsers.across.pairs import Filed, codes, compared

SPOILT = Filed("2023/甲.txt", {"cells": {"requests.granted.total": "15", "requests.granted.natural_person": ""}})


def test_two_keys_that_say_otherwise_are_a_warning() -> None:
    across = compared(Filed(), Filed("市/甲.txt", SPOILT.changes).neighbour(Role.OTHER_VERSION))
    assert codes(across) == [("MULTI_VERSION", "warning")]
    assert "（“2023/甲.txt”与“市/甲.txt”，2处不同" in across.findings[0].message


def test_two_keys_that_say_the_same_pass() -> None:
    across = compared(Filed(), Filed("市/甲.txt").neighbour(Role.OTHER_VERSION))
    assert (codes(across), [passed.code for passed in across.passed]) == ([], ["MULTI_VERSION"])


def test_a_correction_says_what_is_closed_what_remains_and_which_cells_changed() -> None:
    mended = Filed("2023/甲.txt", {"cells": {"requests.granted.natural_person": ""}})
    correction = compared(mended, SPOILT.neighbour(Role.EARLIER)).correction
    assert correction is not None
    assert [(cell.figure, cell.before, cell.after) for cell in correction.cells] == [
        ("requests.granted.total", "15", "14")
    ]
    assert (len(correction.remaining), correction.new) == (1, ())


def test_a_correction_that_breaks_something_says_so() -> None:
    correction = compared(SPOILT, Filed().neighbour(Role.EARLIER)).correction
    assert correction is not None
    assert (correction.closed, bool(correction.new)) == ((), True)


def test_a_correction_is_told_against_every_earlier_submission_whichever_came_last() -> None:
    spoilt, clean = SPOILT.neighbour(Role.EARLIER), Filed("2023/甲.txt", {"replace": {"1月19日": "1月20日"}})
    correction = compared(Filed(), spoilt, clean.neighbour(Role.EARLIER)).correction
    assert correction is not None
    assert (bool(correction.closed), correction.remaining, len(correction.cells)) == (True, (), 2)


def test_the_order_in_which_neighbours_came_changes_no_byte() -> None:
    neighbours = (
        Filed("市/甲.txt", SPOILT.changes).neighbour(Role.OTHER_VERSION),
        Filed("2022/甲.txt", {"year": 2022}).neighbour(Role.LAST_YEAR),
        Filed("2023/甲.txt", SPOILT.changes).neighbour(Role.EARLIER),
    )
    one, other = compared(Filed(), *neighbours), compared(Filed(), *reversed(neighbours))
    assert value_to_json(one) == value_to_json(other)


def test_a_report_without_neighbours_has_nothing_to_say() -> None:
    across = compared(Filed())
    assert (across.compared, across.findings, across.passed, across.correction) == ((), (), (), None)
