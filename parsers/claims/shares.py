"""Percentages: of what they are, and by how much they may be off (domain 5.1: half of the last printed digit)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from parsers.claims.frames import Reading
from parsers.claims.metrics import Form
from parsers.claims.quantities import Quantity
from parsers.model.report import Breakdown, Number, Precision, Share

_OF = re.compile(r"占(?!用)(?:比|到|总数|总量|申请总量|全部|全年)?[^,;。、\d]{0,12}$|(?:比例|比重|比率)(?:为|达|约)?$")
_GROWTH = re.compile(
    r"(?P<way>增长|增加|上升|提高|增幅|上涨|升高|递增|下降|减少|回落|降低|降幅|下滑)(?:了|率|幅度|约|达|为)*$"
)
_FEWER = frozenset({"下降", "减少", "回落", "降低", "降幅", "下滑"})
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年|20\d\d年)(?:度)?(?:同期)?(?:的|为|共|收到|申请|总数|,)*$")

BASES = ("processed", "received", "handled")
"""Metrics whose figure a share of requests may be of."""


@dataclass(frozen=True)
class Told:
    """A passage with the lists behind its numbers and what they count, by the numbers' indices."""

    reading: Reading
    breakdowns: dict[int, Breakdown]
    metrics: dict[int, str]
    form: Form


def share_of(told: Told, index: int) -> Share | None:
    """The part and the whole of the percentage at this index; None when the text does not tell them."""
    reading = told.reading
    percent = reading.quantities[index]
    left = reading.text[reading.clause_start(percent.start) : percent.start]
    growth = _GROWTH.search(left)
    if growth:
        return _growth(reading, index, is_fewer=growth["way"] in _FEWER)
    if not _OF.search(left) and left:
        return None
    part = _part_before(reading, index)
    if part is None or not (left or reading.text[percent.start - 1] == "("):
        return None
    return _share(told, index, part)


def _part_before(reading: Reading, index: int) -> int | None:
    """The count that the share belongs to: the one just before, in the same sentence and no further than a clause."""
    percent = reading.quantities[index]
    if index == 0:
        return None
    part = reading.quantities[index - 1]
    between = reading.text[part.end : percent.start]
    is_near = len(re.findall(r"[,;、(]", between)) <= 1 and not re.search(r"[。!?\n]", between)
    return index - 1 if is_near and part.is_count and part.precision is Precision.EXACT else None


def _share(told: Told, index: int, part: int) -> Share:
    reading, breakdowns = told.reading, told.breakdowns
    quantity = reading.quantities[part]
    head = next((i for i in range(part - 1, -1, -1) if i in breakdowns and _holds(breakdowns[i], quantity)), None)
    begin = reading.sentence_start(reading.quantities[index].start)
    earlier = [
        q for q in reading.quantities[:part] if q.is_count and q.start >= reading.sentence_start(max(begin - 1, 0))
    ]
    totals = [reading.quantities[head].value] if head is not None else []
    totals += [q.value for q in reversed(earlier) if q.value >= quantity.value and q.value not in totals]
    totals += [value for value in (_sum_of_parts(reading, index),) if value not in totals]
    is_requests = told.metrics.get(part, "").startswith("requests.")
    cells = (
        tuple(reading_ for name in BASES for reading_ in told.form.readings(f"requests.{name}")[:1])
        if is_requests
        else ()
    )
    return Share(part=quantity.value, totals=tuple(totals), cells=cells, base=head is not None)


def _holds(breakdown: Breakdown, quantity: Quantity) -> bool:
    return any(item.value == quantity.value for item in breakdown.items)


def _sum_of_parts(reading: Reading, index: int) -> Number:
    """The counts of this sentence that have a percentage each, added."""
    begin, end = (
        reading.sentence_start(reading.quantities[index].start),
        reading.sentence_end(reading.quantities[index].end),
    )
    inside = [i for i, q in enumerate(reading.quantities) if begin <= q.start < end and q.is_percent]
    parts = [part for i in inside if (part := _part_before(reading, i)) is not None]
    return sum((reading.quantities[part].value for part in parts), start=0)


def _growth(reading: Reading, index: int, *, is_fewer: bool) -> Share | None:
    """Recomputed where the sentence itself gives last year's number, or by how many it grew."""
    begin = reading.sentence_start(reading.quantities[index].start)
    counts = [
        q for q in reading.quantities[:index] if q.start >= begin and q.is_count and q.precision is Precision.EXACT
    ]
    if len(counts) != 2:  # noqa: PLR2004 - this year's and last year's
        return None
    now, other = counts
    left = reading.text[reading.clause_start(other.start) : other.start]
    if _LAST_YEAR.search(left):
        return Share(part=now.value, totals=(other.value,), base=True, growth=True)
    if re.search(r"增加|增长|多|减少|下降|少", left):
        last = now.value + other.value if is_fewer else now.value - other.value
        return Share(part=now.value, totals=(last,), base=True, growth=True)
    return None


def percent_of(share: Share, whole: Number) -> Decimal | None:
    """The percentage that part and whole make; None for a whole of nothing."""
    if not whole:
        return None
    part = Decimal(share.part)
    return 100 * (abs(part - whole) if share.growth else part) / whole


def rounded(percent: Decimal, printed: Number) -> Decimal:
    """With as many digits as are printed."""
    return percent.quantize(_step(printed), ROUND_HALF_UP)


def is_cut_off(percent: Decimal, printed: Number) -> bool:
    """Were the further digits cut off instead of rounded?"""
    return percent.quantize(_step(printed), ROUND_DOWN) == Decimal(printed)


def _step(printed: Number) -> Decimal:
    exponent = Decimal(printed).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
