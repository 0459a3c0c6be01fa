"""Numbers written in characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.numerals import chinese_to_number

ONES = "零一二三四五六七八九"


def below_ten_thousand(number: int) -> str:
    """As it is written, without the numbers from 10 to 19 in their short form."""
    text = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if text and number // (place * 10) % 10 == 0 else "") + ONES[digit] + name
    return text


def written(number: int) -> str:
    high, low = divmod(number, 10_000)
    if not high:
        return below_ten_thousand(low) or "零"
    gap = "零" if low and low < 1000 else ""
    return below_ten_thousand(high) + "万" + gap + below_ten_thousand(low)


@given(st.integers(0, 10**8 - 1))
def test_a_number_that_is_written_out_is_read_back(number: int) -> None:
    assert chinese_to_number(written(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("两百", 200), ("两", 2), ("〇", 0), ("二〇二三", 2023), ("一亿", 10**8)],
)
def test_other_ways_of_writing_a_number(text: str, number: int) -> None:
    assert chinese_to_number(text) == number


@pytest.mark.parametrize("text", ["", "百", "万", "两千三", "一万二", "一百零", "一一", "零零", "十百", "三十百"])
def test_what_is_no_number_or_may_be_two_is_none(text: str) -> None:
    assert chinese_to_number(text) in (None, 0)


@given(st.text(alphabet="〇零一二两三四五六七八九十百千万亿", max_size=12))
def test_any_row_of_such_characters_is_a_number_or_none(text: str) -> None:
    found = chinese_to_number(text)
    assert found is None or found >= 0
