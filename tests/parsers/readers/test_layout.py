"""A page's ink to lines and tables: written by hand, without any library."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from parsers.model.document import Line, Table
from parsers.readers.ink import Characters, Ink
from parsers.readers.layout import ink_to_blocks, turn_box
from tests.parsers.readers.test_grid import Made, grids


def page(*words: tuple[str, float, float], size: float = 10.0) -> Ink:
    """Each word's letters one size wide, from its left edge, on its baseline."""
    ink = Ink(page=3, width=600, height=800)
    for text, left, base in words:
        put(ink.characters, text, (left, base), size)
    return ink


def put(characters: Characters, text: str, at: tuple[float, float], size: float, *, down: bool = False) -> None:
    for i, letter in enumerate(text):
        characters.text.append(letter)
        characters.left.append(at[0] if down else at[0] + i * size)
        characters.right.append(characters.left[-1] + size)
        characters.base.append(at[1] + i * size if down else at[1])
        characters.size.append(size)


def ruled(ink: Ink, xs: list[float], ys: list[float]) -> Ink:
    ink.across += [(y, xs[0], xs[-1]) for y in ys]
    ink.down += [(x, ys[0], ys[-1]) for x in xs]
    return ink


def texts(ink: Ink) -> list[object]:
    """Lines as text, tables as rows of texts."""
    return [
        block.text if isinstance(block, Line) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in ink_to_blocks(ink).blocks
    ]


def test_lines_come_from_top_to_bottom_and_words_apart_keep_a_space() -> None:
    assert texts(page(("下", 50, 200), ("左", 50, 100), ("右", 90, 100), ("边", 100, 100))) == ["左 右边", "下"]


def test_a_table_takes_its_text_out_of_the_lines_and_stands_between_them() -> None:
    ink = ruled(page(("上", 50, 40), ("甲", 55, 115), ("1", 155, 115), ("下", 50, 300)), [50, 150, 250], [100, 120])
    assert texts(ink) == ["上", [["甲", "1"]], "下"]


def test_a_number_above_its_wrapped_label_stays_in_its_own_cell() -> None:
    ink = ruled(page(("甲乙丙", 55, 115), ("丁", 55, 130), ("12", 155, 122)), [50, 150, 250], [100, 140])
    assert texts(ink) == [[["甲乙丙\n丁", "12"]]]


def test_letters_under_each_other_in_a_cell_are_one_word_in_the_order_of_printing() -> None:
    ink = ruled(page(("1", 155, 115), ("2", 155, 175)), [50, 150, 250], [100, 200])
    put(ink.characters, "年度办理", (60, 120), 10, down=True)
    assert texts(ink)[0] == [["年度办理", "1\n2"]]


def test_a_label_on_its_side_that_runs_upwards_is_read_upwards() -> None:
    ink = ruled(page(("1", 155, 115)), [50, 150, 250], [100, 200])
    for i, letter in enumerate("年度办理"):
        put(ink.characters, letter, (60, 180 - 10 * i), 10)
    assert texts(ink)[0] == [["年度办理", "1"]]


def test_a_box_inside_a_cell_does_not_take_its_text_away() -> None:
    ink = ruled(page(("甲", 55, 115), ("1", 156, 115)), [50, 150, 250], [100, 130])
    ruled(ink, [154, 169], [105, 118])
    assert texts(ink) == [[["甲", "1"]]]


def test_a_table_in_a_frame_is_read_with_the_prose_around_it() -> None:
    ink = ruled(page(("前", 60, 60), ("甲", 85, 115), ("1", 155, 115), ("后", 60, 300)), [40, 400], [40, 500])
    ruled(ink, [80, 150, 250], [100, 120])
    assert texts(ink) == ["前", [["甲", "1"]], "后"]


def test_cells_that_are_filled_and_not_ruled_make_a_table() -> None:
    ink = page(("甲", 55, 115), ("1", 155, 115))
    ink.areas = [(50, 100, 149.5, 120), (150, 100, 250, 120)]
    assert texts(ink) == [[["甲", "1"]]]


def test_the_grounds_of_paragraphs_are_no_table_and_cut_no_line() -> None:
    ink = page(("一行文字", 62, 115), ("又一行", 62, 135))
    ink.areas = [(60, 100, 98, 120), (60, 120, 98, 140)]
    assert texts(ink) == ["一行文字", "又一行"]


def test_a_number_that_runs_over_its_rule_is_one_number_and_is_told() -> None:
    ink = ruled(page(("甲", 55, 115), ("12345", 112, 115), ("7", 200, 115)), [50, 110, 155, 250], [100, 120])
    assert texts(ink) == [[["甲", "12345", "7"]]]
    assert [problem.code for problem in ink_to_blocks(ink).problems] == ["TEXT_OVER_RULE"]


def test_every_cell_has_page_box_and_path() -> None:
    (block,) = ink_to_blocks(ruled(page(("甲", 55, 115), ("1", 155, 115)), [50, 150, 250], [100, 120])).blocks
    assert isinstance(block, Table)
    assert [(c.place.page, c.place.box, c.place.path) for c in block.rows[0].cells] == [
        (3, (50, 100, 150, 120), "table 1, row 1, column 1"),
        (3, (150, 100, 250, 120), "table 1, row 1, column 2"),
    ]


@pytest.mark.parametrize(("quarters", "expected"), [(0, (1, 2, 3, 5)), (1, (95, 1, 98, 3)), (4, (1, 2, 3, 5))])
def test_a_box_turns_with_its_sheet(quarters: int, expected: tuple[float, float, float, float]) -> None:
    assert turn_box((1, 2, 3, 5), (60, 100), quarters) == expected


def test_a_page_of_no_table_and_too_many_rules_is_told_and_its_text_is_read() -> None:
    ink = page(("甲", 55, 115))
    ink.across = [(5.0 * i, 0.0, 100.0) for i in range(5000)]
    assert texts(ink) == ["甲"]
    assert [problem.code for problem in ink_to_blocks(ink).problems] == ["LIMIT_RULES"]


@settings(max_examples=60, deadline=None)
@given(grids())
def test_each_cell_of_a_random_table_gets_its_own_text(made: Made) -> None:
    ink = Ink(page=1, width=900, height=900)
    ink.across, ink.down = made.rules()
    letters = [chr(0x4E00 + i) for i in range(len(made.cells))]
    for letter, cell in zip(letters, made.cells, strict=True):
        put(ink.characters, letter, (made.xs[cell.left] + 2, made.ys[cell.bottom] - 2), 5)
    blocks = ink_to_blocks(ink).blocks
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    found = {(c.text, c.column, c.column_span, c.row_span) for row in rows for c in row.cells}
    lone = {block.text for block in blocks if isinstance(block, Line)}
    expected = {
        (letter, cell.left, cell.right - cell.left, cell.bottom - cell.top)
        for letter, cell in zip(letters, made.cells, strict=True)
        if letter not in lone
    }
    assert found == expected
