"""XML inside documents, parsed with distrust: no entities, no DTD, no network (reliability.md S10)."""

from __future__ import annotations

import re

from lxml import etree

from parsers.model.errors import DocumentError

PROLOG = 4_096
"""A DOCTYPE stands before the first element; so many bytes are looked through for one, in each encoding."""

_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.IGNORECASE)


def bytes_to_xml(data: bytes) -> etree._Element:
    """The root element. Raises DocumentError for a DOCTYPE (text would vanish silently) and for damage."""
    if _DOCTYPE.search(data[:PROLOG]):
        raise DocumentError(
            "XML_DOCTYPE",
            "文件内部含有不允许的 DOCTYPE 声明。",
            "请用原来的软件重新保存后上传。",
        )
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DocumentError(
            "XML_BROKEN", "文件内部的内容已损坏，无法读取。", "请用原来的软件重新保存后上传。"
        ) from None
