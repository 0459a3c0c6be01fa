"""Prose to claims: every number a report states about what the form counts, and every list and percentage."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from parsers.claims.frames import Frame, Reading, passage_to_reading, reading_to_frames
from parsers.claims.lists import reading_to_breakdowns
from parsers.claims.meaning import NO_TABLE, ONE_WAY, PART, Meaning, frame_to_meaning
from parsers.claims.metrics import Figures, Form
from parsers.claims.passages import Passage
from parsers.claims.placeholders import passage_to_placeholders
from parsers.claims.sayings import Saying, reading_to_sayings
from parsers.claims.scope import text_to_period, text_to_scope
from parsers.claims.shares import Told, share_of
from parsers.claims.verbs import carry_of
from parsers.model.report import Claim, Scope, Share

OTHER_PERIOD = "所述时间不是报告年度"
MOST_QUOTE = 40
"""A quotation reaches back to the last mark, and no further than so many letters."""

_GOES_ON = ("其中", "另")
"""A sentence that begins so speaks of the time and the body of the one before."""

MOST_BEHIND = 14
"""So much behind the number belongs to the quotation: 8份政府信息公开申请."""


@dataclass(frozen=True)
class Setting:
    """What the reading of prose needs to know of its report."""

    form: Form
    year: int | None


def passages_to_claims(passages: tuple[Passage, ...], setting: Setting) -> tuple[Claim, ...]:
    """Every claim of these passages, in the order of the text."""
    return tuple(claim for passage in passages for claim in _passage_to_claims(passage, setting))


def _passage_to_claims(passage: Passage, setting: Setting) -> list[Claim]:
    if not passage.text:
        return []
    reading = passage_to_reading(passage)
    frames = reading_to_frames(reading)
    found = [
        *_counts(reading, frames, setting),
        *((saying.start, _said(reading, saying, setting)) for saying in reading_to_sayings(reading)),
        *_unfilled(passage),
    ]
    return [claim for _, claim in sorted(found, key=lambda pair: pair[0])]


def _counts(reading: Reading, frames: tuple[Frame, ...], setting: Setting) -> Iterator[tuple[int, Claim]]:
    """Claims of numerals, with the lists behind them, and the percentages."""
    breakdowns = reading_to_breakdowns(reading)
    meanings = {i: meaning for i, frame in enumerate(frames) if (meaning := frame_to_meaning(frame, setting.year))}
    told = Told(reading, breakdowns, {i: meaning.metric for i, meaning in meanings.items()}, setting.form)
    for index, frame in enumerate(frames):
        meaning = meanings.get(index) or (Meaning("item", NO_TABLE) if index in breakdowns else None)
        if frame.quantity.is_percent:
            share = share_of(told, index)
            if share is not None:
                yield frame.quantity.start, _percent(reading, index, frame, share)
        elif meaning is not None:
            claim = _claim(reading, frame, meaning, setting)
            yield frame.quantity.start, replace(claim, breakdown=breakdowns.get(index))
            yield from _carried_in_words(reading, frame, claim, setting)
            yield from _by_natural_persons(reading, frame, claim, setting)


def _claim(reading: Reading, frame: Frame, meaning: Meaning, setting: Setting) -> Claim:
    quantity = frame.quantity
    start = max(reading.clause_start(quantity.start), quantity.start - MOST_QUOTE, quantity.start - len(frame.left))
    end = quantity.end + (len(frame.right) if len(frame.right) <= MOST_BEHIND else 0)
    said = frame.before + frame.sentence if frame.sentence.startswith(_GOES_ON) else frame.sentence
    period = text_to_period(said, frame.clause, setting.year)
    scope = Scope.PART if meaning.why_not in (ONE_WAY, PART) else text_to_scope(said)
    readings = setting.form.readings(meaning.metric)
    return Claim(
        metric=_TOLD_AS.get(meaning.metric, meaning.metric),
        value=quantity.value,
        quote=reading.passage.quote(start, end),
        place=reading.passage.place(quantity.start),
        section=reading.passage.section,
        unit=quantity.unit or None,
        precision=quantity.precision,
        scope=scope,
        period=period,
        readings=readings,
        ambiguous=meaning.ambiguous,
        why_not=_why_not(meaning.metric, meaning.why_not, period, scope, readings),
    )


def _why_not(
    metric: str, why_not: str | None, period: str | None, scope: Scope, readings: tuple[Figures, ...]
) -> str | None:
    if why_not is None and period is not None and metric not in _OF_OTHER_YEARS:
        return OTHER_PERIOD
    if why_not is None and scope is Scope.PART:
        return PART
    return why_not or (None if readings else NO_TABLE)


_TOLD_AS = {"requests.handled": "requests.processed"}
"""Verbs that mean one thing, with other readings."""

_OF_OTHER_YEARS = frozenset({"requests.carried_over", "requests.carried_forward"})
"""2022年结转至2023年2件 names two years, and which ones has been looked at."""


def _percent(reading: Reading, index: int, frame: Frame, share: Share) -> Claim:
    """Quoted from the count that it belongs to."""
    first = index - (2 if share.growth else 1)
    quantity, part = frame.quantity, reading.quantities[first]
    start = max(reading.clause_start(part.start), reading.sentence_start(quantity.start), part.start - MOST_QUOTE)
    before = reading.quantities[first - 1].end if first else 0
    return Claim(
        metric="growth" if share.growth else "share",
        value=quantity.value,
        quote=reading.passage.quote(max(start, before), quantity.end).lstrip("、，；,;"),
        place=reading.passage.place(quantity.start),
        section=reading.passage.section,
        unit="%",
        precision=quantity.precision,
        share=share,
    )


_RECEIVED = ("requests.received", "requests.new_received")
_HANDED_ON = re.compile(
    r"[,;](?:现|已|将|均|全部|现已)*(?:结转|顺延|转)(?:至|到|入)?(?:下|次|20\d\d年)[^,;。\d]*(?=[,;。\n)]|$)"
)


def _carried_in_words(reading: Reading, frame: Frame, claim: Claim, setting: Setting) -> Iterator[tuple[int, Claim]]:
    """收到1件政府信息公开申请，结转至下一年度办理: the clause behind says it of the same one."""
    if claim.metric not in _RECEIVED:
        return
    end = frame.quantity.end + len(frame.right)
    match = _HANDED_ON.match(reading.text, end)
    if match is None:
        return
    carry = carry_of(match[0], "", setting.year)
    if carry == "carried_forward":
        saying = Saying(end + 1, match.end(), "requests.carried_forward", claim.value or 0)
        yield end, _said(reading, saying, setting)


_BY_PERSONS = re.compile(r"[,(](?:其中)?(?:申请人)?(?:均|都|全部)(?:为|系|是|由)?自然人(?:提交|申请|提出)*")


def _by_natural_persons(reading: Reading, frame: Frame, claim: Claim, setting: Setting) -> Iterator[tuple[int, Claim]]:
    """收到8份申请，均为自然人申请: as many of natural persons."""
    end = frame.quantity.end + len(frame.right)
    match = _BY_PERSONS.match(reading.text, end) if claim.metric in _RECEIVED else None
    if match is not None:
        saying = Saying(end + 1, match.end(), "requests.natural_person", claim.value or 0, claim.why_not)
        yield end, _said(reading, saying, setting)


def _said(reading: Reading, saying: Saying, setting: Setting) -> Claim:
    sentence = reading.text[reading.sentence_start(saying.start) : saying.end]
    period, scope = text_to_period(sentence, "", setting.year), text_to_scope(sentence)
    readings = setting.form.readings(saying.metric)
    start = reading.clause_start(saying.start)
    return Claim(
        metric=saying.metric,
        value=saying.value,
        quote=reading.passage.quote(max(start, saying.start - MOST_QUOTE), saying.end),
        place=reading.passage.place(saying.start),
        section=reading.passage.section,
        scope=scope,
        period=period,
        readings=readings,
        why_not=_why_not(saying.metric, saying.why_not, period, scope, readings),
    )


def _unfilled(passage: Passage) -> Iterator[tuple[int, Claim]]:
    """A unit without its number."""
    for start, quote, unit in passage_to_placeholders(passage):
        position = bisect_left(passage.origin, start)
        yield (
            position,
            Claim(
                metric="placeholder",
                value=None,
                quote=quote,
                place=passage.place(min(position, len(passage.origin) - 1)),
                section=passage.section,
                unit=unit,
                why_not=NO_TABLE,
            ),
        )
