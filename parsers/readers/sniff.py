"""The kind of some bytes, from their content alone. An extension may lie; the first bytes and the container do not."""

from __future__ import annotations

from parsers.model.source import Kind
from parsers.readers.decoding import decode

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
)

_ZIP_MEMBERS: tuple[tuple[bytes, Kind], ...] = (
    (b"word/document.xml", Kind.DOCX),
    (b"xl/workbook.xml", Kind.XLSX),
    (b"OFD.xml", Kind.OFD),
)

PDF_WITHIN = 1024
"""A PDF's header may follow so many bytes of rubbish (ISO 32000-1, annex H, note 13)."""

_HTML_MARKS = ("<!doctype html", "<html", "<table", "<body", "<head", "<div", "<meta", "<p>", "<p ")
HTML_WITHIN = 4096


def bytes_to_kind(data: bytes) -> Kind:
    """What these bytes are."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Kind.EMPTY
    if b"%PDF-" in data[:PDF_WITHIN]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return next((kind for member, kind in _ZIP_MEMBERS if member in data), Kind.ZIP)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return _text_kind(data)


def _text_kind(data: bytes) -> Kind:
    text = decode(data)
    if text is None:
        return Kind.UNKNOWN
    opening = text[:HTML_WITHIN].lower()
    if any(mark in opening for mark in _HTML_MARKS):
        return Kind.HTML
    return Kind.TEXT
