"""The kind of a file is told from its content; names and extensions are not even seen."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.model.source import Kind
from parsers.readers.sniff import CLAIMS, bytes_to_kind, claims_on
from workers.corpus.figures import written
from workers.corpus.pdf import scan, to_pdf
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import layout

TEXT = layout("tabbed")(to_sheet("2021", written("2021")))


def zipped(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(zipfile.ZipInfo(member), "x")
    return buffer.getvalue()


def ole(*streams: str) -> bytes:
    """The opening and the directory names of an OLE file; enough to tell its kind."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "".join(streams).encode("utf-16-le")


ODT_OPENING = b"mimetypeapplication/vnd.oasis.opendocument.text"

KINDS: tuple[tuple[str, bytes, Kind], ...] = (
    ("nothing", b"", Kind.EMPTY),
    ("white space", b" \r\n\t\n", Kind.EMPTY),
    ("a byte order mark alone", b"\xef\xbb\xbf", Kind.EMPTY),
    ("zero bytes", b"\x00" * 100, Kind.EMPTY),
    ("utf-8", TEXT.encode(), Kind.TEXT),
    ("utf-8 with a mark", TEXT.encode("utf-8-sig"), Kind.TEXT),
    ("utf-16 with a mark", TEXT.encode("utf-16"), Kind.TEXT),
    ("utf-16 without a mark", TEXT.encode("utf-16-le"), Kind.TEXT),
    ("big-endian utf-16", TEXT.encode("utf-16-be"), Kind.TEXT),
    ("gb18030", TEXT.encode("gb18030"), Kind.TEXT),
    ("one letter", "表".encode(), Kind.TEXT),
    ("ascii", b"hello", Kind.TEXT),
    ("a pdf", to_pdf(("年度报告",)), Kind.PDF),
    ("a pdf behind rubbish", b"\r\n\r\njunk " + to_pdf(("年度报告",)), Kind.PDF),
    ("a scanned pdf", scan(), Kind.PDF),
    ("a pdf named in text far behind", TEXT.encode() + b"%PDF-1.7", Kind.TEXT),
    ("docx", zipped("[Content_Types].xml", "word/document.xml"), Kind.DOCX),
    ("xlsx", zipped("xl/workbook.xml"), Kind.XLSX),
    ("ofd", zipped("OFD.xml", "Doc_0/Document.xml"), Kind.OFD),
    ("a zip of reports", zipped("a.pdf", "b.pdf"), Kind.ZIP),
    ("odt", zipped("mimetype", "content.xml").replace(b"mimetypex", ODT_OPENING), Kind.ODT),
    ("a zip of word documents", zipped("a/word/document.xml", "b.docx"), Kind.ZIP),
    ("a zip whose directory is damaged", b"PK\x03\x04" + b"\x00" * 60, Kind.ZIP),
    ("doc and wps", ole("Root Entry", "WordDocument"), Kind.DOC),
    ("doc with an embedded workbook", ole("Root Entry", "WordDocument", "Workbook"), Kind.DOC),
    ("xls", ole("Root Entry", "Workbook"), Kind.XLS),
    ("an old xls", ole("Root Entry", "Book\x00"), Kind.XLS),
    ("another ole file", ole("Root Entry", "__properties_version1.0"), Kind.OLE),
    ("mhtml", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", Kind.MHTML),
    ("a letter that speaks of mhtml", "各局：\n请报送 Content-Type: multipart/related 文件".encode(), Kind.TEXT),
    ("word 2003 xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', Kind.XML),
    ("excel 2003 xml", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Table>', Kind.XML),
    ("flat opc", b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"><pkg:part>', Kind.XML),
    ("flat odf", b'<?xml version="1.0"?><office:document xmlns:office="x">', Kind.XML),
    ("rtf", rb"{\rtf1\ansi report}", Kind.RTF),
    ("html", "<!DOCTYPE html><html><body>年度报告</body></html>".encode(), Kind.HTML),
    ("html that calls itself doc", b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>", Kind.HTML),
    ("a bare table", "<table><tr><td>规章</td></tr></table>".encode(), Kind.HTML),
    ("html in gb18030", "<html><p>年度报告".encode("gb18030"), Kind.HTML),
    ("png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, Kind.IMAGE),
    ("jpeg", b"\xff\xd8\xff\xe0" + b"\x00" * 20, Kind.IMAGE),
    ("gif", b"GIF89a" + b"\x00" * 20, Kind.IMAGE),
    ("tiff", b"II*\x00" + b"\x00" * 20, Kind.IMAGE),
    ("random bytes", bytes(range(256)) * 8, Kind.UNKNOWN),
    ("control characters", b"\x01\x02\x03\x04" * 50, Kind.UNKNOWN),
)


@pytest.mark.parametrize(("data", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_kind(data: bytes, kind: Kind) -> None:
    assert bytes_to_kind(data) is kind


@pytest.mark.parametrize("data", [row[1] for row in KINDS], ids=[row[0] for row in KINDS])
def test_no_file_is_claimed_by_two_kinds(data: bytes) -> None:
    assert len(claims_on(data)) <= 1


def test_a_zip_that_is_two_documents_at_once_is_a_zip() -> None:
    assert bytes_to_kind(zipped("word/document.xml", "xl/workbook.xml", "OFD.xml")) is Kind.ZIP


def test_every_kind_but_empty_and_unknown_is_claimed_in_one_place() -> None:
    assert sorted(kind for kind, _ in CLAIMS) == sorted(set(Kind) - {Kind.EMPTY, Kind.UNKNOWN})
