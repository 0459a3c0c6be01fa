"""Pages saved as one file (RFC 2557): the root page is read, the pictures and style sheets beside it are not."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.source import Source
from parsers.readers.decoding import decode
from parsers.readers.html import page_to_document


def read(data: bytes, source: Source) -> Document:
    """The page inside. Raises DocumentError where none can be found, and for all that a page is refused for."""
    page = _root_page(message_from_bytes(data.lstrip(), policy=policy.compat32))
    content = page.get_payload(decode=True) if page is not None else None
    text = decode(content) if isinstance(content, bytes) else None
    if text is None:
        raise DocumentError(
            "MHTML_BROKEN", "单文件网页里找不到网页正文，文件可能已损坏。", "请用浏览器重新保存，或导出为 PDF 后上传。"
        )
    return page_to_document(text.encode(), text, source)


def _root_page(message: Message) -> Message | None:
    """The part that `start` names (RFC 2387), else the first page."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = (page for page in pages if start is not None and page.get("Content-ID") == start)
    return next(named, pages[0] if pages else None)
