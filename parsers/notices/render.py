"""Bytes of a source and what is to be drawn of them to pictures and an annotated copy. Runs in the sandbox's child."""

from __future__ import annotations

from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from parsers.notices.annotate import AnnotationError, annotate
from parsers.notices.crops import pages_to_pictures, pdf_to_pictures
from parsers.notices.drawn import Drawn, Order
from parsers.readers.sniff import bytes_to_kind

MOST_ANNOTATED_BYTES = 16_000_000
"""Of an annotated copy. A report of text has less than one million; a child's answer has its limit too."""

TOO_LARGE = "原件过大，未制作标注件。"


def render(data: bytes, order: Order) -> Drawn:
    """Pictures and annotated copy. Raises DocumentError for what cannot be opened, and for kinds without pages."""
    kind = bytes_to_kind(data)
    if kind is Kind.IMAGE:
        return Drawn(pictures=pages_to_pictures(data, order))
    if kind is not Kind.PDF:
        raise DocumentError("NOT_DRAWN", "这种文件没有可以绘出的页面。", "请对照原件核对。")
    pictures = pdf_to_pictures(data, order)
    try:
        annotated = annotate(data, order)
    except AnnotationError as error:
        return Drawn(pictures=pictures, remarks=(error.remark,))
    if len(annotated) > MOST_ANNOTATED_BYTES:
        return Drawn(pictures=pictures, remarks=(TOO_LARGE,))
    return Drawn(pictures=pictures, annotated=annotated)
