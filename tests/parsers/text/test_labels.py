"""How well a printed label fits one of the form's."""

from __future__ import annotations

import pytest

from parsers.text.fold import to_label
from parsers.text.labels import Fit, fit, is_like, split_label

CASES = (
    ("1.属于国家秘密", "1.属于国家秘密", (), Fit.EXACT),
    ("属于国家秘密", "1.属于国家秘密", (), Fit.EXACT),
    ("国家秘密", "1.属于国家秘密", ("国家秘密",), Fit.VARIANT),
    ("5.属于三类内容事务信息", "5.属于三类内部事务信息", (), Fit.NEAR),
    ("本年度止件数", "本年废止件数", (), Fit.NEAR),
    ("2.没有现成信息需要", "2.没有现成信息需要另行制作", (), Fit.CUT),
    ("（二）部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (), Fit.EXACT),
    ("2.属于国家秘密", "1.属于国家秘密", (), Fit.NONE),
    ("规则", "规章", (), Fit.NONE),
    ("总计", "规章", (), Fit.NONE),
)


@pytest.mark.parametrize(("printed", "label", "variants", "grade"), CASES)
def test_grades(printed: str, label: str, variants: tuple[str, ...], grade: Fit) -> None:
    assert fit(to_label(printed), label, variants) is grade


@pytest.mark.parametrize(
    ("label", "number", "words"),
    [("(三)不予公开", "三", "不予公开"), ("1.其他", "1", "其他"), ("规章", "", "规章"), ("一,本年", "一", "本年")],
)
def test_a_number_is_told_from_its_words(label: str, number: str, words: str) -> None:
    split = split_label(label)
    assert (split.number, split.words) == (number, words)


def test_a_damaged_label_is_like_its_own_and_like_no_other() -> None:
    assert is_like("7.属亍行政执洁案卷", "7.属于行政执法案卷")
    assert not is_like("7.重复申请", "7.属于行政执法案卷")
