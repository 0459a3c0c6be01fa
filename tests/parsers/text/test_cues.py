"""Words by which prose shows what it speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.cues import (
    PARTS,
    hints_problem,
    is_foreign_script,
    tells_measure,
    tells_only_problems,
    tells_problem,
    to_prose,
)

ONLY_PROBLEMS = (
    "公开的时效性有待增强。",
    "业务能力仍需进一步提高，解读形式还不够丰富。",
    "公开渠道单一，群众知晓度偏低。",
    "没有把公开作为日常工作，程序不够规范。",
    "与上级要求相比还存在一定差距。",
    "解读的针对性有待加强。",
    "整体水平得到了有效提升，但人员力量薄弱。",
)

ONLY_MEASURES = (
    "一是加强组织领导，健全工作机制。",
    "下一步将按月发布水质数据。",
    "1.完善制度。2.组织培训。",
    "我局将坚持问题导向，及时回应群众关心的问题。",
    "今后按季通报更新情况。",
    "已配备专人，按月核对栏目。",
)

BOTH = (
    "信息更新不及时，下一步将安排专人负责。",
    "针对人员不足的情况，增加培训次数。",
    "栏目维护滞后；整改情况：已逐项更新。",
    "公开面窄、解读少。一是拓展内容，二是丰富形式。公开质量不高的情况将逐步改善。",
)

NEITHER = ("无。", "本年度不存在明显问题。", "主要问题：无。改进措施：无。", "政府信息公开工作运行正常。")


@pytest.mark.parametrize("text", ONLY_PROBLEMS)
def test_a_wish_is_a_problem_and_no_measure(text: str) -> None:
    assert (tells_problem(to_prose(text)), tells_measure(to_prose(text))) == (True, False)


@pytest.mark.parametrize("text", ONLY_MEASURES)
def test_a_measure_is_no_problem(text: str) -> None:
    assert (tells_problem(to_prose(text)), tells_measure(to_prose(text))) == (False, True)


@pytest.mark.parametrize("text", BOTH)
def test_both_are_seen_in_one_text(text: str) -> None:
    assert (tells_problem(to_prose(text)), tells_measure(to_prose(text))) == (True, True)


@pytest.mark.parametrize("text", NEITHER)
def test_nothing_is_seen_where_nothing_is_told(text: str) -> None:
    assert (tells_problem(to_prose(text)), tells_measure(to_prose(text))) == (False, False)


@pytest.mark.parametrize("text", ONLY_PROBLEMS)
def test_every_sentence_of_a_wish_ends_with_a_problem(text: str) -> None:
    assert tells_only_problems(text)


UNUSUAL = (
    "解读偏少的问题，我局利用宣传栏扩大宣传面。",
    "公开意识不强。拟于一季度前重新编制目录。",
    "人手紧张。通过购买服务方式缓解了压力。",
    "经验不足，我们向先进单位看齐，迎头赶上。",
    "栏目更新慢\n每周五补发信息\n解读形式单一，读者较少",
)
"""Measures told without any word that measures are usually told with."""


@pytest.mark.parametrize("text", UNUSUAL)
def test_a_sentence_that_ends_otherwise_may_tell_a_measure(text: str) -> None:
    assert not tells_only_problems(text)


def test_a_line_broken_by_the_edge_of_the_paper_goes_on() -> None:
    assert tells_only_problems("一是公开的时效性和规范性与上级的要求相比还\n有待增强；二是业务能力需进一步提高。")


@pytest.mark.parametrize("text", ["队伍不稳定。", "解读偏少。", "人手紧张。", "尚需磨合。", *ONLY_PROBLEMS])
def test_any_word_of_lack_hints_at_a_problem(text: str) -> None:
    assert hints_problem(to_prose(text))


@pytest.mark.parametrize("text", [*ONLY_MEASURES[:3], "不断减少审批环节，定期公开。", "以公开为常态、不公开为例外。"])
def test_words_of_order_hint_at_none(text: str) -> None:
    assert not hints_problem(to_prose(text))


def test_the_form_s_own_heading_tells_neither() -> None:
    prose = to_prose("五、存在的主要问题及改进情况")
    assert (tells_problem(prose), tells_measure(prose)) == (False, False)


def test_a_word_broken_over_two_lines_is_one_word() -> None:
    assert tells_measure(to_prose("下一\n 步将按月发布。"))


def test_traditional_characters_are_known_to_be_another_script() -> None:
    assert is_foreign_script("於時間上讓讀者從門開始學習")
    assert not is_foreign_script(to_prose("政府信息公开工作从门户网站开始。"))


@given(st.text(alphabet="的了在是和有为以及对于", max_size=60))
def test_words_without_meaning_belong_to_no_part(text: str) -> None:
    assert not any(pattern.search(to_prose(text)) for pattern in PARTS.values())
