"""Numbers with their units, as prose says them: 18万余条, 近5000条, 七件, 占86.92%, 数量为2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.model.report import Number, Precision
from parsers.text.numerals import MOST_DIGITS, chinese_to_number, digits_to_number

CASES = ("件次", "件", "份", "宗", "起", "例", "条", "封", "个", "项", "次", "篇", "部")
"""Units in which requests, cases and documents are counted; 人次 and 期 count something else."""

_OTHERS = ("人次", "场次", "批次", "期", "场", "人", "家", "处", "页", "类", "批", "户", "本", "册", "幅", "名", "万字")
_MONEY = ("万元", "亿元", "元")
_CHINESE_UNITS = "件份宗起例条"
_CHINESE = "〇零一二两三四五六七八九十百千万亿"
_BEFORE = r"(?P<before>近|约|大约|将近|超过|超|逾|突破|不少于)?"
_AFTER = r"(?P<after>左右|以上|余|多)?"
_UNITS = "|".join((*CASES[:1], *_OTHERS[:3], *_MONEY[:2], *CASES[1:], *_OTHERS[3:], *_MONEY[2:]))
_NUMBER = re.compile(
    rf"{_BEFORE}(?<![第\d.\-—~〔\[])(?<!\d[ \n])"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?=\D)|\d+(?:\.\d+)?)(?P<scale>[万亿千](?!元))?"
    rf"(?P<more>余|多)?(?P<unit>个?百分点|%|{_UNITS}){_AFTER}(?!以下|月|工作日|自然日|小时|分钟|岁)"
    rf"|(?:数量|件数|总数|总量)(?:共|均)?(?:为|是|:|达)(?P<bare>\d+)(?=[,。;)\n]|$)"
    rf"|{_BEFORE.replace('before', 'before2')}(?<![第每同任某逐单之这那另哪{_CHINESE}])"
    rf"(?P<words>[{_CHINESE}]+)(?P<more2>余|多)?(?P<unit2>件次|[{_CHINESE_UNITS}])(?P<after2>左右|以上)?(?![事龙以])"
)
_ABOUT = frozenset({"近", "约", "大约", "将近", "左右"})
_SCALES: dict[str, int] = {"万": 10_000, "亿": 100_000_000, "千": 1_000}

TOGETHER = "一起"
"""Together, and only in figures one case."""


@dataclass(frozen=True)
class Quantity:
    """A number from `start` to `end` of the text; `unit` is as printed, % for shares, empty where there is none."""

    start: int
    end: int
    value: Number
    unit: str
    precision: Precision
    raw: int | None = None
    """The number before 万 or 亿."""

    @property
    def is_count(self) -> bool:
        """Counts cases, requests or documents, or has no unit at all."""
        return self.unit in CASES or not self.unit

    @property
    def is_percent(self) -> bool:
        """A share or a rate."""
        return self.unit == "%"

    @property
    def is_money(self) -> bool:
        """An amount in yuan."""
        return self.unit in _MONEY


def text_to_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit that counts something, in the order of the text."""
    return tuple(quantity for match in _NUMBER.finditer(text) if (quantity := _to_quantity(match)) is not None)


def _to_quantity(match: re.Match[str]) -> Quantity | None:
    if len(match["bare"] or match["digits"] or "") > MOST_DIGITS:
        return None
    if match["bare"]:
        return Quantity(match.start(), match.end(), int(match["bare"]), "", Precision.EXACT)
    if match["words"]:
        number = None if match[0] == TOGETHER else chinese_to_number(match["words"])
        if number is None:
            return None
        precision = _precision(match["before2"], match["more2"], match["after2"])
        return Quantity(match.start(), match.end(), number, match["unit2"], precision)
    precision = _precision(match["before"], match["more"], match["after"])
    bare = digits_to_number(match["digits"])
    value, unit = _scaled(bare, match["scale"], match["unit"])
    raw = int(bare) if match["scale"] else None
    return Quantity(match.start(), match.end(), value, unit, precision, raw)


def _scaled(number: Number, scale: str | None, unit: str) -> tuple[Number, str]:
    """The number in ones; amounts in yuan."""
    larger: int = _SCALES.get(unit[0], 1) if unit in _MONEY else 1
    factor: int = _SCALES.get(scale or "", 1) * larger
    value = number * factor
    whole = int(value) if factor > 1 and value == int(value) else value
    return whole, "元" if unit in _MONEY else unit


def _precision(before: str | None, more: str | None, after: str | None) -> Precision:
    if before in _ABOUT or after in _ABOUT:
        return Precision.ABOUT
    return Precision.AT_LEAST if before or more or after else Precision.EXACT


def is_within(said: Number, precision: Precision, filed: Number) -> bool:
    """May a figure of this value be said so? About so much: five in a hundred off; so much and more: a tenth."""
    if precision is Precision.EXACT:
        return said == filed
    if precision is Precision.ABOUT:
        return abs(Decimal(filed) - said) * 20 <= max(Decimal(said), Decimal(filed))
    return said <= filed <= said + max(Decimal(said) / 10, Decimal(_rounding(said)))


def _rounding(said: Number) -> int:
    """180余 may be 189, 3000余 may be 3999: one of its last digit that is not 0."""
    step = 1
    while said and int(said) % (step * 10) == 0:
        step *= 10
    return step
