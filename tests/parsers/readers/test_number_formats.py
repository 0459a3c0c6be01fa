"""What a person sees of a number that a spreadsheet keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.readers.number_formats import number_to_shown, number_to_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (58.0, "58"),
        (24252.311081999999, "24252.311082"),
        (0.1 + 0.2, "0.3"),
        (1e-3, "0.001"),
        (1e20, "100000000000000000000"),
        (-3.0, "-3"),
        (-0.0, "0"),
    ],
)
def test_every_digit_that_was_typed_comes_out_and_no_other(number: float, text: str) -> None:
    assert number_to_text(number) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_what_was_typed_with_fifteen_digits_comes_out_as_that_number(typed: object) -> None:
    assert float(number_to_text(float(str(typed)))) == float(str(typed))


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (1234, "#,##0", "1234"),
        (0.5, "0%", "50%"),
        (0.285, "0.00%", "28.5%"),
        (45293, "yyyy-m-d", "2024年1月2日"),
        (45293, 'yyyy"年"m"月"d"日";@', "2024年1月2日"),
        (45293.5, "yyyy/m/d h:mm", "2024年1月2日 12:00:00"),
        (0.25, "h:mm:ss", "06:00:00"),
        (12, "General", "12"),
        (12, "G/通用格式", "12"),
        (12, '0"件"', "12"),
        (-3, "#,##0;[Red]-#,##0", "-3"),
        (5, "_-* #,##0_-;-* #,##0_-;_-@_-", "5"),
        (-5, "#,##0_);(#,##0)", "-5"),
        (1991.9999999999, "", "1992"),
        (1991.9999999999, "General", "1992"),
        (1991.9999999999, "0.00", "1992"),
        (-1992.0000000001, "#,##0", "-1992"),
        (1991.9999999999, "0.0000000000", "1991.9999999999"),
        (1991.99999, "General", "1991.99999"),
        (24252.311082, "0.00", "24252.311082"),
        (1e-12, "0", "0"),
    ],
)
def test_a_format_shows_the_number_in_its_own_way(number: float, code: str, shown: str) -> None:
    assert number_to_shown(number, code) == shown


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (58000, '0!.0,"万"'),
        (58000, "#,##0,"),
        (7, ";;;"),
        (7, '"无"'),
        (0, "0;-0;;@"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '),
        (5, '"1"0'),
        (5, "0\\0"),
        (5, '"减"0'),
        (5, "-0"),
        (-5, "0;0"),
        (12.6, "0"),
        (1e-12, "General"),
        (float("inf"), "0"),
        (float("nan"), ""),
    ],
)
def test_a_format_that_shows_another_number_than_is_kept_shows_none(number: float, code: str) -> None:
    assert number_to_shown(number, code) is None


@pytest.mark.parametrize("format_id", [14, 31, 57])
def test_a_built_in_date_is_a_day_even_without_a_code(format_id: int) -> None:
    assert number_to_shown(45293, "", format_id) == "2024年1月2日"


def test_a_date_beyond_all_calendars_stays_a_number() -> None:
    assert number_to_shown(9e9, "yyyy-m-d") == "9000000000"
