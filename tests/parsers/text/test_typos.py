"""A typo is a near miss of a long office term that leaves a character which belongs to no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.typos import Typo, is_near, office_terms, text_to_typos

TERMS = office_terms()


def found(text: str) -> list[tuple[str, str]]:
    return [(typo.found, typo.expected) for typo in text_to_typos(text)]


@pytest.mark.parametrize(
    ("text", "typo"),
    [
        ("主动公开了2021年株洲市政基础施建设项目计划", ("市政基础施建设", "市政基础设施建设")),
        ("2件属于四类过程性性信息，", ("过程性性信息", "过程性信息")),
        ("完善了政府信公息开目录", ("政府信公息开", "政府信息公开")),
        ("作出行政处罚诀定17件", ("行政处罚诀定", "行政处罚决定")),
    ],
)
def test_a_character_lost_doubled_changed_or_swapped_inside_a_term_is_found(text: str, typo: tuple[str, str]) -> None:
    assert found(text) == [typo]


def test_terms_that_overlap_in_one_typo_tell_of_it_once() -> None:
    assert text_to_typos("市政基础施建设") == (
        Typo(start=0, end=7, found="市政基础施建设", expected="市政基础设施建设"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "注重行政决策事项",
        "政府信息公开的工作",
        "公布政府信息公告工作",
        "行政规范文件",
        "供给侧结构改革",
        "住房与城乡建设",
        "政府信息公開工作",
        "政府信息公1开工作",
        "政府信息公\ufffd工作",
        "财政预决算和部门预决算",
        "保障保障性住房供应",
    ],
)
def test_other_words_other_scripts_and_damage_are_no_typos(text: str) -> None:
    assert found(text) == []


def test_no_term_of_the_lexicon_is_a_typo_of_another() -> None:
    assert [(term, found(f"加强{term}，")) for term in TERMS if found(f"加强{term}，")] == []


@given(terms=st.lists(st.sampled_from(TERMS), min_size=2, max_size=6))
def test_terms_in_a_row_are_no_typos(terms: list[str]) -> None:
    assert found("和".join(terms)) == []


def test_terms_are_long_enough_to_have_few_neighbours() -> None:
    assert min(map(len, TERMS)) >= 5
    assert len(TERMS) >= 400


def test_most_lost_characters_are_found() -> None:
    lost = [(term, term[:i] + term[i + 1 :]) for term in TERMS for i in range(1, len(term) - 1)]
    seen = [expected for expected, text in lost if expected in [right for _, right in found(f"加强{text}，")]]
    assert len(seen) / len(lost) > 0.6


@given(text=st.text(alphabet="政府信息公开工作基础设施建行处罚决定的，\ufffd", max_size=60))
def test_what_is_found_stands_in_the_text_and_is_near_a_term(text: str) -> None:
    for typo in text_to_typos(text):
        assert text[typo.start : typo.end] == typo.found != typo.expected


@pytest.mark.parametrize(
    ("text", "near"), [("基础施建设", True), ("基础设施设建", True), ("基础设施建设", False), ("基础的施建", False)]
)
def test_one_edit_is_near(text: str, *, near: bool) -> None:
    assert is_near(text, "基础设施建设") is near
