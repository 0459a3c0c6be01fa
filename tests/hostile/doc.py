"""Files for an office program made to hurt (reliability.md section 7, 56 to 63); some are refused before it."""

from __future__ import annotations

import struct
from functools import partial

from tests.hostile.entry import READ, Entry
from tests.hostile.zip_file import STORED, Member, to_zip
from tests.make.ole import SECTOR, to_ole

WORD = b"\xec\xa5\xc1\x00" + b"\x00" * 5_000
LOCKED = b"\xec\xa5\xc1\x00" + b"\x00" * 6 + b"\x00\x01" + b"\x00" * 5_000
"""A Word document's first bytes; with the flag of encryption (MS-DOC 2.5.2)."""

FAT_AT = SECTOR
FILE, HOST = "file:///etc/passwd", "http://127.0.0.1:9/a"
SCHEMES = (("60", FILE), ("60b", HOST), ("60c", "smb://127.0.0.1/a/b.doc"), ("60d", "ftp://127.0.0.1:9/a"),
           ("60e", "\\\\\\\\127.0.0.1\\\\a\\\\b.doc"), ("60f", "vnd.sun.star.webdav://127.0.0.1:9/a"))  # fmt: skip

ODT_MIME = b"application/vnd.oasis.opendocument.text"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = "".join(f' xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "text", "table", "script")) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def _doc(word: bytes = WORD) -> bytes:
    return to_ole({"WordDocument": word, "1Table": b"\x00" * 5_000})


def _cyclic() -> bytes:
    """The sectors of the document lead back to its first one."""
    data = bytearray(_doc())
    for at in range(FAT_AT + 4 * 2, FAT_AT + 4 * 20, 4):
        data[at : at + 4] = struct.pack("<I", 2)
    return bytes(data)


def _huge_stream() -> bytes:
    """A stream of four gigabytes in a file of a few thousand bytes."""
    data = _doc()
    at = data.index("WordDocument".encode("utf-16-le")) + 120
    return data[:at] + struct.pack("<Q", 0xFFFFFFFF) + data[at + 8 :]


def _cyclic_directory() -> bytes:
    """Names that are each other's neighbours."""
    data = _doc()
    at = data.index("1Table".encode("utf-16-le")) + 68
    return data[:at] + struct.pack("<III", 1, 1, 1) + data[at + 12 :]


def _many_fat_sectors() -> bytes:
    """A header that counts four billion sectors of its table."""
    data = _doc()
    return data[:44] + struct.pack("<I", 0xFFFFFFF0) + data[48:68] + struct.pack("<II", 1, 0xFFFFFFF0) + data[76:]


def _rtf(inside: str) -> bytes:
    return rf"{{\rtf1\ansi\ansicpg936 report 12\par {inside}}}".encode("ascii")


def _linked(target: str) -> bytes:
    escaped = target.replace("\\\\", "\\\\\\\\")
    field = rf'{{\field{{\*\fldinst INCLUDETEXT "{escaped}" }}{{\fldrslt shown}}}}'
    picture = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{escaped}" }}{{\fldrslt shown}}}}'
    return _rtf(field + picture + rf"{{\*\template {target}}}")


def _odt(content: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'.format
    listed = entry("/", ODT_MIME.decode()) + entry("content.xml", "text/xml")
    opening = f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0" manifest:version="1.2">'
    manifest = f"{head}{opening}{listed}</manifest:manifest>"
    body = f'{head}<office:document-content{SPACES} office:version="1.2">{content}</office:document-content>'
    members = (("content.xml", body), ("META-INF/manifest.xml", manifest))
    return to_zip(
        (Member("mimetype", ODT_MIME, STORED, 0), *(Member(n, text.encode(), flags=0) for n, text in members))
    )


def _body(inside: str) -> str:
    return f"<office:body><office:text><text:p>report 12</text:p>{inside}</office:text></office:body>"


def _macro_on_open() -> bytes:
    listener = (
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script"'
        ' script:event-name="dom:load"'
        ' xlink:href="vnd.sun.star.script:Standard.a.b?language=Basic&amp;location=document"/>'
        "</office:event-listeners></office:scripts>"
    )
    return _odt(listener + _body(""))


def _section(target: str) -> bytes:
    source = (
        f'<text:section text:name="a"><text:section-source xlink:href="{target}"/><text:p>kept</text:p></text:section>'
    )
    return _odt(_body(source))


def _fonts() -> bytes:
    """A font whose place is outside of where fonts are unpacked (CVE-2024-12425)."""
    face = (
        f"<office:font-face-decls><style:font-face "
        f'xmlns:style="{OFFICE}:style:1.0" xmlns:svg="{OFFICE}:svg-compatible:1.0" style:name="../../../../tmp/evil">'
    )
    source = (
        '<svg:font-face-src><svg:font-face-uri xlink:href="Fonts/a.ttf"/></svg:font-face-src>'
        "</style:font-face></office:font-face-decls>"
    )
    return _odt(face + source + _body(""))


def _flat(inside: str) -> bytes:
    opening = f'<?xml version="1.0"?><office:document{SPACES} office:mimetype="{ODT_MIME.decode()}">'
    return f"{opening}{inside}</office:document>".encode()


BROKEN, FAILED = ("DOC_BROKEN",), ("OFFICE_FAILED", "LIMIT_TIME", "LIMIT_MEMORY", "LIMIT_CPU")
SLOW = 150.0

ENTRIES: tuple[Entry, ...] = (
    Entry("56", "sectors that lead back", _cyclic, ("EMPTY", *BROKEN, *FAILED), seconds=SLOW),
    Entry("56b", "a stream of four gigabytes", _huge_stream, BROKEN, quick=True),
    Entry("56c", "names that are each other's neighbours", _cyclic_directory, (*BROKEN, *FAILED), seconds=SLOW),
    Entry("56d", "four billion sectors", _many_fat_sectors, (*BROKEN, *FAILED), seconds=SLOW, quick=True),
    Entry("56e", "a header and nothing else", lambda: _doc()[:SECTOR], ("DOC_BROKEN",), quick=True),
    Entry("56f", "a document that is all zeros", _doc, (READ, *FAILED, "EMPTY"), seconds=SLOW),
    Entry("62", "a document with a password", lambda: _doc(LOCKED), ("ENCRYPTED",), quick=True),
    Entry(
        "62b",
        "a new document with a password",
        lambda: to_ole({"EncryptedPackage": b"\x00" * 5_000, "EncryptionInfo": b"\x00" * 5_000}),
        ("ENCRYPTED",),
        quick=True,
    ),
    Entry(
        "58",
        "a page that calls itself .doc",
        lambda: b"<html><body><p>report 12</p></body></html>",
        shown=("report 12",),
        quick=True,
    ),
    Entry("58b", "a flat ODF file", lambda: _flat(_body("")), ("KIND_UNSUPPORTED",), quick=True),
    Entry(
        "57",
        "an object in RTF",
        lambda: _rtf(r"{\object\objemb{\*\objdata " + "0105" * 5_000 + "}}"),
        shown=("report 12",),
        seconds=SLOW,
    ),
    Entry(
        "57b",
        "a binary of two gigabytes in RTF",
        lambda: _rtf(r"\bin2147483648 x"),
        (READ, *FAILED, "EMPTY"),
        seconds=SLOW,
    ),
    Entry(
        "57c",
        "groups in groups in RTF",
        lambda: _rtf("{" * 300_000 + "}" * 300_000),
        (READ, *FAILED, "EMPTY"),
        seconds=SLOW,
    ),
    Entry("59", "a macro on opening", _macro_on_open, shown=("report 12",), seconds=SLOW),
    *(
        Entry(
            number,
            f"RTF that takes in {target}",
            partial(_linked, target),
            (READ, *FAILED),
            absent=("root:",),
            seconds=SLOW,
        )
        for number, target in SCHEMES
    ),
    *(
        Entry(
            f"{number}x",
            f"ODT that takes in {target}",
            partial(_section, target),
            (READ, *FAILED),
            absent=("root:",),
            seconds=SLOW,
        )
        for number, target in SCHEMES[:4]
    ),
    Entry("63", "a font outside its folder", _fonts, (READ, *FAILED), seconds=SLOW),
    Entry(
        "61",
        "tables in tables in RTF",
        lambda: _rtf(
            (r"\trowd\cellx100\pard\intbl\itap9 x\nestcell{\*\nesttableprops\trowd\cellx100\nestrow}") * 20_000
        ),
        (READ, *FAILED, "EMPTY"),
        seconds=SLOW,
    ),
)
"""Every row; those that need no office program come first."""
