"""Ways to cut glued digits: what is found, what is not tried, and that nothing takes long."""

from __future__ import annotations

import pytest

from parsers.tables.splits import GluedText, Sum, TooManySplitsError, count_splits, text_to_splits, text_to_spots
from parsers.text.numerals import Unit

THREE = (Unit.COUNT,) * 3
SUM = (Sum(total=2, parts=(0, 1)),)


def numbers(text: str, *, has_blanks: bool = False) -> list[tuple[object, ...]]:
    return [split.numbers for split in text_to_splits(GluedText(text=text, has_blanks=has_blanks), THREE, SUM)]


def test_a_row_is_cut_in_every_way_in_which_its_sum_holds() -> None:
    assert numbers("11213") == [(11, 2, 13), (1, 12, 13)]


def test_a_cell_has_no_leading_zero() -> None:
    assert numbers("10010") == [(10, 0, 10)]
    assert numbers("0101") == []


def test_digits_as_many_as_cells_may_be_fewer_numbers_where_cells_may_be_blank() -> None:
    assert count_splits(GluedText(text="135"), THREE) == 1
    assert count_splits(GluedText(text="135", has_blanks=True), THREE) > 1


def test_a_border_that_is_left_is_kept() -> None:
    assert count_splits(GluedText(text="1234", borders=(2,)), THREE) == 2


def test_the_spots_of_a_cell_are_what_it_is_in_any_way() -> None:
    spots = text_to_spots(GluedText(text="1234"), THREE, ())
    assert [{spot.number for spot in cell} for cell in spots] == [{1, 12}, {2, 23, 3}, {34, 4}]


def test_more_ways_than_are_compared_are_said_to_be_too_many() -> None:
    with pytest.raises(TooManySplitsError):
        text_to_splits(GluedText(text="1" * 40), (Unit.COUNT,) * 15, ())


def test_cells_are_told_where_the_ways_are_too_many_to_be_compared() -> None:
    spots = text_to_spots(GluedText(text="1" * 40), (Unit.COUNT,) * 15, ())
    assert all(len({spot.number for spot in cell}) > 1 for cell in spots)


def test_more_digits_than_the_cells_can_hold_are_not_tried() -> None:
    assert text_to_spots(GluedText(text="1" * 100_000), THREE, SUM) == ()
