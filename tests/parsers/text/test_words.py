"""Texts fall into words; what is left over belongs to none."""

from __future__ import annotations

import pytest

from parsers.text.words import common_words, count_orphans


@pytest.mark.parametrize(
    ("text", "orphans"),
    [("注重行政决策", 0), ("基础设施建设", 0), ("基础施建设", 1), ("政府的工作", 0), ("属于过程性性信息", 2), ("", 0)],
)
def test_characters_of_no_word_are_counted(text: str, orphans: int) -> None:
    assert count_orphans(text, 0, len(text)) == orphans


def test_only_the_middle_is_counted_and_words_may_reach_over_its_ends() -> None:
    assert count_orphans("注重行政决策", 1, 6) == 0
    assert count_orphans("施注重", 1, 3) == 0


@pytest.mark.parametrize("word", ["政府", "公开", "办公厅"])
def test_common_words_are_known(word: str) -> None:
    assert common_words().knows(word)


@pytest.mark.parametrize("text", ["础施", "府信", "施建"])
def test_what_is_no_word_is_not_known(text: str) -> None:
    assert not common_words().knows(text)
