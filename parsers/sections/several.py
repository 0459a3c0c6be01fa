"""Several reports in one file: where the second one begins. The first is read; no cell is mixed from two."""

from __future__ import annotations

from parsers.editions.spec import SectionSpec
from parsers.sections.outline import strips_to_all_headings
from parsers.sections.title import MOST_TITLE, is_title, squeeze
from parsers.tables.strips import Strip

MIN_SEEN = 4
"""A report has begun for certain when so many different sections of it were seen."""

MIN_BETWEEN = 20
"""Lines from a report's first heading to the next report's: fewer are a table of contents."""

MOST_PREAMBLE = 12
"""A title stands at most so many printed lines before the first heading."""


def strips_to_second_report(strips: tuple[Strip, ...], sections: tuple[SectionSpec, ...]) -> int | None:
    """The strip at which another report begins, by its title or its first heading; None when there is but one."""
    headings = [h for h in strips_to_all_headings(strips, sections) if h.numbered]
    first = sections[0].id
    for position, heading in enumerate(headings):
        before = {h.section for h in headings[:position]}
        after = {h.section for h in headings[position:]}
        if heading.section == first and first in before and min(len(before), len(after)) >= MIN_SEEN:
            begin = _title_before(strips, heading.index)
            return begin if begin - headings[0].index >= MIN_BETWEEN else None
    return None


def _title_before(strips: tuple[Strip, ...], index: int) -> int:
    """The title's strip among the printed lines before this one; the heading itself where it has no title."""
    printed = [i for i in range(index) if not strips[i].is_gap][-MOST_PREAMBLE:]
    titles = [i for i in printed if len(text := squeeze(strips[i].text)) <= MOST_TITLE and is_title(text)]
    return titles[-1] if titles else index
