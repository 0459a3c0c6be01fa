"""Bytes to text, by content: the byte order mark, else UTF-8 where it is valid, else GB18030, else UTF-16.

A text with a broken byte in it keeps its encoding: the place shows the replacement character, and no digit is guessed.
"""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache

from parsers.model.document import Place, Problem

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

REPLACEMENT = "\ufffd"
"""What stands where bytes could not be decoded."""

SOUND = 20
"""So many characters beyond ASCII are sound for each that is broken; read in a wrong encoding, most are broken."""

MOST_CONTROL = 0.02
"""Share of control characters above which bytes are no text."""


def decode(data: bytes) -> str | None:
    """The text, or None when these bytes are no text in any encoding that Chinese offices use."""
    return _decode(data)[0]


def to_utf8(data: bytes, text: str) -> bytes:
    """The text in UTF-8, for parsers that want bytes: these bytes themselves where they are that."""
    return data if _decode(data) == (text, True) else text.encode()


@lru_cache(maxsize=1)  # the kind is told from the text, and then the text is read
def _decode(data: bytes) -> tuple[str | None, bool]:
    """The text, and whether the bytes are the same text in UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding) or _try_damaged(data, encoding), False
    text = _try(data, "utf-8")
    return (_decode_other(data), False) if text is None else (text, True)


def _decode_other(data: bytes) -> str | None:
    text = _try_damaged(data, "utf-8")  # before GB18030, which finds some meaning in most bytes
    if text is None:
        text = _try(data, "gb18030")
    if text is None:
        text = next((text for name in _without_mark(data) if (text := _try(data, name)) is not None), None)
    return _try_damaged(data, "gb18030") if text is None else text


def text_to_damage(text: str, first: Place) -> tuple[Problem, ...]:
    """That a text has broken characters, at the place of the first."""
    if REPLACEMENT not in text:
        return ()
    message = f"文件有 {text.count(REPLACEMENT)} 处字符已损坏，无法辨认，以“{REPLACEMENT}”代替，请核对原件"
    return (Problem(code="ENCODING_DAMAGED", message=message, place=first),)


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


def _try_damaged(data: bytes, encoding: str) -> str | None:
    """The text with what is broken replaced, when nearly all of it is sound."""
    text = data.decode(encoding, errors="replace")
    broken = text.count(REPLACEMENT)
    sound = len(text) - broken - len(text.encode("ascii", errors="ignore"))
    return text if sound >= SOUND * broken and _is_text(text) else None


def _is_text(text: str) -> bool:
    sample = text[:20_000:7]  # an odd step: in UTF-16 taken for something else every other character is a control
    if "".join(sample.split()).isprintable():
        return True
    odd = [c for c in set(sample) if unicodedata.category(c) in {"Cc", "Co", "Cn"} and c not in "\t\r\n\f\v"]
    control = sum(sample.count(c) for c in odd)
    return control <= len(sample) * MOST_CONTROL
