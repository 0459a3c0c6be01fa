"""Each number with what stands around it: its sentence, its clause, what is counted, and what was said before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from parsers.claims.anchors import Anchors, text_to_anchors
from parsers.claims.nouns import CASES, JUDGED, Mention, Noun, text_to_mentions
from parsers.claims.passages import Passage
from parsers.claims.quantities import Quantity, text_to_quantities
from parsers.claims.verbs import RESULT

_SENTENCE_END = re.compile(r"[。!?\n]")
_CLAUSE_END = re.compile(r"[,;:。!?\n()]")

_JOINS = re.compile(r"^(?:、|和(?!谐)|及(?!时)|与)")

ADJACENT = 8
"""A noun behind a number begins within so many letters: 8份（涉及征地的）政府信息公开申请."""

BEHIND = 40
"""So many letters behind a number show whether it is divided up: 286件，其中政府信息公开类31件."""

TIGHT = 3
"""共, 为, 约 and the like may stand between a noun and its number."""


@dataclass(frozen=True)
class Frame:
    """A quantity, and the text around it: `left` back to the number or mark before, `clause` back to the mark before,

    `sentence` back to where its sentence begins, `right` on to the number or mark behind. `noun` is what it counts;
    `said` whether that stands beside the number, and is not taken from what was said before. `behind` heeds no marks.
    """

    quantity: Quantity
    left: str
    clause: str
    sentence: str
    right: str
    noun: Noun | None
    said: bool
    nouns: tuple[Noun, ...]
    context: Noun | None
    before: str
    behind: str


@dataclass(frozen=True)
class Reading:
    """A passage with its numbers and nouns, and where its sentences and clauses end."""

    passage: Passage
    quantities: tuple[Quantity, ...]
    anchors: Anchors
    mentions: tuple[Mention, ...]
    sentence_ends: tuple[int, ...]
    clause_ends: tuple[int, ...]

    @property
    def text(self) -> str:
        """The folded text."""
        return self.passage.text

    def sentence_start(self, position: int) -> int:
        """Where the sentence around this position begins."""
        return _behind(self.sentence_ends, position)

    def sentence_end(self, position: int) -> int:
        """Where it ends."""
        index = bisect_left(self.sentence_ends, position)
        return self.sentence_ends[index] if index < len(self.sentence_ends) else len(self.text)

    def clause_start(self, position: int) -> int:
        """Where the clause around this position begins."""
        return _behind(self.clause_ends, position)

    def clause_end(self, position: int) -> int:
        """Where it ends."""
        index = bisect_left(self.clause_ends, position)
        return self.clause_ends[index] if index < len(self.clause_ends) else len(self.text)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The nouns that stand between."""
        low = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        high = bisect_right(self.mentions, end, key=lambda mention: mention.end)
        return list(self.mentions[low:high])

    def context_at(self, position: int) -> Noun | None:
        """What was spoken of before: in this sentence, else in the one before it. 信息 alone speaks of nothing."""
        start = self.sentence_start(position)
        for first, last in ((start, position), (self.sentence_start(max(start - 1, 0)), start)):
            found = [m.noun for m in self.mentions_in(first, last) if m.noun is not Noun.PUBLICATION]
            if found:
                return found[-1]
        return None


def _behind(ends: tuple[int, ...], position: int) -> int:
    index = bisect_left(ends, position)
    return ends[index - 1] + 1 if index else 0


def passage_to_reading(passage: Passage) -> Reading:
    """The passage, looked through once; nouns only near what says something."""
    text = passage.text
    quantities, anchors = text_to_quantities(text), text_to_anchors(text)
    sentence_ends = tuple(match.start() for match in _SENTENCE_END.finditer(text))
    spans = _near(sorted((*(q.start for q in quantities), *anchors.starts)), sentence_ends, len(text))
    found = [match for start, end in spans for match in RESULT.finditer(text, start, end)]
    results = [match.span() for match in found if match.lastgroup not in _VERBAL]
    starts = [start for start, _ in results]
    mentions = (mention for start, end in spans for mention in text_to_mentions(text, start, end))
    return Reading(
        passage=passage,
        quantities=quantities,
        anchors=anchors,
        mentions=tuple(mention for mention in mentions if not _is_inside(mention, results, starts)),
        sentence_ends=sentence_ends,
        clause_ends=tuple(match.start() for match in _CLAUSE_END.finditer(text)),
    )


