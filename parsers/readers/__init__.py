"""Bytes to document. One module a format; `READERS` is the explicit list, chosen by content, never by name."""

from __future__ import annotations

import hashlib
from importlib import import_module

from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.source import Kind, Source
from parsers.readers.sniff import bytes_to_kind

READERS: tuple[tuple[Kind, str], ...] = (
    (Kind.TEXT, "parsers.readers.text"),
    (Kind.PDF, "parsers.readers.pdf"),
    (Kind.IMAGE, "parsers.readers.image"),
)
"""Kind and the module whose `read(data, source)` reads it; modules are imported when first needed."""

MOST_BYTES = 100_000_000
"""reliability.md S9."""

MOST_TEXT_BYTES = 4_000_000
"""A report's text has some ten thousand characters. What is longer is something else, and would only cost time."""

_NAMES = {  # after 这是: a Latin word stands off by a space
    Kind.DOCX: " Word 文档（DOCX）",
    Kind.DOC: "旧版 Word 或 WPS 文档（DOC、WPS）",
    Kind.RTF: " RTF 文档",
    Kind.ODT: " OpenDocument 文档（ODT）",
    Kind.XLSX: " Excel 工作簿（XLSX）",
    Kind.XLS: "旧版 Excel 工作簿（XLS）",
    Kind.OFD: " OFD 版式文件",
    Kind.ZIP: "压缩包",
    Kind.OLE: "其他 OLE 格式的文件",
    Kind.HTML: "网页",
    Kind.MHTML: "单文件网页（MHTML）",
    Kind.UNKNOWN: "无法识别的文件",
}


def bytes_to_document(data: bytes) -> Document:
    """What stands in these bytes, pictures of pages too. Raises DocumentError as `bytes_to_written` does."""
    from parsers.readers.scan import recognise_pages

    return recognise_pages(bytes_to_written(data), data)


def bytes_to_written(data: bytes) -> Document:
    """What stands in these bytes as text; a page that is a picture is a problem (`pages_without_text` names them).

    Raises DocumentError for a kind without a reader, for empty and oversize files.
    """
    kind = bytes_to_kind(data)
    _refuse(data, kind)
    module = dict(READERS)[kind]
    source = Source(sha256=hashlib.sha256(data).hexdigest(), kind=kind, bytes=len(data))
    document: Document = import_module(module).read(data, source)
    return document


def _refuse(data: bytes, kind: Kind) -> None:
    if kind is Kind.EMPTY:
        raise DocumentError("EMPTY", "文件是空的。", "请重新上传完整的报告文件。")
    if len(data) > MOST_BYTES:
        reason = f"文件有 {len(data)} 字节，超过 100 MB 的上限。"
        raise DocumentError("TOO_LARGE", reason, "请压缩其中的图片或拆分后重新上传。")
    if kind is Kind.TEXT and len(data) > MOST_TEXT_BYTES:
        reason = f"文本有 {len(data)} 字节，超过 4 MB 的上限。"
        raise DocumentError("TOO_LARGE", reason, "请只上传年度报告正文。")
    if kind not in dict(READERS):
        raise DocumentError(
            "KIND_UNSUPPORTED",
            f"这是{_NAMES[kind]}，本版本还不能读取。",
            "请提供由文字生成的 PDF，或将正文和三张表格复制为文本文件后上传。",
        )
