"""Text that nobody sees on the page is no part of the report, and is told."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from msgspec import UNSET
from reportlab.lib.colors import black, blue, white
from reportlab.pdfgen.canvas import Canvas

import parsers
from parsers.model.document import Cell, Document, Line, Table
from parsers.model.pictures import pages_without_text
from tests.hostile.pdf_file import one_page, stream

SEEN = "seen 12"


def drawn(draw: Callable[[Canvas], None]) -> Document:
    """A page with a line that is seen and whatever is drawn after it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(100, 700, SEEN)
    draw(canvas)
    canvas.save()
    return parsers.read(buffer.getvalue())


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(100, 600)
    text.setTextRenderMode(3)
    text.textLine("999")
    canvas.drawText(text)


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(100, 600, "999")


def off_the_page(canvas: Canvas) -> None:
    canvas.drawString(700, 600, "999")


def below_the_page(canvas: Canvas) -> None:
    canvas.drawString(100, -40, "999")


def too_small(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.8)
    canvas.drawString(100, 600, "999")


def under_a_patch(canvas: Canvas) -> None:
    canvas.drawString(100, 600, "999")
    canvas.setFillColor(white)
    canvas.rect(90, 595, 200, 20, fill=1, stroke=0)
    canvas.setFillColor(black)


@pytest.mark.parametrize("draw", [invisible, white_on_white, off_the_page, below_the_page, too_small, under_a_patch])
def test_text_that_nobody_sees_is_not_read_and_is_told(draw: Callable[[Canvas], None]) -> None:
    document = drawn(draw)
    assert lines(document) == [SEEN]
    assert [(p.code, "999" in p.message, p.place is not None) for p in document.problems] == [
        ("TEXT_HIDDEN", True, True)
    ]


def test_a_number_written_over_a_patch_is_read_alone() -> None:
    def draw(canvas: Canvas) -> None:
        under_a_patch(canvas)
        canvas.drawString(100, 600, "12")

    assert lines(drawn(draw)) == [SEEN, "12"]


def test_white_text_on_a_dark_ground_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(blue)
        canvas.rect(90, 590, 200, 40, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(100, 600, "head")

    document = drawn(draw)
    assert (lines(document), document.problems) == ([SEEN, "head"], ())


def test_two_numbers_at_one_place_are_told_and_make_no_number_of_either() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 600, "1234")
        canvas.drawString(102, 600, "5678")

    assert [problem.code for problem in drawn(draw).problems] == ["TEXT_OVER_TEXT"]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 600, "1234")
        canvas.drawString(100.4, 600, "1234")
        for i, letter in enumerate("5678"):
            canvas.drawString(100 + 7 * i, 500, letter)
            canvas.drawString(100.4 + 7 * i, 500, letter)

    document = drawn(draw)
    assert (lines(document), document.problems) == ([SEEN, "1234", "5678"], ())


def test_a_report_of_which_nobody_sees_a_letter_is_a_scan() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    invisible(canvas)
    canvas.save()
    assert pages_without_text(parsers.read_written(buffer.getvalue())) == (1,)


CELL = (160.0, 600.0, 220.0, 630.0)
"""Left, bottom, right, top of the cell of a figure."""


def table_with(annotation: str, look: str, flags: int = 4) -> Cell:
    """The cell of a figure in a ruled table, on which an annotation lies."""
    rules = "".join(f"{x} 570 m {x} 630 l S {100} {y} m 220 {y} l S " for x in (100, 160, 220) for y in (570, 600, 630))
    words = "".join(
        f"BT /F 10 Tf {x} {y} Td ({word}) Tj ET "
        for x, y, word in ((105, 610, "case"), (175, 610, "12"), (105, 580, "sum"), (175, 580, "15"))
    )
    left, bottom, right, top = CELL
    form = f"/Type/XObject/Subtype/Form/BBox[{left} {bottom} {right} {top}]/Resources<</Font<</F 5 0 R>>>>".encode()
    place = f"{left - 30} {bottom - 5} {right} {top}"
    note = f"<</Type/Annot/Subtype/{annotation}/Rect[{place}]/F {flags}/AP<</N 11 0 R>>>>"
    data = one_page(
        (rules + words).encode(), {10: note.encode(), 11: stream(look.encode(), form)}, more=b"/Annots[10 0 R]"
    )
    table = next(block for block in parsers.read(data).blocks if isinstance(block, Table))
    return next(cell for row in table.rows for cell in row.cells if "12" in cell.text)


@pytest.mark.parametrize("annotation", ["FreeText", "Stamp", "Square"])
@pytest.mark.parametrize("look", ["BT /F 10 Tf 175 610 Td (99) Tj ET", "1 g 165 605 40 20 re f"])
def test_a_figure_on_which_an_annotation_lies_is_in_doubt(annotation: str, look: str) -> None:
    assert table_with(annotation, look).doubt is True


def test_a_figure_that_is_only_framed_is_in_no_doubt() -> None:
    assert table_with("Stamp", "1 0 0 RG 162 602 56 26 re S").doubt is UNSET


def test_a_figure_under_an_annotation_that_is_not_shown_is_in_no_doubt() -> None:
    assert table_with("Stamp", "1 g 165 605 40 20 re f", 2).doubt is UNSET
