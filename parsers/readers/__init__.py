"""Bytes to document. One module a format; `READERS` is the explicit list of them."""

from __future__ import annotations

import hashlib

from parsers.model.document import Document, Line, Place
from parsers.model.errors import DocumentError
from parsers.model.source import Kind, Source


def bytes_to_document(data: bytes) -> Document:
    """What stands in these bytes."""
    if data.startswith(b"\x89PNG"):
        raise DocumentError("KIND_UNSUPPORTED", "这是一张图片，目前还不能读取。", "请提供 PDF 或文本格式的报告。")
    lines = data.decode().splitlines()
    source = Source(sha256=hashlib.sha256(data).hexdigest(), kind=Kind.TEXT, bytes=len(data))
    blocks = tuple(Line(text=t, place=Place(line=n)) for n, t in enumerate(lines, 1))
    return Document(source=source, pages=(), blocks=blocks)
