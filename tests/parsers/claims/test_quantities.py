"""Numbers with their units, in every way that prose writes them; what has no unit that counts is no quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.claims.quantities import is_within, text_to_quantities
from parsers.model.report import Number, Precision

EXACT, ABOUT, AT_LEAST = Precision.EXACT, Precision.ABOUT, Precision.AT_LEAST


@pytest.mark.parametrize(
    ("text", "value", "unit", "precision"),
    [
        ("收到申请七件", 7, "件", EXACT),
        ("收到申请十二件", 12, "件", EXACT),
        ("收到申请两件", 2, "件", EXACT),
        ("信息1,234条", 1234, "条", EXACT),
        ("信息18万余条", 180_000, "条", AT_LEAST),
        ("信息1.17万条", 11_700, "条", EXACT),
        ("信息近5000条", 5000, "条", ABOUT),
        ("信息100条左右", 100, "条", ABOUT),
        ("信息180多条", 180, "条", AT_LEAST),
        ("申请15件次", 15, "件次", EXACT),
        ("占86.92%", Decimal("86.92"), "%", EXACT),
        ("收费12.5万元", 125_000, "元", EXACT),
        ("申请数量为2，", 2, "", EXACT),
        ("诉讼3起", 3, "起", EXACT),
    ],
)
def test_a_number_and_its_unit(text: str, value: Number, unit: str, precision: Precision) -> None:
    (found,) = text_to_quantities(text.replace("，", ","))
    assert (found.value, found.unit, found.precision) == (value, unit, precision)


@pytest.mark.parametrize(
    "text",
    [
        "第二十条第(五)项",
        "国务院令第711号",
        "〔2021〕30号",
        "20个工作日内",
        "3个月",
        "一起学习",
        "高效办成一件事",
        "2023年12月31日",
        "逐一件件落实",
        "三审三校",
        "每一件都答复",
        "1 2件",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert text_to_quantities(text) == ()


@given(st.integers(0, 10**7))
def test_any_number_before_a_unit_is_read_as_it_is_written(number: int) -> None:
    (found,) = text_to_quantities(f"收到申请{number}件")
    assert (found.value, found.precision) == (number, EXACT)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_exact_number_is_right_for_itself_alone(said: int, filed: int) -> None:
    assert is_within(said, EXACT, filed) == (said == filed)


@given(st.integers(1, 10**6))
def test_so_many_and_more_is_never_fewer(said: int) -> None:
    assert is_within(said, AT_LEAST, said)
    assert not is_within(said, AT_LEAST, said - 1)
    assert not is_within(said, AT_LEAST, 2 * said + 1)
