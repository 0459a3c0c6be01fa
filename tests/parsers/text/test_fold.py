"""Folding: what may differ between two prints of one label, and what may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.fold import distance, edits_allowed, to_label, to_plain


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("（三） 不予公开", "(三)不予公开"),
        ("3.危及“三安全一稳定”", '３．危及"三安全一稳定"'),
        ("商业\n企业", "商业企业"),
        ("总\u3000计\xa0", "总计"),
        ("〔2021〕", "[2021]"),
        ("⾏政许可", "行政许可"),
        ("规\u200b章", "规章"),
        ("信访、举报", "信访，举报"),
    ],
)
def test_prints_of_one_label_fold_to_the_same(left: str, right: str) -> None:
    assert to_label(left) == to_label(right)


def test_different_labels_stay_different() -> None:
    assert to_label("1.其他") != to_label("3.其他")


PRINTED = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.sampled_from("「」“”‘’〔〕【】、，。：；·—…⾏⾯⺠⻚　\xa0\t\n\u200b"),
    )
)
"""What a Chinese report is printed with; combining marks, which may change places, are not."""


@given(PRINTED)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = to_label(text)
    assert to_label(once) == once


@given(st.text(max_size=40))
def test_a_folded_label_holds_no_white_space(text: str) -> None:
    assert to_label(text).split() in ([], [to_label(text)])


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ac", 1), ("abc", "xyz", 3), ("", "abc", 3), ("", "ab", 2)],
)
def test_distance_counts_edits_up_to_a_limit(left: str, right: str, edits: int) -> None:
    assert distance(left, right, 2) == edits


@given(st.text("甲乙丙", max_size=6), st.text("甲乙丙", max_size=6))
def test_distance_does_not_care_for_order(left: str, right: str) -> None:
    assert distance(left, right, 3) == distance(right, left, 3)


@pytest.mark.parametrize(("label", "edits"), [("规章", 0), ("本年废止件数", 1), ("第二十条第一项信息内容表", 2)])
def test_longer_labels_may_have_more_slips(label: str, edits: int) -> None:
    assert edits_allowed(label) == edits


def test_plain_text_keeps_spaces_and_punctuation() -> None:
    assert to_plain("Ａ１ ，。") == "A1 ,。"


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("行政（xíng zhèng）复议", "行政复议"),
        ("公开(gōngkāi)数量（shùliàng）", "公开数量"),
        ("政府信息公開與申請數量", "政府信息公开与申请数量"),
        ("行\ufffd\ufffd复议", "行\ufffd复议"),
        ("（一）予以公开", "(一)予以公开"),
        ("(xxgk)数量", "(xxgk)数量"),
    ],
)
def test_pinyin_and_traditional_characters_make_no_other_label(printed: str, label: str) -> None:
    assert to_label(printed) == label
