"""Numbers, times, sizes and names as the pages write them."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import quote

from workers.zone import SHANGHAI

THIN_SPACE = "\u202f"
MINUTE = 60
HOUR = 3600
DAY = 86400
KILO = 1024

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def number_to_text(number: Decimal | int) -> str:
    """Digits as filed, thousands apart by a thin space: 24252.311082 -> 24 252.311082."""
    sign, whole = ("−", str(number)[1:]) if number < 0 else ("", str(number))
    whole, point, fraction = whole.partition(".")
    return f"{sign}{int(whole):,}".replace(",", THIN_SPACE) + point + fraction


def visible(text: str) -> str:
    """The text with every control, bidirectional and invisible character spelt out: nothing can disguise a name."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    is_hidden = character in _BIDI or category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return f"‹U+{ord(character):04X}›" if is_hidden else character


def is_hidden_in(text: str) -> bool:
    """Does the text hold a character that a reader would not see as it is?"""
    return visible(text) != text


def moment(at: datetime, now: datetime) -> str:
    """Today only the hour, this year without the year."""
    local, today = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    if local.date() == today.date():
        return local.strftime("%H:%M:%S")
    return local.strftime("%m-%d %H:%M" if local.year == today.year else "%Y-%m-%d %H:%M")


def full_moment(at: datetime) -> str:
    """Date and time of Shanghai in full."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def span(length: timedelta) -> str:
    """A length of time in the largest fitting words."""
    exact = max(length.total_seconds(), 0.0)
    seconds = int(exact)
    if exact < 1:
        return f"{exact * 1000:.0f} 毫秒"
    if exact < MINUTE:
        return f"{exact:.1f} 秒"
    if seconds < HOUR:
        return f"{seconds // MINUTE} 分 {seconds % MINUTE:02} 秒"
    if seconds < DAY:
        return f"{seconds // HOUR} 小时 {seconds % HOUR // MINUTE:02} 分"
    return f"{seconds // DAY} 天 {seconds % DAY // HOUR} 小时"


def size_to_text(size: int) -> str:
    """Bytes in the unit people use."""
    if size < KILO:
        return f"{size} 字节"
    if size < KILO * KILO:
        return f"{size / KILO:.1f} KB"
    return f"{size / KILO / KILO:.1f} MB"


def attachment(name: str) -> str:
    """A Content-Disposition that saves under this name (RFC 6266) and never opens in the page."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
