"""Personal data of applicants are found, and shown masked only; the office's own numbers are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.persons import is_identity, text_to_persons


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证号11010519491231002X，", "110***************"),
        ("申请人手机13800138000", "138********"),
        ("申请人陈志伟向我局提出申请", "陈**"),
        ("信访人李某英、申请人刘晓要求公开", "刘*"),
    ],
)
def test_personal_data_are_shown_masked(text: str, masked: str) -> None:
    assert [person.masked for person in text_to_persons(text)] == [masked]


@pytest.mark.parametrize(
    "text",
    [
        "编号110105194912310021，流水号123456789012345678",
        "联系电话：13800138000",
        "如有疑问请与申请受理点联系，联系人：办公室，电话：13800138000",
        "申请人张某向我局申请，申请人向我局申请，申请人陈述申请理由，申请人谢绝要求",
        "申请人王××要求公开",
        "投诉举报电话12345",
        "群众可拨打13800138000反映",
        "方便申请人咨询，公布手机13800138000",
    ],
)
def test_numbers_of_offices_masked_names_and_words_are_none(text: str) -> None:
    assert text_to_persons(text) == ()


@pytest.mark.parametrize(("number", "valid"), [("11010519491231002X", True), ("110105194912310021", False)])
def test_the_last_character_checks_the_others(number: str, *, valid: bool) -> None:
    assert is_identity(number) is valid


@given(digits=st.text(alphabet="0123456789", min_size=17, max_size=17), sign=st.sampled_from("0123456789X"))
def test_nothing_but_the_first_three_signs_is_shown(digits: str, sign: str) -> None:
    for person in text_to_persons(f"申请人身份证{digits}{sign}。"):
        assert person.masked.strip("*") == (digits + sign)[:3]
