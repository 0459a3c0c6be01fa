"""What PDFium does not tell of a whole PDF is asked of pdfminer where the bytes give cause, and only there."""

from __future__ import annotations

import subprocess
import sys

import pytest

import parsers
from parsers.readers.pdf_catalog import Catalog, data_to_catalog
from tests.hostile import pdf_bombs, pdf_lies
from tests.hostile.pdf_file import TEXT, one_page, stream

MOST = 2000
SHOWN = b"BT /F 12 Tf 100 600 Td (999) Tj ET"


def test_pages_beyond_the_count_are_found_packed_or_not() -> None:
    assert data_to_catalog(pdf_bombs.two_pages(), 1, MOST).pages == 2
    assert data_to_catalog(pdf_bombs.packed_pages(), 1, MOST).pages == 2


def test_pages_are_counted_no_further_than_asked() -> None:
    assert data_to_catalog(pdf_bombs.many_pages(50), 1, 10).pages == 11


@pytest.mark.parametrize("default", [b"/OFF[10 0 R]", b"/BaseState/OFF"])
def test_a_layer_that_is_off_is_named(default: bytes) -> None:
    assert data_to_catalog(pdf_lies.layered(default, b"", b""), 1, MOST) == Catalog(1, frozenset({"layer"}))


def test_a_layer_that_is_on_among_those_that_are_off_is_not_named() -> None:
    assert data_to_catalog(pdf_lies.layered(b"/BaseState/OFF/ON[10 0 R]", b"", b""), 1, MOST) == Catalog(1)


@pytest.mark.parametrize("group", [b"10 0 R", b"<</Type/OCMD/OCGs 10 0 R>>", b"<</Type/OCMD/OCGs[10 0 R]>>"])
def test_a_form_on_a_layer_that_is_off_is_found(group: bytes) -> None:
    form = {11: stream(SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/OC " + group)}
    data = pdf_lies.layered(b"/OFF[10 0 R]", b"/X Do", b"/XObject<</X 11 0 R>>", form)
    assert data_to_catalog(data, 1, MOST).has_form_off


def test_what_pdfminer_cannot_open_is_as_pdfium_sees_it() -> None:
    assert data_to_catalog(b"%PDF-1.7 /OCProperties rubbish", 3, MOST) == Catalog(3)


def test_a_report_gives_no_cause_to_load_pdfminer() -> None:
    code = "import sys, parsers; parsers.read(sys.stdin.buffer.read()); sys.exit('pdfminer' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], input=pdf_lies.report(), check=False)
    assert ran.returncode == 0


def picture(mask: bytes) -> bytes:
    """A white picture over a number, perhaps with a mask that lets it through."""
    look = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    objects = {10: stream(b"\xff", look + mask), 11: stream(b"\x00", look)}
    operators = TEXT + SHOWN + b" q 90 0 0 30 90 590 cm /X Do Q"
    return one_page(operators, objects, resources=b"/XObject<</X 10 0 R>>")


def test_a_picture_hides_what_it_was_drawn_over_unless_it_can_be_seen_through() -> None:
    assert [problem.code for problem in parsers.read(picture(b"")).problems] == ["TEXT_HIDDEN"]
    assert parsers.read(picture(b"/SMask 11 0 R")).problems == ()
