"""Prose in two columns is read down the left one, then down the right one."""

from __future__ import annotations

from tests.parsers.readers.test_layout import page, ruled, texts

LEFT, RIGHT = "左边一行文字在这里", "右边一行文字在那里"


def columns(top: float, count: int) -> list[tuple[str, float, float]]:
    return [(text, x, top + 15 * i) for i in range(count) for text, x in ((LEFT, 50.0), (RIGHT, 200.0))]


def test_two_columns_are_read_one_after_the_other() -> None:
    title = ("标题横贯两栏文字很长很长很长很长", 60.0, 70.0)
    assert texts(page(title, *columns(100, 7))) == [title[0], *[LEFT] * 7, *[RIGHT] * 7]


def test_a_column_may_end_earlier_than_its_neighbour() -> None:
    assert texts(page(*columns(100, 7), ("左边结束", 50, 205))) == [*[LEFT] * 7, "左边结束", *[RIGHT] * 7]


def test_few_lines_side_by_side_are_no_columns() -> None:
    assert texts(page(*columns(100, 3))) == [f"{LEFT} {RIGHT}"] * 3


def test_labels_with_numbers_beside_them_are_no_columns() -> None:
    words = [(text, x, 100.0 + 15 * i) for i in range(8) for text, x in ((LEFT, 50.0), (f"{i}", 200.0))]
    assert texts(page(*words)) == [f"{LEFT} {i}" for i in range(8)]


def test_a_table_between_columns_stays_between_them() -> None:
    ink = ruled(page(*columns(100, 6), ("甲", 55, 215), ("1", 155, 215), *columns(250, 6)), [50, 150, 350], [200, 220])
    assert texts(ink) == [*[LEFT] * 6, *[RIGHT] * 6, [["甲", "1"]], *[LEFT] * 6, *[RIGHT] * 6]
