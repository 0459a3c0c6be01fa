"""XML inside documents, parsed with distrust: no entities, no DTD, no network (reliability.md S10)."""

from __future__ import annotations

import re

from lxml import etree

from parsers.model.errors import DocumentError
from parsers.readers.packed import Packed

PROLOG = 4_096
"""A DOCTYPE stands before the first element; so many bytes are looked through for one, in each encoding."""

_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.IGNORECASE)
_SHIFTED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']utf-?7", re.IGNORECASE)
"""UTF-7 hides a DOCTYPE from every search; no office program writes it (ECMA-376 part 2, 9.1.1: UTF-8 or UTF-16)."""

_PARTS = (".xml", ".rels", ".vml")


def refuse_doctypes(packed: Packed) -> None:
    """Raise DocumentError where any part of a container, read or not, begins with a DOCTYPE."""
    for name in packed.names:
        if name.lower().endswith(_PARTS):
            _refuse_doctype(packed.head(name, PROLOG))


def bytes_to_xml(data: bytes) -> etree._Element:
    """The root element. Raises DocumentError for a DOCTYPE (text would vanish silently) and for damage."""
    _refuse_doctype(data[:PROLOG])
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DocumentError(
            "XML_BROKEN", "文件内部的内容已损坏，无法读取。", "请用原来的软件重新保存后上传。"
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:  # behind a long comment, or in an encoding that hides it
        raise _doctype()
    return root


def _refuse_doctype(prolog: bytes) -> None:
    if _DOCTYPE.search(prolog) or _SHIFTED.match(prolog):
        raise _doctype()


def _doctype() -> DocumentError:
    return DocumentError(
        "XML_DOCTYPE",
        "文件内部含有不允许的 DOCTYPE 声明。",
        "请用原来的软件重新保存后上传。",
    )