def _near(positions: list[int], sentence_ends: tuple[int, ...], length: int) -> list[tuple[int, int]]:
    """The sentences in which these positions are, each with the one before it, joined where they meet."""
    spans: list[tuple[int, int]] = []
    for position in positions:
        index = bisect_left(sentence_ends, position)
        start = sentence_ends[index - 2] + 1 if index > 1 else 0
        end = sentence_ends[index] if index < len(sentence_ends) else length
        if spans and start <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


_VERBAL = frozenset({"granted", "withdrawn"})
"""Results whose words are also said of other things."""


def _is_inside(mention: Mention, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    """A noun in the name of a result (信访举报投诉类申请, 过程性信息) is no topic of its own."""
    index = bisect_right(starts, mention.start)
    overlapping = spans[max(index - 1, 0) : index + 1]
    return any(start < mention.end and mention.start < end for start, end in overlapping)


def reading_to_frames(reading: Reading) -> tuple[Frame, ...]:
    """A frame for every quantity, in order."""
    return tuple(_frame(reading, index) for index in range(len(reading.quantities)))


def _frame(reading: Reading, index: int) -> Frame:
    quantity, text = reading.quantities[index], reading.text
    begin = reading.sentence_start(quantity.start)
    clause = reading.clause_start(quantity.start)
    previous = reading.quantities[index - 1].end if index else 0
    segment = _segment_start(text, clause, previous, quantity.start)
    following = reading.quantities[index + 1].start if index + 1 < len(reading.quantities) else len(text)
    end = min(_right_end(text, reading.clause_end(quantity.end), quantity.end), following)
    beside = reading.mentions_in(segment, quantity.start)
    noun = _noun_beside(reading, beside, quantity, end)
    context = reading.context_at(segment)
    return Frame(
        quantity=quantity,
        left=_JOINS.sub("", text[segment : quantity.start]),
        clause=text[clause : quantity.start],
        sentence=text[begin : quantity.start],
        right=text[quantity.end : end],
        noun=noun or context,
        said=noun is not None,
        nouns=tuple(mention.noun for mention in beside),
        context=context,
        before=text[reading.sentence_start(max(begin - 1, 0)) : begin],
        behind=text[quantity.end : quantity.end + BEHIND],
    )


def _segment_start(text: str, clause: int, previous: int, start: int) -> int:
    """Behind the mark before; in a row of members (3件维持、1件撤销) behind the pause after the number before."""
    if previous <= clause:
        return clause
    pause = text.find("、", previous, start)
    return pause + 1 if pause >= 0 else previous


def _right_end(text: str, clause_end: int, start: int) -> int:
    pause = text.find("、", start, clause_end)
    return pause if pause >= 0 else clause_end


_DONE = re.compile(r"[做作为已经由因被不未]|进行|提起")


def _is_counted(reading: Reading, behind: Mention, quantity: Quantity, end: int) -> bool:
    """Is the noun behind what the number counts: 8份政府信息公开申请, but not 120件做了复议决定?"""
    between = reading.text[quantity.end : behind.start]
    if len(between) > ADJACENT or _DONE.search(between):
        return False
    return behind.noun not in CASES or behind.end == end


def _noun_beside(reading: Reading, beside: list[Mention], quantity: Quantity, end: int) -> Noun | None:
    """The noun before the number or behind it. Behind it wins where a verb stands between: 因申请产生2件行政复议."""
    before = beside[-1] if beside else None
    behind = next(iter(reading.mentions_in(quantity.end, end)), None)
    if behind is not None and not _is_counted(reading, behind, quantity, end):
        behind = None
    if before is None or behind is None:
        found = before or behind
        return found.noun if found else None
    is_tight = quantity.start - before.end <= TIGHT
    is_behind = behind.start - quantity.end <= 1 and behind.noun in JUDGED
    return behind.noun if is_behind and not is_tight else before.noun
