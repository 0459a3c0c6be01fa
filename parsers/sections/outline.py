"""The six headings: found by their words, since numbers are lost, doubled and shared with the rows of table 2."""

from __future__ import annotations

import re

from parsers.editions.spec import SectionSpec
from parsers.model.value import Value
from parsers.tables.strips import Strip

_NUMBER = re.compile(r"[一二三四五六七八九十][,.]|[1-9][,.](?!\d)|第[一二三四五六]部分[,:]?")
_ENDING = re.compile(r"[.:;,]+$")

MOST_HEADING = 45
"""A heading is at most so many characters long."""

CONTENTS = 4
"""So many headings on neighbouring lines are a table of contents."""


class Heading(Value):
    """Section `section` begins at strip `index`."""

    section: str
    index: int
    numbered: bool


def strips_to_headings(strips: tuple[Strip, ...], sections: tuple[SectionSpec, ...]) -> tuple[Heading, ...]:
    """At most one heading a section, in the order of the text."""
    found = [h for i, strip in enumerate(strips) if (h := _heading(strip, i, sections)) is not None]
    found = _without_contents(found, strips)
    chosen: dict[str, Heading] = {}
    for heading in sorted(found, key=lambda h: (not h.numbered, h.index)):
        chosen.setdefault(heading.section, heading)
    return tuple(sorted(chosen.values(), key=lambda h: h.index))


def _heading(strip: Strip, index: int, sections: tuple[SectionSpec, ...]) -> Heading | None:
    tokens = [token for token in strip.tokens if not token.is_blank]
    if len(tokens) != 1 or len(tokens[0].label) > MOST_HEADING:
        return None
    number = _NUMBER.match(tokens[0].label)
    words = _ENDING.sub("", tokens[0].label[number.end() if number else 0 :])
    section = next((s for s in sections if re.fullmatch(s.words, words)), None)
    if section is None:
        return None
    return Heading(section=section.id, index=index, numbered=number is not None)


def _without_contents(found: list[Heading], strips: tuple[Strip, ...]) -> list[Heading]:
    """Headings that follow each other without text between them are a table of contents, if they stand again later."""
    listed: list[int] = []
    for i in range(len(found) - CONTENTS + 1):
        window = found[i : i + CONTENTS]
        between = range(window[0].index, window[-1].index + 1)
        if sum(1 for k in between if not strips[k].is_gap) == CONTENTS:
            listed += [h.index for h in window]
    again = [h for h in found if h.index not in listed]
    return again if len(again) >= CONTENTS else found
