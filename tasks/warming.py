"""Small documents that the warm parent reads once: what libraries set up at their first use is then set up for all.

A child that must do it itself loses some milliseconds with a DOCX, some tens with a PDF.
"""

from __future__ import annotations

import io
import zipfile

_TEXT = "一、总体情况\n行政许可\t1"

_DOCX = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>行政许可</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)

_PDF_CONTENT = (
    b"BT /F 9 Tf 60 700 Td <4E00> Tj 120 0 Td <0031> Tj ET "
    b"50 690 m 350 690 l 350 720 l 50 720 l h 150 690 m 150 720 l S"
)
"""Two characters in a frame of two cells."""

_PDF_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_PDF_CONTENT), _PDF_CONTENT),
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R /CIDSystemInfo 8 0 R >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 800] >>",
    b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 0 >>",
)


def samples() -> tuple[bytes, ...]:
    """One document for each of the kinds that come most."""
    return _TEXT.encode(), _docx(), _pdf()


def _docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", _DOCX)
    return buffer.getvalue()


def _pdf() -> bytes:
    """The objects, and the table that says where each begins (ISO 32000-1, 7.5.4)."""
    data = b"%PDF-1.4\n"
    offsets: list[int] = []
    for number, content in enumerate(_PDF_OBJECTS, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(offsets) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
