"""PDFs made to break a reader: none crashes it, none hangs it, each is read or refused."""

from __future__ import annotations

import io
import time
from contextlib import suppress

import pytest
from reportlab.pdfgen.canvas import Canvas

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json
from workers.corpus.figures import written
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import to_sheet

REPORT = to_pdf(to_sheet("2021", written("2021")))


def raw(content: str, box: str = "0 0 595 842", more: str = "") -> bytes:
    """A PDF of one page with this content, written by hand; readers mend the missing cross references."""
    stream = content.encode("latin-1")
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[" + box.encode() + b"]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        b"/XObject<</X 6 0 R>>>>" + more.encode() + b">>endobj\n"
        b"4 0 obj<</Length " + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>"
        b"stream\n/X Do\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>"
    )


TEXT = "BT /F 12 Tf 100 700 Td (report 12) Tj ET\n"

HOSTILE = (
    ("huge coordinates", TEXT + "1e30 1e30 m -1e30 1e30 l S 1e38 0 0 1e38 0 0 cm BT /F 9 Tf (far) Tj ET"),
    ("no numbers", TEXT + "nan inf m 5 5 l S 0 0 0 0 0 0 cm 1 1 m 9 9 l S BT /F 0 Tf (flat) Tj ET"),
    ("a form in itself", TEXT + "/X Do"),
    ("a letter of no size", TEXT + "BT /F 0.0001 Tf 100 600 Td (999) Tj ET"),
    (
        "thousands of strokes",
        TEXT + "".join(f"{i % 500} {i % 700} m {i % 500 + 90} {i % 700} l S\n" for i in range(30_000)),
    ),
    ("thousands of boxes", TEXT + "".join(f"{5 * (i % 100)} {7 * (i // 100)} 4 6 re S\n" for i in range(10_000))),
    (
        "one path of thousands",
        TEXT + "0 0 m " + " ".join(f"{i * 7 % 590} {i * 11 % 840} l" for i in range(60_000)) + " S",
    ),
    ("a saved state without end", TEXT + "q " * 20_000),
)


@pytest.mark.parametrize("content", [content for _, content in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_a_hostile_page_is_read_in_seconds_and_can_be_written(content: str) -> None:
    begin = time.monotonic()
    document = parsers.read(raw(content))
    assert time.monotonic() - begin < 5
    assert b"report 12" in value_to_json(document)


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 1e30 1e30", "-5 -5 -5 9", "nan 0 inf 9", "0 0 595"])
def test_a_page_of_impossible_size_is_read_or_refused(box: str) -> None:
    with suppress(DocumentError):
        document = parsers.read(raw(TEXT, box))
        assert isinstance(document, Document)
        value_to_json(document)


def test_a_report_cut_anywhere_is_read_or_refused() -> None:
    for end in range(100, len(REPORT), len(REPORT) // 40):
        with suppress(DocumentError):
            parsers.assess(REPORT[:end])


def test_more_pages_than_any_report_has_are_refused() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for _ in range(2001):
        canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentError) as refusal:
        parsers.read(buffer.getvalue())
    assert refusal.value.code == "TOO_MANY_PAGES"
