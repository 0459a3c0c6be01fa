"""A source: bytes, told by their hash and their kind, never by their name."""

from __future__ import annotations

from enum import StrEnum

from parsers.model.value import Value


class Kind(StrEnum):
    """What the bytes are. Only some kinds have a reader; the rest are named so that a person can be told."""

    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    XLSX = "xlsx"
    XLS = "xls"
    OFD = "ofd"
    HTML = "html"
    MHTML = "mhtml"
    XML = "xml"
    IMAGE = "image"
    ZIP = "zip"
    OLE = "ole"
    EMPTY = "empty"
    UNKNOWN = "unknown"


READ_TWICE = {Kind.PDF: ("pdfium", "pdfplumber")}
"""Kinds that two independent readers know, with the names of both; the second is asked where a check fails."""


class Source(Value):
    """sha256 in hex, the kind found from the content, the size in bytes, pages where the kind has pages.

    `converter`: the outside program, with its version, that turned the bytes into what was read; it decides the result.
    """

    sha256: str
    kind: Kind
    bytes: int
    pages: int | None = None
    converter: str | None = None
