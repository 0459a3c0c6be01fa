"""The number of a list item as Word prints it (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST = 9999
"""Beyond it every format prints plain digits; no list of a report goes so far."""


def number_to_text(number: int, style: str) -> str:
    """`number` in the format of this name; plain digits where the format is unknown or has no such number."""
    write = _FORMATS.get(style)
    return write(number) if write is not None and 0 <= number <= MOST else str(number)


def _counting(digits: str, units: str, *, short_ten: bool) -> Callable[[int], str]:
    """一百零一; `short_ten`: 十二 and not 一十二."""

    def write(number: int) -> str:
        if number == 0:
            return digits[0]
        text, gap = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                text += ("零" if gap and text else "") + digits[digit] + ("", *units)[power]
            gap = not digit
        return text[1:] if short_ten and text.startswith(digits[1] + units[0]) else text

    return write


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _of(letters: str) -> Callable[[int], str]:
    """The n-th of these characters, from 1; digits beyond them."""
    return lambda number: letters[number - 1] if 1 <= number <= len(letters) else str(number)


def _series(first: str, count: int) -> Callable[[int], str]:
    return _of("".join(chr(ord(first) + i) for i in range(count)))


def _letters(number: int) -> str:
    """After z come aa, bb: Word repeats the letter."""
    repeat, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (repeat + 1) if number else "0"


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text or "0"


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_counted = _counting(_DIGITS, "十百千", short_ten=True)
_circled = _series("①", 20)
_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "chineseLegalSimplified": _counting(_LEGAL, "拾佰仟", short_ten=False),
    "ideographLegalTraditional": _counting(_LEGAL_TRADITIONAL, "拾佰仟", short_ten=False),
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographEnclosedCircle": _series("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02d}",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "none": lambda _: "",
}
