"""PDF and OFD: what is raised, struck or drawn is no part of a number, and no blank of the agency's."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image
from reportlab.lib.colors import black, lightgrey, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import parsers
from parsers.model.document import Place
from parsers.model.report import Figure, Report, Status
from tests.make.pens import thin
from workers.corpus.figures import seeded
from workers.corpus.pdf import HEIGHT, SMALL, Pen, solid, to_pdf
from workers.corpus.sheet import Changes, Sheet, to_sheet

CELL = ("requests", "new_received", "total")
UNREADABLE, NUMBER, BLANK = (Status.UNREADABLE, None), (Status.NUMBER, 12), (Status.BLANK, None)
Draw = Callable[[Canvas, float, float, float, float], None]


def with_cell(text: str) -> Sheet:
    return to_sheet("2021", seeded("2021", 1), Changes(cells={CELL: text}))


@cache
def place_of(text: str, pen: Pen) -> Place:
    return figure_in(parsers.classify(parsers.read(to_pdf(with_cell(text), pen=pen)))).place


def report_of(text: str, draw: Draw, pen: Pen = solid) -> Report:
    """As the first reader reads it."""
    return parsers.classify(parsers.read(pdf_of(text, draw, pen)))


def pdf_of(text: str, draw: Draw, pen: Pen = solid) -> bytes:
    """A report in whose cell this text stands and this is drawn: left, bottom, width, height of the cell."""
    place = place_of(text, pen)
    box = place.box
    assert box is not None

    def both(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
        pen(canvas, left, bottom, width, height)
        is_here = abs(left - box[0]) < 1 and abs(HEIGHT - bottom - height - box[1]) < 1
        if is_here and canvas.getPageNumber() == place.page:
            canvas.saveState()
            draw(canvas, left, bottom, width, height)
            canvas.restoreState()

    return to_pdf(with_cell(text), pen=both)


def figure_in(report: Report) -> Figure:
    return report.tables[CELL[0]][CELL[1]][CELL[2]]


def nothing(_canvas: Canvas, _left: float, _bottom: float, _width: float, _height: float) -> None:
    """The cell as it is."""


def mark(text: str, size: float, rise: float, shift: float = 0.0) -> Draw:
    """Right behind 12, in another size and so far above its line."""

    def draw(canvas: Canvas, left: float, bottom: float, _width: float, height: float) -> None:
        canvas.setFont("STSong-Light", size)
        base = bottom + height / 2 + SMALL * 1.35 / 2 - SMALL
        canvas.drawString(left + 2 + 2 * SMALL / 2 + shift, base + rise, text)

    return draw


def across(at: float, *, wide: float = 10.0, thick: float = 0.0) -> Draw:
    """A line at a share of the letters' size over their baseline."""

    def draw(canvas: Canvas, left: float, bottom: float, _width: float, height: float) -> None:
        y = bottom + height / 2 + SMALL * 1.35 / 2 - SMALL + at * SMALL
        canvas.setStrokeColor(black)
        canvas.setFillColor(black)
        canvas.setLineWidth(0.5)
        if thick:
            canvas.rect(left + 1, y, wide, thick, stroke=0, fill=1)
        else:
            canvas.line(left + 1, y, left + 1 + wide, y)

    return draw


def across_the_cell(reach: float) -> Draw:
    """A line from border to border, or so much farther on both sides: it parts cells as a border does."""

    def draw(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
        y = bottom + height / 2 + SMALL * 1.35 / 2 - SMALL + 0.35 * SMALL
        canvas.line(left - reach, y, left + width, y)

    return draw


def picture(canvas: Canvas, left: float, bottom: float, _width: float, height: float) -> None:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "black").save(data, "PNG")
    canvas.drawImage(ImageReader(data), left + 4, bottom + 3, 6, height - 6)


def digit_of_curves(canvas: Canvas, left: float, bottom: float, _width: float, height: float) -> None:
    canvas.ellipse(left + 4, bottom + 3, left + 9, bottom + height - 3, stroke=0, fill=1)


def digit_of_a_polygon(canvas: Canvas, left: float, bottom: float, _width: float, height: float) -> None:
    path = canvas.beginPath()
    path.moveTo(left + 4, bottom + 3)
    for x, y in ((8, 3), (8, height - 3), (7, height - 3), (5, 5)):
        path.lineTo(left + x, bottom + y)
    path.close()
    canvas.drawPath(path, fill=1, stroke=0)


