"""What stands in a figure's cell: a number, blank, or something that is no number (the table of DESIGN 5.1)."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from parsers.model.report import Number, Status
from parsers.text.fold import to_plain


class Unit(StrEnum):
    """What a column counts."""

    COUNT = "count"
    CHANGE = "change"
    WAN_YUAN = "wan_yuan"
    MONEY = "money"


_UNIT_WORDS = {
    Unit.COUNT: ("件", "个", "项", "条", "宗", "起", "份", "次"),
    Unit.CHANGE: ("件", "个", "项", "条", "宗", "起", "份", "次"),
    Unit.WAN_YUAN: ("万元", "万"),
    Unit.MONEY: (),
}

_NOTHING = frozenset({"无", "零", "〇", "/", "//", "\\", "-", "--", "—", "——", "─", "–", "一", "空", "O", "o", "○"})
"""Marks that people put for "none". The minus sign NFKC makes of － is among them."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PLAIN = re.compile(rf"(?P<sign>[-+减增−]?)(?P<digits>{_NUMBER})(?P<unit>\D{{0,3}})")
_WITH_REMARK = re.compile(rf"(?P<digits>{_NUMBER})(?:件|个|项|条|宗|起|份)?\(.*\)")
_IN_YUAN = re.compile(rf"(?P<digits>{_NUMBER})元")
_RUN_TOGETHER = re.compile(r"0\d")
"""Nobody writes 00 or 012: the digits of two cells have run together, and who knows which."""

_APART = re.compile(r"(?:^|\D)(?!\d{1,3}(?: \d{3})+(?:\D|$))\d+[ \t]+\d")
"""Digits with a space between them that groups no thousands: two cells may have been taken for one."""

_SPACES = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_RAISED = re.compile(r"[²³¹⁰⁴-⁹₀-₉①-⒛⓪-⓿❶-➓]")
"""Signs of notes and exponents, which NFKC would make digits of the number before them."""

REMEMBERED = 8_192
"""Cells kept with what they are: most of a report's say the same few things."""

_BROKEN = "\ufffd"
"""What decoders put in the place of bytes that they cannot read: it may have been a digit."""

_YEAR = re.compile(r"20\d\d年(?:度)?")
"""The name of a year stands over numbers or beside them."""

WAN = Decimal(10_000)


def raw_to_reading(raw: str, unit: Unit) -> tuple[Status, Number | None, Number | None]:
    """Status, value and suggested value of what stands in a cell. Nothing is guessed: a doubt has no value."""
    text = _SPACES.sub("", to_plain(raw)).replace("，", ",")
    if not text:
        return Status.BLANK, None, 0
    if text in _NOTHING or _RAISED.search(raw):
        return Status.NON_NUMERIC, None, 0 if text in _NOTHING else None
    plain = _PLAIN.fullmatch(text)
    if _BROKEN in text or (plain and _is_torn(plain["digits"], raw)):
        return Status.UNREADABLE, None, None
    if plain and plain["unit"] in ("", *_UNIT_WORDS[unit]):
        return Status.NUMBER, _signed(plain["sign"], plain["digits"]), None
    return Status.NON_NUMERIC, None, _suggest(text, unit)


def _is_torn(digits: str, raw: str) -> bool:
    """Have the digits of two cells run together, or may they have?"""
    return bool(_RUN_TOGETHER.match(digits) or _APART.search(to_plain(raw).strip()))


def _signed(sign: str, digits: str) -> Number:
    number = digits_to_number(digits)
    return -number if sign in {"-", "减", "−"} else number


def digits_to_number(digits: str) -> Number:
    """`1,234` → 1234, `12.50` → Decimal("12.50"), `0.00` → Decimal("0.00"): the digits stay as filed."""
    bare = digits.replace(",", "")
    return Decimal(bare) if "." in bare else int(bare)


def _suggest(text: str, unit: Unit) -> Number | None:
    """What a person probably meant; shown as a suggestion, never used as the value."""
    remark = _WITH_REMARK.fullmatch(text)
    if remark:
        return digits_to_number(remark["digits"])
    yuan = _IN_YUAN.fullmatch(text)
    if yuan and unit is Unit.WAN_YUAN:
        return to_short(Decimal(yuan["digits"].replace(",", "")) / WAN)
    return None


def to_short(number: Decimal) -> Decimal:
    """Without zeros at its end, and never as 1E+1."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def has_note_mark(raw: str) -> bool:
    """Does a sign of a note or an exponent stand in it, which folding makes a digit of?"""
    return _RAISED.search(raw) is not None


def is_bare_number(raw: str) -> bool:
    """Digits, and no unit behind them."""
    return re.fullmatch(_NUMBER, _SPACES.sub("", to_plain(raw)).replace("，", ",")) is not None


@lru_cache(maxsize=REMEMBERED)
def is_value(raw: str) -> bool:
    """Could this stand in a figure's cell? Used to tell values from labels where no ruling tells them."""
    text = _SPACES.sub("", to_plain(raw)).replace(_BROKEN, "0")
    if text == "一" or _YEAR.fullmatch(text):
        return False
    return (
        text in _NOTHING
        or bool(_PLAIN.fullmatch(text) and not re.match(r"\d+[.,、)](?!\d)", text))
        or bool(_PLAIN.fullmatch(text) and re.fullmatch(rf"[-+减增−]?{_NUMBER}", text))
        or bool(_WITH_REMARK.fullmatch(text))
        or bool(_IN_YUAN.fullmatch(text))
    )
