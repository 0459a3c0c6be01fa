"""The second reader: the same report by another library, the same refusals."""

from __future__ import annotations

import subprocess
import sys

import pytest

import parsers
from parsers.model.document import Document, Line, Table
from parsers.model.errors import DocumentError
from parsers.model.source import Kind, Source
from parsers.readers import pdf_second
from workers.corpus.figures import seeded
from workers.corpus.pdf import scan, to_pdf
from workers.corpus.sheet import to_sheet

PDF = to_pdf(to_sheet("2021", seeded("2021", 11)), start=150)


def read(data: bytes) -> Document:
    return pdf_second.read(data, Source(sha256="0" * 64, kind=Kind.PDF, bytes=len(data)))


def cells(document: Document) -> list[tuple[int | None, str]]:
    return [
        (cell.place.page, cell.text.replace("\n", ""))
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    ]


def test_both_readers_read_the_same_cells_and_lines() -> None:
    first, second = parsers.read(PDF), read(PDF)
    assert cells(second) == cells(first)
    assert [b.text for b in second.blocks if isinstance(b, Line)] == [
        b.text for b in first.blocks if isinstance(b, Line)
    ]
    assert second.pages == first.pages


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (scan(), "SCAN_WITHOUT_TEXT"),
        (to_pdf(("年度报告",), password="secret"), "ENCRYPTED"),
        (PDF[: len(PDF) // 3], "PDF_BROKEN"),
        (b"%PDF-1.7\nnothing of the kind", "PDF_BROKEN"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_first_readers_codes(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        read(data)
    assert refusal.value.code == code
    assert refusal.value.reason.endswith("。")


def test_the_second_reader_does_not_use_the_first_ones_library() -> None:
    names = ("parsers.readers.grid", "parsers.readers.layout", "parsers.readers.pdf")
    program = (
        "import sys, parsers.readers.pdf_second as second; "
        f"print([n for n in {names} if n in sys.modules], hasattr(second, 'pypdfium2'))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[] False"
