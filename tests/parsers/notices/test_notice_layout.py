"""How the facts of an item are told."""

from __future__ import annotations

import msgspec
import pytest

from parsers.notices.compose import outcome_to_notice
from parsers.notices.items import NoticeItem
from parsers.notices.layout import MOST_IN_COLUMN, MOST_QUOTED, item_to_facts, item_to_row, title_to_lines
from tests.parsers.notices.notice_world import outcome_of


def item_of(**changes: object) -> NoticeItem:
    return msgspec.structs.replace(outcome_to_notice(outcome_of()).errors[0], **changes)


@pytest.mark.parametrize(
    ("filed", "table", "told"),
    [
        ("99", "表三", "；填报：99；"),
        (" \n", "表三", "；填报：（空白）；"),
        ("本年度\n止件数", None, "；原文：本年度 止件数；"),
        ("长" * 500, None, f"；原文：{'长' * MOST_QUOTED}……；"),
    ],
)
def test_what_was_filed_is_quoted_as_far_as_it_helps(filed: str, table: str | None, told: str) -> None:
    assert told in item_to_facts(item_of(filed=filed, table=table))


def test_what_is_not_known_is_not_told() -> None:
    bare = item_of(filed=None, expected=None, suggestion=None)
    assert item_to_facts(bare) == f"位置：{bare.where}；依据：{bare.basis}。"
    assert item_to_row(bare)[2] == ("—",)


def test_in_a_column_less_is_quoted() -> None:
    assert item_to_row(item_of(filed="长" * 500, expected="短"))[2] == (f"{'长' * MOST_IN_COLUMN}……", "对照：短")


def test_the_request_and_the_suggestion_stand_in_the_last_column() -> None:
    assert item_to_row(item_of(suggestion="1091"))[-1] == ("请更正。", "建议填报：1091")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于甲局2023年政府信息公开工作年度报告核查情况的反馈", 2),
        ("另一种标题", 1),
    ],
)
def test_a_title_breaks_where_its_sense_does(title: str, lines: int) -> None:
    assert len(title_to_lines(title)) == lines
    assert "".join(title_to_lines(title)) == title
