"""The kind of some bytes, from their content alone. An extension may lie; the first bytes and the container do not.

Every claim is asked about every file, and at most one may say yes: two kinds for one file would be an error of ours.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from parsers.model.value import Value
from parsers.readers.decoding import decode
from parsers.readers.packed import DAMAGE, require_few_members


class Opening(Value):
    """What the claims look at: the bytes, the names inside if they are a ZIP, how they begin if they are a text."""

    data: bytes
    members: frozenset[str] | None
    text: str | None


class AmbiguousKindError(Exception):
    """Two claims on one file: a bug in this module."""


PDF_WITHIN = 1024
"""A PDF's header may follow so many bytes of rubbish (ISO 32000-1, annex H, note 13)."""

TEXT_WITHIN = 4096
"""Characters of a text in which its markup shows."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_MARKED = (_ZIP, _OLE, _RTF, *_IMAGES)
"""First bytes that are no text's."""

_ODT_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
"""An ODT begins with this member, stored and not compressed (ODF 1.3 part 2, 3.3)."""

_HTML_MARKS = ("<!doctype html", "<html", "<table", "<body", "<head", "<div", "<meta", "<p>", "<p ")
_OFFICE_XML = re.compile(r"<\?mso-application|<pkg:package|<office:document[\s>]")
"""Word and Excel 2003 XML, flat OPC, flat ODF: one XML file for what is a ZIP elsewhere."""

_MIME_HEAD = re.compile(r"\s*(?:[a-z-]+:.*\n(?:[ \t].*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)


def bytes_to_kind(data: bytes) -> Kind:
    """What these bytes are. Raises AmbiguousKindError, which no file may ever bring about."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Kind.EMPTY
    claimed = claims_on(data)
    if len(claimed) > 1:
        raise AmbiguousKindError(", ".join(claimed))
    return claimed[0] if claimed else Kind.UNKNOWN


def claims_on(data: bytes) -> tuple[Kind, ...]:
    """Every kind that says these bytes are its own."""
    opening = _bytes_to_opening(data)
    return tuple(kind for kind, claims in CLAIMS if claims(opening))


def _bytes_to_opening(data: bytes) -> Opening:
    is_zip = data.startswith(_ZIP)
    is_text = not data.startswith(_MARKED) and not _has_pdf_head(data)
    text = decode(data) if is_text else None
    return Opening(
        data=data,
        members=_member_names(data) if is_zip else None,
        text=None if text is None else text[:TEXT_WITHIN],
    )


def _member_names(data: bytes) -> frozenset[str]:
    """The names in a ZIP; none when its directory is damaged, so that it stays a ZIP and is refused as one."""
    try:
        require_few_members(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (*DAMAGE, DocumentError):
        return frozenset()


def _has_pdf_head(data: bytes) -> bool:
    return not data.startswith(_MARKED) and b"%PDF-" in data[:PDF_WITHIN]


def _has_member(name: str) -> Callable[[Opening], bool]:
    others = [other for other in _MEMBERS if other != name]

    def claims(opening: Opening) -> bool:
        members = opening.members or frozenset()
        return name in members and members.isdisjoint(others)

    return claims


_MEMBERS = ("word/document.xml", "xl/workbook.xml", "OFD.xml")


def _is_odt(opening: Opening) -> bool:
    return opening.members is not None and _ODT_TYPE in opening.data[:200]


def _is_plain_zip(opening: Opening) -> bool:
    known = sum(_has_member(name)(opening) for name in _MEMBERS)
    return opening.members is not None and not known and not _is_odt(opening)


def _has_stream(*names: str) -> Callable[[Opening], bool]:
    """An OLE file (MS-CFB) names its streams in UTF-16: WordDocument (Word, WPS), Workbook (Excel)."""
    marks = tuple(name.encode("utf-16-le") for name in names)
    return lambda opening: opening.data.startswith(_OLE) and any(mark in opening.data for mark in marks)


_is_doc = _has_stream("WordDocument")
_has_workbook = _has_stream("Workbook", "Book\x00")


def _is_xls(opening: Opening) -> bool:
    """A Word document may hold an embedded workbook, never the other way round."""
    return _has_workbook(opening) and not _is_doc(opening)


def _is_other_ole(opening: Opening) -> bool:
    return opening.data.startswith(_OLE) and not _is_doc(opening) and not _has_workbook(opening)


def _is_mhtml(opening: Opening) -> bool:
    return opening.text is not None and _MIME_HEAD.match(opening.text) is not None


def _is_html(opening: Opening) -> bool:
    if opening.text is None or _is_mhtml(opening) or _is_office_xml(opening):
        return False
    text = opening.text.lower()
    return any(mark in text for mark in _HTML_MARKS)


def _is_office_xml(opening: Opening) -> bool:
    return opening.text is not None and _OFFICE_XML.search(opening.text) is not None and not _is_mhtml(opening)


def _is_plain_text(opening: Opening) -> bool:
    is_marked = _is_html(opening) or _is_mhtml(opening) or _is_office_xml(opening)
    return opening.text is not None and not is_marked


CLAIMS: tuple[tuple[Kind, Callable[[Opening], bool]], ...] = (
    (Kind.PDF, lambda opening: _has_pdf_head(opening.data)),
    (Kind.DOCX, _has_member("word/document.xml")),
    (Kind.XLSX, _has_member("xl/workbook.xml")),
    (Kind.OFD, _has_member("OFD.xml")),
    (Kind.ODT, _is_odt),
    (Kind.ZIP, _is_plain_zip),
    (Kind.DOC, _is_doc),
    (Kind.XLS, _is_xls),
    (Kind.OLE, _is_other_ole),
    (Kind.RTF, lambda opening: opening.data.startswith(_RTF)),
    (Kind.IMAGE, lambda opening: opening.data.startswith(_IMAGES)),
    (Kind.MHTML, _is_mhtml),
    (Kind.XML, _is_office_xml),
    (Kind.HTML, _is_html),
    (Kind.TEXT, _is_plain_text),
)
"""Each kind and the question whether a file is of it."""
