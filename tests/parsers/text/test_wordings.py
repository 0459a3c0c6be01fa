"""Wordings by pattern: what is advised is not what is found, and ordinary sentences hold none of them."""

from __future__ import annotations

import pytest

from parsers.text.wordings import lexicon, text_to_spellings, text_to_terms


@pytest.mark.parametrize(
    "text",
    [
        "收取政府信息公开信息处理费0元",
        "公开人大代表建议、政协委员提案8件",
        "收到依申请公开申请3件，依申请公开5件",
        "（二）依申请公开。",
        "国务院新闻办公室",
        "权力清单和责任清单",
        "在切身感受里，自己经历，重申情况，建立建全县网络，按排名公示，公安照常值班，来自已公开的目录",
        "报名截止日期，截止时间为12月31日",
        "信息公开开展情况、规范行文件数",
    ],
)
def test_ordinary_sentences_hold_none(text: str) -> None:
    assert (text_to_terms(text), text_to_spellings(text)) == ((), ())


def test_what_is_advised_is_right_itself() -> None:
    known = lexicon()
    advised = [wording.right for wording in (*known.terms, *known.spellings, *known.pairs)]
    assert [right for right in advised if text_to_terms(right) or text_to_spellings(right)] == []


def test_every_pair_changes_something() -> None:
    assert [pair.right for pair in lexicon().pairs if pair.seek == pair.right] == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("。二是申请公开。全年", "申请公开"),
        ("共收到依申请公开信息60件，", "依申请公开信息60件"),
        ("其中人大代表和政协委员提案79条", "人大代表和政协委员提案"),
        ("没有产生信息公开处理费", "信息公开处理费"),
    ],
)
def test_only_the_wording_itself_is_quoted(text: str, quote: str) -> None:
    assert [text[found.start : found.end] for found in text_to_terms(text)] == [quote]


@pytest.mark.parametrize(("text", "minor"), [("，截止目前共公开", True), ("工作布署", False)])
def test_a_slip_that_no_reader_stumbles_over_is_minor(text: str, *, minor: bool) -> None:
    assert [found.wording.minor for found in text_to_spellings(text)] == [minor]
