"""The annotated copy: frames on the right cells, numbers that can be read, and nothing else changed."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import parsers
from parsers.notices.annotate import BROKEN, GAP, LINE, LOCKED, PATCH, AnnotationError, annotate
from parsers.notices.drawn import Mark, Order
from parsers.readers.pdf_view import page_to_view
from tests.parsers.notices.notice_world import figures_of, figures_to_order, pdf_of, to_mark
from workers.corpus.pdf import to_pdf


def framed(data: bytes) -> Iterator[tuple[int, tuple[float, float, float, float], str]]:
    """Page, rectangle on the sheet as seen, and text of every annotation."""
    pdf = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pdf, 1):
        view = page_to_view(page.raw)
        for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
            edges = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(edges))
            words = (ctypes.c_ushort * 400)()
            size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", words, 800)
            text = bytes(words)[: size - 2].decode("utf-16-le")
            yield number, view.box((edges.left, edges.bottom, edges.right, edges.top)), text
            pdfium.FPDFPage_CloseAnnot(annotation)
    pdf.close()


def texts(data: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(data)
    found = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return found


def around(mark: Mark) -> tuple[float, float, float, float]:
    left, top, right, bottom = mark.box
    wide = PATCH / 2 * (1 + len(str(mark.number)))
    return left - GAP - wide - LINE, top - GAP - LINE, right + GAP + LINE, max(bottom + GAP, top - GAP + PATCH) + LINE


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_every_frame_stands_around_its_figure(turn: int) -> None:
    data = pdf_of(turn=turn)
    order = figures_to_order(figures_of(data)[:60:4])
    found = list(framed(annotate(data, order)))
    assert [(page, text) for page, _, text in found] == [(mark.page, mark.words) for mark in order.marks]
    for (_, rectangle, _), mark in zip(found, order.marks, strict=True):
        assert rectangle == pytest.approx(around(mark), abs=0.02)


def test_two_numbers_of_one_cell_stand_side_by_side() -> None:
    box = (200.0, 200.0, 240.0, 212.0)
    found = [
        r for _, r, _ in framed(annotate(pdf_of(), Order(marks=(to_mark(1, 1, box), to_mark(2, 1, box)), pictured=())))
    ]
    assert found[1][0] < found[0][0] - PATCH


def test_the_text_of_the_pages_stays_as_it_was() -> None:
    data = pdf_of()
    copy = annotate(data, figures_to_order(figures_of(data)[:9]))
    assert texts(copy) == texts(data)


def test_the_copy_is_read_as_the_original() -> None:
    data = pdf_of()
    copy = annotate(data, figures_to_order(figures_of(data)[:9]))
    assert parsers.read(copy).blocks == parsers.read(data).blocks


def test_the_frame_is_seen_on_the_page() -> None:
    data = pdf_of()
    (mark,) = figures_to_order(figures_of(data)[:1]).marks
    page = pypdfium2.PdfDocument(annotate(data, Order(marks=(mark,), pictured=())))[mark.page - 1]
    shown = page.render(scale=2).to_pil().convert("RGB")
    edge, middle = round((mark.box[2] + GAP) * 2), round(mark.box[1] + mark.box[3])
    red, green, _ = shown.getpixel((edge, middle))
    assert red > 150 > green


def test_the_same_bytes_give_the_same_copy() -> None:
    order = figures_to_order(figures_of(pdf_of())[:5])
    assert annotate(pdf_of(), order) == annotate(pdf_of(), order)


def test_a_pdf_without_identifier_gets_a_lasting_one() -> None:
    data = pdf_of()
    start = data.rindex(b"/ID")
    bare = data[:start] + b"%ID" + data[start + 3 :]
    order = figures_to_order(figures_of(data)[:1])
    assert annotate(bare, order) == annotate(bare, order)


def test_a_pdf_with_restrictions_is_left_alone() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("", ownerPassword="x", canModify=0))
    canvas.drawString(100, 100, "1")
    canvas.save()
    with pytest.raises(AnnotationError) as caught:
        annotate(buffer.getvalue(), Order(marks=(to_mark(1, 1, (0, 0, 9, 9)),), pictured=()))
    assert caught.value.remark == LOCKED


@pytest.mark.parametrize(("data", "remark"), [(to_pdf(("甲",), password="x"), LOCKED), (b"%PDF-1.4\n", BROKEN)])
def test_what_cannot_be_opened_is_told(data: bytes, remark: str) -> None:
    with pytest.raises(AnnotationError) as caught:
        annotate(data, Order(marks=(to_mark(1, 1, (0, 0, 9, 9)),), pictured=()))
    assert caught.value.remark == remark


def test_a_page_that_is_not_there_is_told() -> None:
    with pytest.raises(AnnotationError) as caught:
        annotate(pdf_of(), Order(marks=(to_mark(1, 99, (0, 0, 9, 9)),), pictured=()))
    assert caught.value.remark == BROKEN