def slash(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.line(left + 1, bottom + 1, left + width - 1, bottom + height - 1)


def dash(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.line(left + width / 3, bottom + height / 2, left + width / 2, bottom + height / 2)


def one(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.rect(left + width / 2, bottom + 3.5, 1, height - 7, stroke=0, fill=1)


def field(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.acroForm.textfield(value="12", x=left + 1, y=bottom + 1, width=width - 2, height=height - 2, fontSize=6)


def unseen(canvas: Canvas, left: float, bottom: float, _width: float, _height: float) -> None:
    canvas.setFillColor(white)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(left + 3, bottom + 4, "12")


def shade(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.setFillColor(lightgrey)
    canvas.rect(left, bottom, width, height, stroke=0, fill=1)
    canvas.setFillColor(black)


def link(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.linkURL("https://example.cn", (left, bottom, left + width, bottom + height))


CASES = (
    ("as usual", "12", nothing, NUMBER),
    ("raised and small", "12", mark("3", 4.5, 2.8), UNREADABLE),
    ("raised beyond half", "12", mark("3", 4, 3.8), UNREADABLE),
    ("raised a little", "12", mark("3", 4.5, 1.2), UNREADABLE),
    ("raised and large", "12", mark("3", 7, 2.5), UNREADABLE),
    ("lowered", "12", mark("3", 4.5, -1.5), UNREADABLE),
    ("raised at a small distance", "12", mark("3", 4.5, 2.8, 1.5), UNREADABLE),
    ("raised brackets", "12", mark("(3)", 4.5, 2.8), UNREADABLE),
    ("struck by a stroke", "12", across(0.35), UNREADABLE),
    ("struck by a shape", "12", across(0.3, thick=0.6), UNREADABLE),
    ("struck in one digit", "12", across(0.35, wide=4.0), UNREADABLE),
    ("underlined", "12", across(-0.12), NUMBER),
    ("a picture", "", picture, UNREADABLE),
    ("curves", "", digit_of_curves, UNREADABLE),
    ("a polygon", "", digit_of_a_polygon, UNREADABLE),
    ("a slash", "", slash, UNREADABLE),
    ("a dash", "", dash, UNREADABLE),
    ("a stroke", "", one, UNREADABLE),
    ("a form's field", "", field, UNREADABLE),
    ("text that nobody sees", "", unseen, UNREADABLE),
    ("a ground", "", shade, BLANK),
    ("a link", "", link, BLANK),
    ("nothing", "", nothing, BLANK),
    ("a slash over it", "12", slash, UNREADABLE),
    ("a picture beside it", "12", lambda c, x, y, w, h: picture(c, x + 12, y, w, h), UNREADABLE),
    ("a ground under it", "12", shade, NUMBER),
)


@pytest.mark.parametrize(("_fact", "text", "draw", "found"), CASES, ids=[row[0] for row in CASES])
def test_what_is_drawn_in_a_cell_is_no_number_and_no_blank(
    _fact: str, text: str, draw: Draw, found: tuple[Status, int | None]
) -> None:
    report = report_of(text, draw)
    figure = figure_in(report)
    assert (figure.status, figure.value) == found
    others = [f.status for rows in report.tables.values() for row in rows.values() for f in row.values()]
    assert sum(status is Status.NUMBER for status in others) >= len(others) - 4


@pytest.mark.parametrize(("text", "draw", "found"), [("12", across(0.35), UNREADABLE), ("12", nothing, NUMBER),
                                                     ("", dash, UNREADABLE), ("", nothing, BLANK)])  # fmt: skip
def test_borders_that_are_thin_shapes_are_no_strokes_of_a_cell(
    text: str, draw: Draw, found: tuple[Status, int | None]
) -> None:
    figure = figure_in(report_of(text, draw, thin))
    assert (figure.status, figure.value) == found


def test_a_struck_number_is_told() -> None:
    report = report_of("12", across(0.35))
    assert [(p.code, "12" in p.message) for p in report.problems] == [("STRUCK_TEXT", True)]


def test_both_readers_together_give_no_struck_or_raised_number() -> None:
    for draw in (across(0.35), mark("3", 4.5, 2.8)):
        data = pdf_of("12", draw)
        assert figure_in(parsers.assess(data).report).value is None


@pytest.mark.parametrize("reach", [0.0, 200.0, 500.0])
def test_a_line_through_a_number_that_parts_its_cell_leaves_no_blank_cell(reach: float) -> None:
    row = report_of("12", across_the_cell(reach)).tables[CELL[0]][CELL[1]]
    assert row[CELL[2]].status is Status.UNREADABLE
    assert {figure.status for figure in row.values()} <= {Status.UNREADABLE, Status.NUMBER}
