"""Bytes to document. One module a format; `READERS` is the explicit list, chosen by content, never by name."""

from __future__ import annotations

import hashlib
from importlib import import_module

import msgspec

from parsers.model.document import Document, Line
from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.source import READ_TWICE, Kind, Source
from parsers.readers.sniff import bytes_to_kind

READERS: tuple[tuple[Kind, str], ...] = (
    (Kind.TEXT, "parsers.readers.text"),
    (Kind.PDF, "parsers.readers.pdf"),
    (Kind.IMAGE, "parsers.readers.image"),
    (Kind.DOCX, "parsers.readers.docx"),
    (Kind.HTML, "parsers.readers.html"),
    (Kind.MHTML, "parsers.readers.mhtml"),
    (Kind.OFD, "parsers.readers.ofd"),
    (Kind.XLSX, "parsers.readers.xlsx"),
    (Kind.XLS, "parsers.readers.xls"),
    (Kind.ZIP, "parsers.readers.archive"),
)
"""Kind and the module whose `read(data, source)` reads it; modules are imported when first needed."""

SECOND_READERS: tuple[tuple[Kind, str], ...] = ((Kind.PDF, "parsers.readers.pdf_second"),)
"""Kind and the module that reads it a second time, independent of the first down to the library."""

OFFICE_KINDS = (Kind.DOC, Kind.RTF, Kind.ODT)
"""Read only after an office program has turned them into DOCX."""

MOST_BYTES = 100_000_000
"""reliability.md S9."""

MOST_TEXT_BYTES = 4_000_000
"""A report's text has some ten thousand characters. What is longer is something else, and would only cost time."""

MOST_CHARACTERS = 4_000_000
"""The same of what any reader found: a small workbook may show one long text in every cell."""

_NAMES = {  # after 这是: a Latin word stands off by a space
    Kind.DOC: "旧版 Word 或 WPS 文档（DOC、WPS）",
    Kind.RTF: " RTF 文档",
    Kind.ODT: " OpenDocument 文档（ODT）",
    Kind.OLE: "其他 OLE 格式的文件",
    Kind.XML: "用 XML 单文件格式保存的 Office 文档",
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
    return _read(data, READERS, 0)


def bytes_to_second_document(data: bytes) -> Document:
    """The same bytes by another reader. Raises DocumentError, and KeyError for a kind outside READ_TWICE."""
    return _read(data, SECOND_READERS, 1)


def _read(data: bytes, readers: tuple[tuple[Kind, str], ...], turn: int) -> Document:
    kind = bytes_to_kind(data)
    _refuse(data, kind)
    module = dict(readers)[kind]
    source = Source(sha256=hashlib.sha256(data).hexdigest(), kind=kind, bytes=len(data))
    document: Document = import_module(module).read(data, source)
    _refuse_long(document)
    names = READ_TWICE.get(kind, ("", ""))
    return msgspec.structs.replace(document, reader=document.reader or names[turn])


def _refuse(data: bytes, kind: Kind) -> None:
    if kind is Kind.EMPTY:
        raise DocumentError("EMPTY", "文件是空的。", "请重新上传完整的报告文件。")
    if len(data) > MOST_BYTES:
        reason = f"文件有 {len(data)} 字节，超过 100 MB 的上限。"
        raise DocumentError("TOO_LARGE", reason, "请压缩其中的图片或拆分后重新上传。")
    if kind is Kind.TEXT and len(data) > MOST_TEXT_BYTES:
        reason = f"文本有 {len(data)} 字节，超过 4 MB 的上限。"
        raise DocumentError("TOO_LARGE", reason, "请只上传年度报告正文。")
    if kind in {*OFFICE_KINDS, Kind.OLE}:
        from parsers.readers.office import require_convertible

        require_convertible(data, kind)
    if kind in OFFICE_KINDS:
        raise NeedsOfficeError(kind, f"这是{_NAMES[kind]}，需要先转换成 DOCX 才能读取。")
    if kind not in dict(READERS):
        raise DocumentError(
            "KIND_UNSUPPORTED",
            f"这是{_NAMES[kind]}，本版本还不能读取。",
            "请提供由文字生成的 PDF，或将正文和三张表格复制为文本文件后上传。",
        )


def _refuse_long(document: Document) -> None:
    """Raise DocumentError for more text than any report has; the answer of whoever reads could not hold it."""
    characters = sum(
        len(block.text) if isinstance(block, Line) else sum(len(cell.text) for row in block.rows for cell in row.cells)
        for block in document.blocks
    )
    if characters > MOST_CHARACTERS:
        reason = f"文件里的文字有 {characters} 个，超过 {MOST_CHARACTERS // 10_000} 万个的上限。"
        raise DocumentError("TOO_LARGE", reason, "请只上传年度报告正文。")
