"""The pictures of cells: each shows its cell, framed, on paper and on a page that is turned, in a PDF and in a scan."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from parsers.model.errors import DocumentError
from parsers.notices.crops import (
    DPI,
    GAP,
    GREYS,
    MARGIN,
    MOST_HEIGHT,
    POINTS,
    pages_to_pictures,
    pdf_to_pictures,
    strip_of,
)
from parsers.notices.drawn import Order, Picture
from parsers.readers.pdf_view import page_to_view
from tests.parsers.notices.notice_world import figures_of, figures_to_order, pdf_of, to_mark

SCALE = DPI / POINTS


def frame_in(picture: Picture) -> tuple[float, float, float, float]:
    """The box inside the red frame, in points from the strip's upper left corner."""
    shown = Image.open(io.BytesIO(picture.png))
    red = shown.point([255 if level == GREYS else 0 for level in range(256)], "L").getbbox()
    assert red is not None
    left, top, right, bottom = (edge / SCALE for edge in red)
    return left + GAP, top + GAP, right - GAP, bottom - GAP


def read_again(data: bytes, order: Order, pictures: tuple[Picture, ...]) -> list[str]:
    """What PDFium reads on the page where each picture's frame is."""
    pdf = pypdfium2.PdfDocument(data)
    found = []
    for mark, picture in zip(order.marks, pictures, strict=True):
        page = pdf[mark.page - 1]
        across, down, *_ = strip_of(mark.box, *page.get_size())
        left, top, right, bottom = frame_in(picture)
        edges = page_to_view(page.raw).back((across + left, down + top, across + right, down + bottom))
        found.append(page.get_textpage().get_text_bounded(*edges).strip())
    pdf.close()
    return found


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_frame_of_every_picture_stands_around_its_figure(turn: int) -> None:
    data = pdf_of(turn=turn)
    figures = figures_of(data)[:: 4 if turn else 1]
    order = figures_to_order(figures)
    assert len(figures) > 40
    assert read_again(data, order, pdf_to_pictures(data, order)) == [figure.raw for figure in figures]


def ink_inside(picture: Picture) -> list[int]:
    """The shades inside the frame, well away from the cell's borders."""
    left, top, right, bottom = (round(edge * SCALE) for edge in frame_in(picture))
    return list(Image.open(io.BytesIO(picture.png)).crop((left + 8, top + 8, right - 8, bottom - 8)).tobytes())


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_shown_as_a_person_sees_it(turn: int) -> None:
    data = pdf_of(turn=turn)
    order = figures_to_order([next(figure for figure in figures_of(data) if len(figure.raw or "") > 2)])
    (picture,) = pdf_to_pictures(data, order)
    assert min(ink_inside(picture)) < 7


def test_a_scan_is_shown_like_the_pdf_that_was_scanned() -> None:
    data = pdf_of()
    figure = next(figure for figure in figures_of(data) if figure.place.page == 1 and len(figure.raw or "") > 2)
    order = figures_to_order([figure])
    page = pypdfium2.PdfDocument(data)[0].render(scale=200 / POINTS, grayscale=True).to_pil()
    buffer = io.BytesIO()
    page.save(buffer, "PNG", dpi=(200, 200))
    (scanned,), (printed,) = pages_to_pictures(buffer.getvalue(), order), pdf_to_pictures(data, order)
    assert [abs(a - b) < 1 for a, b in zip(frame_in(scanned), frame_in(printed), strict=True)] == [True] * 4
    assert (scanned.width, scanned.height) == pytest.approx((printed.width, printed.height), abs=1)


def test_the_same_bytes_give_the_same_pictures() -> None:
    order = figures_to_order(figures_of(pdf_of())[:5])
    assert pdf_to_pictures(pdf_of(), order) == pdf_to_pictures(pdf_of(), order)


def test_only_what_is_asked_for_is_shown() -> None:
    marks = figures_to_order(figures_of(pdf_of())[:3]).marks
    assert [p.number for p in pdf_to_pictures(pdf_of(), Order(marks=marks, pictured=(2,)))] == [2]


@pytest.mark.parametrize(
    ("box", "size", "strip"),
    [
        ((100, 300, 140, 312), (595, 842), (0, 300 - MARGIN, 595, 312 + MARGIN)),
        ((100, 0, 140, 10), (595, 842), (0, 0, 595, 2 * MARGIN)),
        ((100, 100, 140, 800), (595, 842), (0, 100 - MARGIN, 595, 100 - MARGIN + MOST_HEIGHT)),
        ((2000, 300, 2040, 312), (4000, 842), (1420, 300 - MARGIN, 2620, 312 + MARGIN)),
        ((-50, -50, 9000, 9000), (595, 842), (0, 0, 595, MOST_HEIGHT)),
        ((5, 5, 6, 6), (20, 20), (0, 0, 20, 20)),
    ],
)
def test_a_strip_lies_on_the_page_around_its_cell(
    box: tuple[float, float, float, float], size: tuple[float, float], strip: tuple[float, float, float, float]
) -> None:
    assert strip_of(box, *size) == strip


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing", pdf_of()[:400]])
def test_a_broken_pdf_is_refused_in_a_sentence(data: bytes) -> None:
    order = Order(marks=(to_mark(1, 1, (0, 0, 9, 9)),), pictured=(1,))
    with pytest.raises(DocumentError, match="原件的页面已损坏，无法绘出"):
        pdf_to_pictures(data, order)


def test_a_page_that_is_not_there_is_refused_in_a_sentence() -> None:
    order = Order(marks=(to_mark(1, 99, (0, 0, 9, 9)),), pictured=(1,))
    with pytest.raises(DocumentError, match="无法绘出"):
        pdf_to_pictures(pdf_of(), order)
