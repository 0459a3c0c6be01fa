"""The name under which a file came against its content: the content decides, and a name that disagrees is told."""

from __future__ import annotations

import posixpath

from parsers.model.document import Problem
from parsers.model.source import Kind

NAME_MISMATCH = "NAME_MISMATCH"
"""Of the name alone: what was read is not in doubt by it."""

_ENDINGS: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    (Kind.PDF, "PDF", ("pdf",)),
    (Kind.DOCX, "Word（DOCX）", ("docx", "docm", "dotx", "dotm")),
    (Kind.DOC, "旧版 Word（DOC、WPS）", ("doc", "dot", "wps", "wpt")),
    (Kind.RTF, "RTF", ("rtf",)),
    (Kind.ODT, "OpenDocument（ODT）", ("odt", "ott")),
    (Kind.XLSX, "Excel（XLSX）", ("xlsx", "xlsm", "xltx", "xltm")),
    (Kind.XLS, "旧版 Excel（XLS）", ("xls", "xlt", "et", "ett")),
    (Kind.OFD, "OFD", ("ofd",)),
    (Kind.HTML, "网页（HTML）", ("html", "htm", "shtml", "xhtml")),
    (Kind.MHTML, "单文件网页（MHTML）", ("mhtml", "mht")),
    (Kind.IMAGE, "图片", ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif")),
    (Kind.TEXT, "纯文本", ("txt", "text", "csv", "md")),
)
"""Kind, its name for people, and how files of it are named. An ending that stands nowhere here says nothing."""


def name_to_problems(key: str, kind: Kind) -> tuple[Problem, ...]:
    """That the ending of this key is another kind's (reliability.md S8)."""
    ending = posixpath.splitext(key)[1].lower().removeprefix(".")
    said = next((of for of, _, endings in _ENDINGS if ending in endings), kind)
    words = next((words for of, words, _ in _ENDINGS if of is kind), "")
    if said is kind or not words:
        return ()
    return (Problem(code=NAME_MISMATCH, message=f"文件名以 .{ending} 结尾，内容却是{words}，已按内容读取"),)
