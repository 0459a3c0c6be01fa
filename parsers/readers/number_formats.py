"""What a person sees of a stored number: spreadsheets keep binary fractions and show them through a format.

Format codes: ECMA-376 part 1, 18.8.30 and 18.8.31. Formats that cut decimals off are not applied: the stored digits are
the filed ones. A fraction that is shown as a whole number is a doubt.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import Decimal

DIGITS = 15
"""Excel keeps and shows so many significant digits; what a double holds beyond them was never typed."""

PERCENT = 100

_DATE_IDS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_TIME_IDS = frozenset((*range(18, 22), *range(32, 36), 45, 46, 47, 55, 56))
_PERCENT_IDS = frozenset((9, 10))
"""Built-in formats that have no code in the file; 27 to 58 are those of Chinese Excel."""

NOISE = 1e-9
"""So far from a whole number is one that was counted with binary fractions: 1991.9999999999 was never typed."""

NOISE_SHOWN = 9
"""From so many decimals in its format on the noise is seen."""

_WHOLE_IDS = frozenset((1, 3, 37, 38))
_SHOWN_DIGITS = re.compile(r'"[^"]*\d[^"]*"|[\\!]\d')
"""Digits of the format itself, which stand beside those of the number."""

_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.")
_LESS = re.compile(r"[-−负减(（]")
_LITERAL = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]')
"""Quoted, escaped, padding and bracketed parts: they show no part of the number."""

_PLACEHOLDER = re.compile(r"[0#?]|General|通用格式|@", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
"""A comma behind the last digit divides the number by a thousand."""

_EPOCH = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a spreadsheet's day has no zone
SECONDS = 86_400


def number_to_text(number: float) -> str:
    """58.0 → 58, 24252.311081999999 → 24252.311082, 1e-3 → 0.001: every digit that can have been typed, no more."""
    return format(Decimal(f"{number + 0.0:.{DIGITS}g}"), "f")


def number_to_shown(number: float, code: str, format_id: int = 0, *, since_1904: bool = False) -> str | None:
    """The text a person sees: a number, 50%, 2024年1月2日. None: the format shows another number, or none."""
    if not math.isfinite(number):
        return None
    section = _section_of(number, code)
    bare = _LITERAL.sub("", section)
    if _is_date(bare, format_id):
        return _date_to_text(number, since_1904=since_1904) or number_to_text(number)
    if "%" in bare or format_id in _PERCENT_IDS:
        return number_to_text(float(Decimal(number_to_text(number)) * PERCENT)) + "%"
    if code and _shows_another(number, code, section, bare):
        return None
    return _without_noise(number, bare, format_id)


def _shows_another(number: float, code: str, section: str, bare: str) -> bool:
    """Does the format show no number, another one, or digits and signs of its own beside it?"""
    if _SCALED.search(bare) or not _PLACEHOLDER.search(bare) or _SHOWN_DIGITS.search(section):
        return True
    says_less = _LESS.search(_UNSEEN.sub("", section)) is not None
    return says_less if number >= 0 else not says_less and ";" in code


def _without_noise(number: float, bare: str, format_id: int) -> str | None:
    """The whole number that a person sees; None where a fraction is shown as one, or a trace of noise as a power."""
    decimals = re.search(r"[.][0#?]*", bare)
    is_whole_format = format_id in _WHOLE_IDS or (decimals is None and re.search(r"[0#]", bare) is not None)
    whole = round(number)
    is_near = abs(number - whole) < NOISE
    if is_near and (decimals is None or len(decimals[0]) <= NOISE_SHOWN):
        return None if whole == 0 != number and not is_whole_format and decimals is None else str(whole)
    return None if is_whole_format and not is_near else number_to_text(number)


def _section_of(number: float, code: str) -> str:
    """The part of the code for this number's sign: positive;negative;zero;text. Quoted semicolons are rare."""
    parts = code.split(";")
    chosen = 1 if number < 0 else 2 if number == 0 else 0
    return parts[chosen] if chosen < len(parts) else parts[0]


def _is_date(bare: str, format_id: int) -> bool:
    if format_id in _DATE_IDS or format_id in _TIME_IDS:
        return True
    letters = re.sub(r"General|E[+-]", "", bare, flags=re.IGNORECASE)
    return re.search(r"[ymdhs年月日]", letters, re.IGNORECASE) is not None


def _date_to_text(number: float, *, since_1904: bool) -> str | None:
    """A day as Chinese offices write it, a time of day, or both; None when the number is no day."""
    try:
        moment = _EPOCH[since_1904] + timedelta(days=int(number), seconds=round(number % 1 * SECONDS))
    except (OverflowError, ValueError):
        return None
    day = f"{moment.year}年{moment.month}月{moment.day}日" if number >= 1 else ""
    time = f"{moment:%H:%M:%S}" if number % 1 or not day else ""
    return " ".join(part for part in (day, time) if part)
