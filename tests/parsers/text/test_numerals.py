"""What stands in a cell: the table of DESIGN 5.1, row by row, and properties over all numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model.report import Number, Status
from parsers.text.numerals import Unit, digits_to_number, is_value, raw_to_reading

COUNT, CHANGE, WAN, MONEY = Unit.COUNT, Unit.CHANGE, Unit.WAN_YUAN, Unit.MONEY

ROWS: tuple[tuple[str, Unit, Status, Number | None, Number | None], ...] = (
    ("58", COUNT, Status.NUMBER, 58, None),
    ("５８", COUNT, Status.NUMBER, 58, None),
    ("1,234", COUNT, Status.NUMBER, 1234, None),
    ("1，234", COUNT, Status.NUMBER, 1234, None),
    (" 58 ", COUNT, Status.NUMBER, 58, None),
    ("\xa058\u3000", COUNT, Status.NUMBER, 58, None),
    ("58件", COUNT, Status.NUMBER, 58, None),
    ("12.5万元", WAN, Status.NUMBER, Decimal("12.5"), None),
    ("24252.311082", WAN, Status.NUMBER, Decimal("24252.311082"), None),
    ("0.00", WAN, Status.NUMBER, Decimal("0.00"), None),
    ("减3", CHANGE, Status.NUMBER, -3, None),
    ("-18", CHANGE, Status.NUMBER, -18, None),
    ("－18", CHANGE, Status.NUMBER, -18, None),
    ("增3", CHANGE, Status.NUMBER, 3, None),
    ("+3", CHANGE, Status.NUMBER, 3, None),
    ("", COUNT, Status.BLANK, None, 0),
    ("\xa0", COUNT, Status.BLANK, None, 0),
    ("\t \u3000", COUNT, Status.BLANK, None, 0),
    ("无", COUNT, Status.NON_NUMERIC, None, 0),
    ("/", COUNT, Status.NON_NUMERIC, None, 0),
    ("／", COUNT, Status.NON_NUMERIC, None, 0),
    ("—", COUNT, Status.NON_NUMERIC, None, 0),
    ("－", COUNT, Status.NON_NUMERIC, None, 0),
    ("零", COUNT, Status.NON_NUMERIC, None, 0),
    ("〇", COUNT, Status.NON_NUMERIC, None, 0),
    ("251000元", WAN, Status.NON_NUMERIC, None, Decimal("25.1")),
    ("22（其中修订16件）", COUNT, Status.NON_NUMERIC, None, 22),
    ("-3", COUNT, Status.NUMBER, -3, None),
    ("12.5万元", COUNT, Status.NON_NUMERIC, None, None),
    ("58件", WAN, Status.NON_NUMERIC, None, None),
    ("详见附件", COUNT, Status.NON_NUMERIC, None, None),
    ("1,23", COUNT, Status.NON_NUMERIC, None, None),
    ("1 234", COUNT, Status.NUMBER, 1234, None),
    ("1 2", COUNT, Status.UNREADABLE, None, None),
    ("718 1198", COUNT, Status.UNREADABLE, None, None),
    ("12\n3", COUNT, Status.NUMBER, 123, None),
    ("0\n0", COUNT, Status.UNREADABLE, None, None),
    ("012", COUNT, Status.UNREADABLE, None, None),
    ("22①", COUNT, Status.UNREADABLE, None, None),
    ("3²", COUNT, Status.UNREADABLE, None, None),
    ("3⁽²⁾", COUNT, Status.UNREADABLE, None, None),
    ("3₋", COUNT, Status.UNREADABLE, None, None),
)


@pytest.mark.parametrize(("raw", "unit", "status", "value", "suggested"), ROWS)
def test_a_cell_is_read_as_filed(
    raw: str, unit: Unit, status: Status, value: Number | None, suggested: Number | None
) -> None:
    assert raw_to_reading(raw, unit) == (status, value, suggested)


@given(st.integers(0, 10**12))
def test_every_whole_number_comes_back_however_it_is_written(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for raw in (str(number), f"{number:,}", wide, f" {number}件"):
        assert raw_to_reading(raw, COUNT) == (Status.NUMBER, number, None)


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_every_digit_of_an_amount_stays(amount: Decimal) -> None:
    value = raw_to_reading(f"{amount:,}", WAN)[1]
    assert str(value) == str(amount)


@given(st.integers(-999, 999))
def test_a_change_keeps_its_sign(number: int) -> None:
    written = f"减{-number}" if number < 0 else f"增{number}"
    assert raw_to_reading(written, CHANGE)[1] == number


@given(st.text(max_size=12))
def test_nothing_but_a_number_has_a_value(raw: str) -> None:
    status, value, _ = raw_to_reading(raw, COUNT)
    assert (value is not None) == (status is Status.NUMBER)


@pytest.mark.parametrize(
    "raw", ["0", "1,234", "无", "／", "-3", "12.5", "3件", "22（其中修订16件）", "251000元", "1260.35万元"]
)
def test_what_may_stand_in_a_cell(raw: str) -> None:
    assert is_value(raw)


@pytest.mark.parametrize("raw", ["一", "1.", "1.其他", "规章", "（七）总计", "3.其他", "2、", "共计", ""])
def test_what_is_a_label_and_no_value(raw: str) -> None:
    assert not is_value(raw)


def test_digits_after_the_point_are_kept() -> None:
    assert (digits_to_number("1,234"), str(digits_to_number("12.50"))) == (1234, "12.50")


@pytest.mark.parametrize("raw", ["1\ufffd", "\ufffd2", "1\ufffd2", "\ufffd"])
def test_a_cell_with_a_broken_character_is_unreadable_and_no_label(raw: str) -> None:
    assert raw_to_reading(raw, Unit.COUNT) == (Status.UNREADABLE, None, None)
    assert is_value(raw)
