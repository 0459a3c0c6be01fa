"""The prose of a report as rules about words search it: without white space, each piece knowing its lines' places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from parsers.model.document import Place
from parsers.model.finding import Evidence
from parsers.model.report import Report, Section
from parsers.text.fold import mend_radicals

_WIDE = re.compile(r"[\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
"""Full-width digits and letters, and compatibility forms of characters: one for one."""

_EMPTY = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")

STOPS = "。；;！？!?"
SENTENCE = re.compile(f"[^{STOPS}]+")

AROUND = 24
"""A quotation shows so many characters on either side at most."""


@dataclass(frozen=True)
class Prose:
    """A piece of running text: its id and name, the text, where each printed line begins in it, and its place."""

    id: str
    name: str
    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def line_at(self, offset: int) -> int:
        """The number, from 0, of the printed line in which this character stands."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def evidence(self, start: int, end: int, raw: str | None = None) -> Evidence:
        """text[start:end] as evidence; `raw` where it must not be quoted."""
        quote = self.text[start:end] if raw is None else raw
        return Evidence(figure=None, label=self.name, raw=quote, place=self.places[self.line_at(start)])

    def sentences(self) -> Iterator[re.Match[str]]:
        """What stands between full stops and semicolons."""
        return SENTENCE.finditer(self.text)

    def sentence_at(self, offset: int) -> str:
        """The sentence in which this character stands."""
        start = max(self.text.rfind(mark, 0, offset) for mark in STOPS) + 1
        ends = (self.text.find(mark, offset) for mark in STOPS)
        return self.text[start : min((end for end in ends if end >= 0), default=len(self.text))]

    def clause(self, start: int, end: int) -> str:
        """The words around text[start:end], from mark to mark, cut where they are too many."""
        before = re.split(r"[，。；：、,;:]", self.text[max(start - AROUND, 0) : start])[-1]
        after = re.split(r"[，。；,;]", self.text[end : end + AROUND])[0]
        return before + self.text[start:end] + after

    def begins_line(self, offset: int) -> bool:
        """Does a printed line begin here?"""
        return offset in self.starts


def to_letters(text: str) -> str:
    """Without white space; radicals and full-width letters as ordinary ones. Marks stay as they are filed."""
    return _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0])[:1], mend_radicals(_EMPTY.sub("", text)))


def report_to_prose(report: Report, names: Iterable[str], tabled: tuple[str, ...]) -> tuple[Prose, ...]:
    """The preamble and the sections of these names, as far as they hold prose, in this order.

    In a section that has a table (`tabled`) only whole sentences are prose: the rest may be pieces of the table.
    """
    preamble = make_prose("preamble", "报告开头", ((line.text, line.place) for line in report.preamble))
    sections = (
        make_prose(name, section.heading or name, _told_lines(section, whole=name not in tabled))
        for name, section in ((name, report.sections[name]) for name in names)
    )
    return tuple(prose for prose in (preamble, *sections) if prose.text)


def _told_lines(section: Section, *, whole: bool) -> Iterator[tuple[str, Place]]:
    lines = zip(section.text.split("\n"), section.places, strict=False)
    return ((text, place) for text, place in lines if whole or "。" in text)


def make_prose(name: str, heading: str, lines: Iterable[tuple[str, Place]]) -> Prose:
    """Lines as one text."""
    printed = [(to_letters(text), place) for text, place in lines]
    kept = [(text, place) for text, place in printed if text]
    ends = list(accumulate(len(text) for text, _ in kept))
    return Prose(
        id=name,
        name=to_letters(heading),
        text="".join(text for text, _ in kept),
        starts=(0, *ends[:-1]) if kept else (),
        places=tuple(place for _, place in kept),
    )
