"""What prose says without a numeral: nothing was received, all were answered, all were upheld (the zero lexicon)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.claims.frames import Reading
from parsers.claims.meaning import NO_TABLE, NOT_ABOUT_DISCLOSURE, ONE_WAY, OTHER_POPULATION, PART, PUBLISHED
from parsers.claims.nouns import CASES, Mention, Noun
from parsers.claims.verbs import carry_of
from parsers.model.report import Number

CARRIED_TOLD = "已说明结转件数"

_BLAMED = re.compile(r"不当|违规|不规范|超期|逾期|不及时|不满|错误|泄密|失误|瑕疵|处理不|答复不")
_REQUEST_PART = re.compile(r"不予|部分公开|无法|补正|大量|重复|投诉|撤|转办|征求|第三方|收费|不满|异议|超|逾期")
_LOST = re.compile(r"败诉|纠错|纠正|撤销|确认违法")
_TAIL_END = re.compile(r"[,;:。!?\n(]")
_EXCEPT = re.compile(r"除[^。]{0,40}(?:外|以外)|其[他它余](?!处理)[^,;。]{0,8}$")


@dataclass(frozen=True)
class Saying:
    """A claim in words: from `start` to `end` of the text, of this metric and value."""

    start: int
    end: int
    metric: str
    value: Number | bool
    why_not: str | None = None


def reading_to_sayings(reading: Reading) -> Iterator[Saying]:
    """Every saying of the passage, each kind in the order of the text."""
    for match in reading.anchors.zeros:
        yield from _zero(reading, match)
    for match in reading.anchors.answered:
        yield from _answered(reading, match)
    yield from _cases(reading)


def _zero(reading: Reading, match: re.Match[str]) -> Iterator[Saying]:
    """Zero of what stands behind the word within its clause; 未收到行政复议、行政诉讼 is zero of both."""
    text = reading.text
    ends = _TAIL_END.search(text, match.end())
    end = ends.start() if ends else len(text)
    tail = text[match.end() : end]
    mentions = reading.mentions_in(match.end(), end)
    if any(match.end() <= quantity.start < end for quantity in reading.quantities) or _is_number_before(text, match):
        return
    start = reading.clause_start(match.start())
    if "收到" in match[0] and any(start <= q.start < match.start() and q.unit for q in reading.quantities):
        return  # 1件因故未收到申请表: one of them, and none of all
    for metric, why_not in _zero_of(reading, mentions, tail, match):
        yield Saying(start, end, metric, 0, why_not)


def _is_number_before(text: str, match: re.Match[str]) -> bool:
    """行政复议无 … is rare; 3件无法 is no zero."""
    return match.start() > 0 and text[match.start() - 1] in "件条项个"


def _zero_of(
    reading: Reading, mentions: list[Mention], tail: str, match: re.Match[str]
) -> list[tuple[str, str | None]]:
    nouns = [mention.noun for mention in mentions][1 if tail.startswith("申请人") else 0 :]
    cases = [noun for noun in CASES if noun in nouns]
    if cases:
        return [_zero_case(reading, noun, tail, match.start()) for noun in cases]
    if Noun.FEE in nouns:
        return [("fee.notices" if "通知" in tail else "fee.collected_yuan", NO_TABLE)] if "减免" not in tail else []
    if Noun.ACCOUNTABILITY in nouns:
        return [("accountability.cases", NO_TABLE)]
    if Noun.OTHER in nouns[:1]:
        return []
    if "结转" in tail or Noun.REQUEST in nouns or Noun.CHANNEL in nouns:
        return _zero_request(nouns, tail)
    return [pair for noun in nouns for pair in _zero_decision(noun, match[0] + tail)]


def _zero_request(nouns: list[Noun], tail: str) -> list[tuple[str, str | None]]:
    """None came, or none was carried over or forward; 信函、传真等形式 are ways in which none came."""
    carry = carry_of(tail, "", None) if "结转" in tail else None
    if carry is not None:
        is_over = carry == "carried_over" or (carry == "stale" and re.search(r"20\d\d年度?(?:结转|转办)", tail))
        return [("requests.carried_over" if is_over else "requests.carried_forward", None)]
    if Noun.REQUEST not in nouns:
        return [("requests.channel", ONE_WAY)]
    if re.search(r"形式|方式|渠道", tail):
        return []
    return [("requests.received", PART if _REQUEST_PART.search(tail) or Noun.OTHER in nouns[:-1] else None)]


def _zero_case(reading: Reading, noun: Noun, tail: str, position: int) -> tuple[str, str | None]:
    result = "corrected" if _LOST.search(tail) else "total"
    start = reading.sentence_start(position)
    about = re.search(r"公开|申请", reading.text[reading.sentence_start(max(start - 1, 0)) : position] + tail)
    why = OTHER_POPULATION if "备案" in tail else None if about else NOT_ABOUT_DISCLOSURE
    return f"{noun}.{result}", PART if _BLAMED.search(tail) and result == "total" else why


_ZERO_DECISIONS = {
    Noun.DOCUMENT: "documents.{}",
    Noun.REGULATION: "regulations.{}",
    Noun.LICENCE: "licensing.decisions",
    Noun.PENALTY: "penalty.decisions",
    Noun.COERCION: "coercion.decisions",
}


def _zero_decision(noun: Noun, said: str) -> list[tuple[str, str | None]]:
    if noun not in _ZERO_DECISIONS:
        return []
    is_published = re.search(r"公开|公示|发布|公布", said) is not None
    verb = "published" if is_published else "issued" if re.search(r"制发|制定|出台|印发", said) else None
    if verb is None and noun in (Noun.DOCUMENT, Noun.REGULATION):
        return []
    return [(_ZERO_DECISIONS[noun].format(verb), PUBLISHED if is_published else None)]


def _answered(reading: Reading, match: re.Match[str]) -> Iterator[Saying]:
    """均按时答复, where requests are spoken of and no exception is made."""
    text = reading.text
    begin = reading.sentence_start(match.start())
    beside = [m.noun for m in reading.mentions_in(reading.clause_start(match.start()), match.end())]
    context = next((n for n in reversed(beside) if n is not Noun.PUBLICATION), reading.context_at(match.start()))
    if context not in (Noun.REQUEST, Noun.CHANNEL):
        return
    counted = [q for q in reading.quantities if begin <= q.start < match.start() and not q.is_percent]
    if counted and _is_of_others(reading, counted[-1].start):
        return
    why = CARRIED_TOLD if _EXCEPT.search(text[begin : match.start()]) else None
    yield Saying(match.start(), match.end(), "requests.all_answered_on_time", value=True, why_not=why)


def _is_of_others(reading: Reading, position: int) -> bool:
    """Is the last number before it one of letters, calls or proposals?"""
    beside = reading.mentions_in(reading.clause_start(position), position)
    return bool(beside) and beside[-1].noun is Noun.OTHER


def _cases(reading: Reading) -> Iterator[Saying]:
    for matches, result in ((reading.anchors.upheld, "all_upheld"), (reading.anchors.none_lost, "none_corrected")):
        for match in matches:
            begin = reading.sentence_start(match.start())
            near = reading.mentions_in(begin, match.start()) + reading.mentions_in(match.start(), match.end())
            nouns = [noun for noun in CASES if any(mention.noun is noun for mention in near)]
            if nouns == [] and "败诉" in match[0]:
                nouns = [Noun.LITIGATION]
            wanted = [Noun.LITIGATION] if "败诉" in match[0] and len(nouns) > 1 else nouns
            for noun in wanted:
                yield Saying(match.start(), match.end(), f"{noun}.{result}", value=True)
