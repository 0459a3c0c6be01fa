"""Drawn pictures: how a page leans, what its rules enclose, and what ink says against a figure that was read."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

pytestmark = pytest.mark.ocr

PAPER = 250


def page(width: int = 1654, height: int = 2339) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("L", (width, height), PAPER)
    return picture, ImageDraw.Draw(picture)


def pixels(picture: Image.Image) -> Any:
    import numpy as np

    return np.array(picture)


def table(columns: tuple[int, ...], rows: tuple[int, ...], gap: tuple[int, int] | None = None) -> Image.Image:
    """Rules at these positions; in the second vertical so many pixels may have faded."""
    picture, pen = page()
    for x in columns:
        pen.line((x, rows[0], x, rows[-1]), fill=10, width=3)
    for y in rows:
        pen.line((columns[0], y, columns[-1], y), fill=10, width=3)
    if gap:
        pen.line((columns[1], gap[0], columns[1], gap[1]), fill=PAPER, width=5)
    return picture


def figure(text: str, size: int = 20) -> tuple[Any, tuple[int, int, int, int], tuple[int, int, int, int]]:
    """A cell with a figure in it: its pixels, the box of the writing, the box of the cell."""
    picture, pen = page(400, 80)
    font = ImageFont.load_default(size)
    pen.text((60, 30), text, font=font, fill=10)
    left, top, right, bottom = map(round, pen.textbbox((60, 30), text, font=font))
    return pixels(picture), (left, top, right, bottom), (10, 10, 390, 70)


@pytest.mark.parametrize("skew", [-3.0, -0.7, 0.0, 0.3, 0.7, 4.5])
def test_the_skew_of_a_page_is_measured_to_a_twentieth_of_a_degree(skew: float) -> None:
    from parsers.readers.scanning.pose import skew_of

    leaning = table((200, 600, 1400), tuple(range(300, 1500, 60))).rotate(skew, fillcolor=PAPER)
    assert skew_of(pixels(leaning)) == pytest.approx(skew, abs=0.05)


def test_a_page_without_ink_has_no_skew() -> None:
    from parsers.readers.scanning.pose import skew_of

    assert skew_of(pixels(page()[0])) == 0.0


@pytest.mark.parametrize("gap", [None, (345, 357), (436, 446)])
def test_the_cells_of_a_table_are_what_its_rules_enclose_also_where_one_has_faded(gap: tuple[int, int] | None) -> None:
    from parsers.readers.scanning.ruling import page_to_sheet

    sheet = page_to_sheet(pixels(table((200, 600, 1400), (300, 400, 500), gap)))
    cells = sheet.tables[0].cells
    assert [(cell.row, cell.column) for cell in cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert sheet.tables[0].box == pytest.approx((200, 300, 1400, 500), abs=2)
    assert not sheet.ink.any()


def test_a_large_digit_that_stands_alone_is_no_rule() -> None:
    from parsers.readers.scanning.ruling import page_to_sheet

    picture, pen = page()
    pen.line((400, 400, 400, 470), fill=10, width=5)
    sheet = page_to_sheet(pixels(picture))
    assert (sheet.tables, bool(sheet.ink[420:450, 398:403].all())) == ((), True)


def test_a_cell_with_dust_is_blank_and_one_with_a_dash_is_not() -> None:
    from parsers.readers.scanning.marks import table_to_written
    from parsers.readers.scanning.ruling import page_to_sheet

    picture = table((200, 600, 1000, 1400), (300, 360))
    pen = ImageDraw.Draw(picture)
    pen.point((400, 330), fill=10)
    pen.line((780, 330, 795, 330), fill=10, width=2)
    sheet = page_to_sheet(pixels(picture))
    assert [len(written.lines) for written in table_to_written(sheet, sheet.tables[0])] == [0, 1, 0]


@pytest.mark.parametrize(
    ("printed", "read", "agrees"),
    [
        ("3195", "3195", True),
        ("1111", "1111", True),
        ("1260.35", "1260.35", True),
        ("-17", "-17", True),
        ("3195", "319", False),
        ("3195", "31955", False),
        ("31    95", "3195", False),
        ("12.34", "1234", False),
        ("1", "1", True),
        ("/", "1", False),
        ("//", "11", False),
        ("2.345", "2.345", False),
        ("2.345", "2,345", False),
    ],
)
def test_ink_bears_out_only_the_figure_that_stands_there(printed: str, read: str, agrees: bool) -> None:  # noqa: FBT001 - a row
    from parsers.readers.scanning.strokes import ink_agrees

    assert ink_agrees(*figure(printed), read) is agrees


def test_on_a_page_whose_words_are_hard_to_read_no_figure_and_no_blank_is_certain() -> None:
    from parsers.readers.scanning.cells import tables_to_cells
    from parsers.readers.scanning.engine import engine
    from parsers.readers.scanning.ruling import page_to_sheet

    picture = table((200, 600, 1000, 1400), (300, 360))
    pen = ImageDraw.Draw(picture)
    pen.text((220, 318), "12", font=ImageFont.load_default(24), fill=10)
    for x in range(620, 900, 9):
        pen.line((x, 320, x + (x * 7) % 13 - 6, 340), fill=10, width=2)
    sheet = page_to_sheet(pixels(picture))
    assert [cell.doubt for cell in tables_to_cells(sheet, engine())[0]] == [True, True, True]
