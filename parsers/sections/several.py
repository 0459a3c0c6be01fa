"""Several reports in one file: the first is read, the others are said to be there."""

from __future__ import annotations

from parsers.editions.spec import SectionSpec
from parsers.model.document import Problem
from parsers.sections.outline import Heading
from parsers.sections.title import strips_to_title
from parsers.tables.strips import Strip

MOST_SECTIONS = 4
"""So many sections of one report stand before the next one begins."""

TITLE_LINES = 12
"""A title stands within so many lines above section one."""


def headings_to_next_report(
    headings: tuple[Heading, ...], strips: tuple[Strip, ...], sections: tuple[SectionSpec, ...]
) -> int | None:
    """Where a second report begins: section one once more, under a title of its own."""
    seen: list[str] = []
    end = 0
    for heading in headings:
        if heading.section == sections[0].id and len(seen) >= MOST_SECTIONS:
            above = range(max(end, heading.index - TITLE_LINES), heading.index)
            title = strips_to_title(strips, tuple(above)).strips
            if title:
                return title[0]
        seen += [heading.section] if heading.section not in seen else []
        end = heading.last + 1
    return None


def others_to_problems(others: tuple[Strip, ...]) -> tuple[Problem, ...]:
    """That there are other reports, with the place of the next one."""
    if not others:
        return ()
    message = "文件里不止一份年度报告，只核查了第一份，请将其余的分别上传"
    return (Problem(code="SEVERAL_REPORTS", message=message, place=others[0].tokens[0].place),)
