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
_RAISED = re.compile(r"[²³¹⁰⁴-⁾₀-₎①-⒛⓪-⓿❶-➓]")
"""Signs of notes and exponents, which NFKC would make digits of the number before them."""

REMEMBERED = 8_192
"""Cells kept with what they are: most of a report's say the same few things."""

MOST_DIGITS = 18
"""A longer number is none that a report has: it cannot be told from several that ran together, and sums of such ones
would be rounded."""

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
    if _RAISED.search(raw):  # 12³: a number and the mark of a note, or something else that we cannot tell from it
        return Status.UNREADABLE, None, None
    if text in _NOTHING:
        return Status.NON_NUMERIC, None, 0
    plain = _PLAIN.fullmatch(text)
    if _BROKEN in text or (plain and _is_torn(plain["digits"], raw)):
        return Status.UNREADABLE, None, None
    if plain and plain["unit"] in ("", *_UNIT_WORDS[unit]):
        return Status.NUMBER, _signed(plain["sign"], plain["digits"]), None
    return Status.NON_NUMERIC, None, _suggest(text, unit)


def _is_torn(digits: str, raw: str) -> bool:
    """Have the digits of two cells run together, or may they have?"""
    return len(digits) > MOST_DIGITS or bool(_RUN_TOGETHER.match(digits) or _APART.search(to_plain(raw).strip()))


def _signed(sign: str, digits: str) -> Number:
    number = digits_to_number(digits)
    return -number if sign in {"-", "减", "−"} else number


def digits_to_number(digits: str) -> Number:
    """`1,234` → 1234, `12.50` → Decimal("12.50"), `0.00` → Decimal("0.00"): the digits stay as filed."""
    bare = digits.replace(",", "")
    return Decimal(bare) if "." in bare else int(bare)


CHINESE = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
_IN_WORDS = re.compile(r"(?P<digit>[一二两三四五六七八九])?(?P<tens>[十百千])|零|(?P<ones>[一二两三四五六七八九])")


def chinese_to_number(text: str) -> int | None:
    """`七` → 7, `十二` → 12, `三万五千` → 35000, `二〇二三` → 2023; None for what is no numeral, such as 两千三."""
    if len(text) > MOST_DIGITS:
        return None
    if all(letter in CHINESE for letter in text) and (len(text) == 1 or "〇" in text or "零" in text):
        return int("".join(str(CHINESE[letter]) for letter in text)) if text else None
    for word, scale in (("亿", 10**8), ("万", 10**4)):
        high, found, low = text.partition(word)
        if found:
            above, below = chinese_to_number(high), _low_part(low)
            # 一万二 is 12 000, 一万零二 is 10 002: said without 零, what follows must say its own place
            return above * scale + below if above and below is not None and below < scale else None
    return _below_ten_thousand(text)


def _low_part(text: str) -> int | None:
    if not text:
        return 0
    return _below_ten_thousand(text) if text[0] == "零" or any(letter in "万千百十" for letter in text) else None


def _below_ten_thousand(text: str) -> int | None:
    """Digits each with its place, the places falling, a missing one told by 零."""
    position, total, place = 0, 0, 10_000
    while position < len(text):
        match = _IN_WORDS.match(text, position)
        if match is None:
            return None
        position = match.end()
        if match["tens"]:
            here, digit = TENS[match["tens"]], CHINESE[match["digit"] or "一"]
            if here >= place or (match["digit"] is None and here > 10):  # noqa: PLR2004 - only 十 stands without its digit
                return None
            total, place = total + digit * here, here
        elif match["ones"]:
            is_told = place in {10, 10_000} or text[match.start() - 1] == "零"  # behind tens, or alone
            if not is_told or position < len(text):
                return None
            total += CHINESE[match["ones"]]
        elif position == len(text):
            return None
    return total if text else None


def _suggest(text: str, unit: Unit) -> Number | None:
    """What a person probably meant; shown as a suggestion, never used as the value."""
    remark = _WITH_REMARK.fullmatch(text)
    if remark and len(remark["digits"]) <= MOST_DIGITS:
        return digits_to_number(remark["digits"])
    yuan = _IN_YUAN.fullmatch(text)
    if yuan and unit is Unit.WAN_YUAN and len(yuan["digits"]) <= MOST_DIGITS:
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
