"""A path inside a document, in words: the readers write `table 2, row 3, column 4`, people read 第2张表第3行第4列."""

from __future__ import annotations

import re

_PARTS = (
    ("table", "第{}张表"),
    ("row", "第{}行"),
    ("column", "第{}列"),
    ("paragraph", "第{}段"),
    ("footnote", "第{}条脚注"),
)
_PART = re.compile(r"(table|row|column|paragraph|footnote) (\d+)(?:, )?")


def path_in_words(path: str) -> str:
    """The path in Chinese; one of another make, such as 表一!B3, as it is."""
    parts = list(_PART.finditer(path))
    if "".join(part[0] for part in parts) != path:
        return path
    return "".join(dict(_PARTS)[part[1]].format(part[2]) for part in parts)
