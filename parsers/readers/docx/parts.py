"""The parts of a DOCX that decide its text; each is parsed only when something in the document asks for it."""

from __future__ import annotations

import re

from lxml import etree

from parsers.model.errors import DocumentError
from parsers.readers.docx import names
from parsers.readers.packed import Packed
from parsers.readers.xml import bytes_to_xml, refuse_doctypes

MOST_XML = 40_000_000
"""Bytes of a part. A report has a few hundred thousand; a tree takes some ten times its text."""

_DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_CONTENT = ("/image", "/oleObject", "/subDocument", "/aFChunk", "/frame", "/package")
"""Relations that bring content into the text; a link that a reader may click does not."""

_TEMPLATE = "/attachedTemplate"
_ELSEWHERE = re.compile(r"(?:https?|ftp|smb|webdav):|file:(?:/{2}[^/]|/*\\\\)|[\\/]{2}", re.IGNORECASE)
"""Where a template comes from another machine. Every second document names one on the disk of whoever wrote it."""

_ODD_LOOKS = (b"vertAlign", b"trike", b":position")
_WHITES = (b"FFFF", b"ffff", b"FEFE", b"fefe")
"""What stands in white as programs write it, and as people do who hide it from those who look for white."""

_FOOTNOTES = (("word/footnotes.xml", names.FOOTNOTE), ("word/endnotes.xml", names.ENDNOTE))
_ASIDE = frozenset({"separator", "continuationSeparator", "continuationNotice"})
"""Footnotes that are only the line above the footnotes."""


class Parts:
    """One opened document. Raises DocumentError where it is damaged, too large, or has no body."""

    def __init__(self, data: bytes) -> None:
        self._packed = Packed(data)
        refuse_doctypes(self._packed)
        self._text = self._packed.read(_DOCUMENT) if _DOCUMENT in self._packed else None
        root = None if self._text is None else _to_root(self._text)
        body = None if root is None else root.find(names.BODY)
        if body is None:
            raise DocumentError(
                "DOCX_BROKEN", "Word 文档的内部结构不完整，没有正文。", "请用 Word 或 WPS 打开后另存，再重新上传。"
            )
        self.body: etree._Element = body

    def has_white(self) -> bool:
        """May some text be white?"""
        has_colour = next(self.body.iter(names.COLOR), None) is not None
        return has_colour and _may_have(self._text or b"", _WHITES)

    def styles(self) -> etree._Element | None:
        """styles.xml where it hides text, makes it look other than usual, or makes list items."""
        return self._parse("word/styles.xml", b"vanish", b"numPr", *_ODD_LOOKS, *_WHITES)

    def numbering(self) -> etree._Element | None:
        """numbering.xml, if there is one."""
        return self._parse("word/numbering.xml")

    def footnotes(self) -> list[etree._Element]:
        """Footnotes and endnotes, in the order of their numbers."""
        found: list[etree._Element] = []
        for name, tag in _FOOTNOTES:
            root = self._parse(name)
            found += [] if root is None else [e for e in root.findall(tag) if e.get(names.TYPE) not in _ASIDE]
        return found

    def outside(self) -> list[str]:
        """A code for each relation of any part that fetches something from outside the file."""
        names = [name for name in self._packed.names if name.startswith(_RELATIONS) and name.endswith(".rels")]
        roots = [root for name in names if (root := self._parse(name, b"External")) is not None]
        relations = [r for root in roots for r in root.findall(_RELATION) if r.get("TargetMode") == "External"]
        codes = [_relation_to_code(r.get("Type", ""), r.get("Target", "")) for r in relations]
        return [code for code in codes if code is not None]

    def _parse(self, name: str, *words: bytes) -> etree._Element | None:
        """The part's root; None when there is no such part, or when it has none of these words."""
        if name not in self._packed:
            return None
        data = self._packed.read(name)
        return None if words and not _may_have(data, words) else _to_root(data)


def _relation_to_code(kind: str, target: str) -> str | None:
    if kind.endswith(_CONTENT):
        return "EXTERNAL_CONTENT"
    return "EXTERNAL_TEMPLATE" if kind.endswith(_TEMPLATE) and _ELSEWHERE.match(target) else None


def _to_root(data: bytes) -> etree._Element:
    if len(data) > MOST_XML:
        reason = f"文档的文字部分有 {len(data) // 1_000_000} MB，超过 {MOST_XML // 1_000_000} MB 的上限。"
        raise DocumentError("TOO_LARGE", reason, "请只上传年度报告本身。")
    root = bytes_to_xml(data)
    if root.tag.startswith(f"{{{names.STRICT}}}"):
        root = bytes_to_xml(_strict_to_transitional(data))
    return root


def _may_have(data: bytes, words: tuple[bytes, ...]) -> bool:
    """UTF-16 hides a word from a search in bytes, so such a part may have it."""
    return b"\x00" in data[:100] or any(word in data for word in words)


def _strict_to_transitional(data: bytes) -> bytes:
    """The other name of the same namespace, in whatever encoding the part is."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        data = data.replace(names.STRICT.encode(encoding), names.TRANSITIONAL.encode(encoding))
    return data
