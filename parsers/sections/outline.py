"""The six headings: found by their words, since numbers are lost, doubled and shared with the rows of table 2."""

from __future__ import annotations

import re
from itertools import pairwise

from parsers.editions.spec import SectionSpec
from parsers.model.value import Value
from parsers.tables.strips import Strip
from parsers.text.fold import distance, edits_allowed, to_label

_NUMBER = re.compile(r"(?:第[一二三四五六]部分[,:]?|[一二三四五六七八九十][,.:]?|[1-9][,.:]?(?!\d))+")
_BRACKETED = re.compile(r"\([一二三四五六七八九十1-9]\)[,.:]?")
_ENDING = re.compile(r"[.:;,]+$")
_CUT = re.compile(r"[\s:：。]|(?=[（(])")
_LEADER = re.compile(r"[.·…\-\d]*")

MOST_HEADING = 45
"""A heading is at most so many characters long."""

CONTENTS = 4
"""So many headings on neighbouring lines are a table of contents."""

MOST_GAPS = 1
"""A heading broken over two lines has at most so many empty lines between them."""

MIN_HALF = 2
"""The first half of a broken heading has so many characters beside its number; a bare 3 is a figure."""


class Heading(Value):
    """Section `section` begins at strip `index` and its heading ends with strip `last`.

    `rest` is what follows the heading on its own line: 六、其他需要报告的事项：无. `own` tells that its number is the
    form's: 二、主动公开政府信息情况, and not 1.主动公开政府信息的情况, which is a part of section one.
    """

    section: str
    index: int
    last: int
    numbered: bool
    bracketed: bool = False
    rest: str = ""
    own: bool = False


def choose_headings(found: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """At most one heading a section, in the order of the text: alone on its line, with its own number, early."""
    chosen: dict[str, Heading] = {}
    for heading in sorted(found, key=lambda h: (bool(h.rest), not h.own, not h.numbered, h.index)):
        chosen.setdefault(heading.section, heading)
    return tuple(sorted(chosen.values(), key=lambda h: h.index))


def strips_to_printed_headings(strips: tuple[Strip, ...], sections: tuple[SectionSpec, ...]) -> tuple[Heading, ...]:
    """Every line that is a section's heading, also when a section has several."""
    found = [h for i in range(len(strips)) if (h := _heading(strips, i, sections)) is not None]
    return tuple(_without_parts(_without_contents(found, strips, sections)))


def _heading(strips: tuple[Strip, ...], index: int, sections: tuple[SectionSpec, ...]) -> Heading | None:
    """The heading that begins here: a line, two lines that are one, or a line on which the text goes on."""
    strip = strips[index]
    if strip.is_gap or strip.ruled:
        return None
    label = to_label(strip.text)
    if len([token for token in strip.tokens if not token.is_blank]) == 1 and len(label) <= MOST_HEADING:
        section = _label_to_section(label, sections)
        if section is not None:
            return _make(section, index, index, label)
    return _broken(strips, index, sections) or _run_in(strip, index, sections)


def _make(section: SectionSpec, index: int, last: int, label: str, rest: str = "") -> Heading:
    bracketed = _BRACKETED.match(label) is not None
    numbered = _NUMBER.match(label) is not None
    return Heading(
        section=section.id,
        index=index,
        last=last,
        numbered=numbered,
        bracketed=bracketed,
        rest=rest,
        own=label.startswith(section.number),
    )


def _label_to_section(label: str, sections: tuple[SectionSpec, ...]) -> SectionSpec | None:
    """The section that this folded line names, whatever its number; with its number, also when it is misspelt."""
    number = _NUMBER.match(label) or _BRACKETED.match(label)
    words = _ENDING.sub("", label[number.end() if number else 0 :])
    section = next((s for s in sections if re.fullmatch(s.words, words)), None)
    if section is None and number is not None:
        return next((s for s in sections if _is_near(label, s)), None)
    return section


def _is_near(label: str, section: SectionSpec) -> bool:
    """The form's own heading, number and all, with a slip or two."""
    heading = to_label(section.heading)
    return distance(label, heading, edits_allowed(heading)) <= edits_allowed(heading)


def _broken(strips: tuple[Strip, ...], index: int, sections: tuple[SectionSpec, ...]) -> Heading | None:
    """A numbered heading whose second half stands on the next line."""
    label = to_label(strips[index].text)
    number = _NUMBER.match(label)
    if number is None or not MIN_HALF <= len(label) - number.end() <= MOST_HEADING:
        return None
    following = range(index + 1, min(index + 2 + MOST_GAPS, len(strips)))
    last = next((i for i in following if not strips[i].is_gap), None)
    if last is None or strips[last].ruled:
        return None
    joined = label + to_label(strips[last].text)
    section = _label_to_section(joined, sections) if len(joined) <= MOST_HEADING else None
    return _make(section, index, last, joined) if section else None


def _run_in(strip: Strip, index: int, sections: tuple[SectionSpec, ...]) -> Heading | None:
    """A numbered heading with its text on the same line; dots and a page number are a table of contents."""
    text = strip.text
    for cut in _CUT.finditer(text[: 2 * MOST_HEADING]):
        label, rest = to_label(text[: cut.start()]), text[cut.end() :].strip()
        if _NUMBER.match(label) is None or _LEADER.fullmatch(to_label(rest)):
            continue
        section = _label_to_section(label, sections)
        if section is not None:
            return _make(section, index, index, label, rest)
    return None


def _without_parts(found: list[Heading]) -> list[Heading]:
    """（一）政府信息主动公开情况 is a part of section one, unless the sections themselves are numbered so."""
    plain = [heading for heading in found if not heading.bracketed]
    return found if len({heading.section for heading in plain}) < CONTENTS - 1 else plain


def _without_contents(
    found: list[Heading], strips: tuple[Strip, ...], sections: tuple[SectionSpec, ...]
) -> list[Heading]:
    """Headings that follow each other without text between them are a table of contents, if they stand again later."""
    order = [section.id for section in sections]
    listed: list[int] = []
    for i in range(len(found) - CONTENTS + 1):
        window = found[i : i + CONTENTS]
        if any(order.index(a.section) >= order.index(b.section) for a, b in pairwise(window)):
            continue
        between = range(window[0].index, window[-1].index + 1)
        if sum(1 for k in between if not strips[k].is_gap) == CONTENTS:
            listed += [h.index for h in window]
    again = [h for h in found if h.index not in listed]
    return again if len(again) >= CONTENTS else found
