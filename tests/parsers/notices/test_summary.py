"""The sentence for a message."""

from __future__ import annotations

import pytest

from parsers.notices.compose import outcome_to_notice
from parsers.notices.summary import MOST_LETTERS, to_summary
from tests.parsers.notices.notice_world import outcome_of

NAME = "铜官区住房和城乡建设局"


@pytest.mark.parametrize(
    ("counts", "edition", "said"),
    [
        ({"error": 0, "warning": 3, "info": 5}, "2021", "错误0处、提醒3处、供参考5处。"),
        ({"error": 1, "undetermined": 2}, "2021", "错误1处、提醒0处、供参考0处，另有2处需人工核对。"),
        ({}, "2021", "未发现问题。"),
        ({"undetermined": 1}, "2021", "未发现问题，另有1处需人工核对。"),
        ({"error": 0}, "pre_2019", "采用统一格式施行前的格式，只作识别，未作核查。"),
    ],
)
def test_it_counts_what_was_found(counts: dict[str, int], edition: str, said: str) -> None:
    assert to_summary(NAME, 2023, edition, counts) == f"{NAME}2023年度报告：{said}"


def test_what_is_not_known_is_left_out() -> None:
    assert to_summary(None, None, None, {}) == "报告：未发现问题。"


def test_a_name_stays_one_line_and_short() -> None:
    said = to_summary("甲\n乙" + "丙" * 500, 2023, "2021", {})
    assert said == f"甲 乙{'丙' * (MOST_LETTERS - 3)}…2023年度报告：未发现问题。"


def test_the_notice_has_it_too() -> None:
    assert outcome_to_notice(outcome_of()).summary == "澄湖县水务局2023年度报告：错误1处、提醒1处、供参考0处。"
