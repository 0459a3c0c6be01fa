"""Bytes to text, by content: the byte order mark, else UTF-8 where it is valid, else GB18030, else UTF-16."""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

MOST_CONTROL = 0.02
"""Share of control characters above which bytes are no text."""


@lru_cache(maxsize=1)  # the kind is told from the text, and then the text is read
def decode(data: bytes) -> str | None:
    """The text, or None when these bytes are no text in any encoding that Chinese offices use."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    for encoding in ("utf-8", "gb18030"):
        text = _try(data, encoding)
        if text is not None:
            return text
    return next((text for name in _without_mark(data) if (text := _try(data, name)) is not None), None)


def _without_mark(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark shows in the zero bytes of its digits and line ends."""
    if data[1::2].count(0) > len(data) // 20:
        return ("utf-16-le",)
    return ("utf-16-be",) if data[::2].count(0) > len(data) // 20 else ()


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    sample = text[:20_000:7]  # an odd step: in UTF-16 taken for something else every other character is a control
    if "".join(sample.split()).isprintable():
        return True
    odd = [c for c in set(sample) if unicodedata.category(c) in {"Cc", "Co", "Cn"} and c not in "\t\r\n\f\v"]
    control = sum(sample.count(c) for c in odd)
    return control <= len(sample) * MOST_CONTROL
