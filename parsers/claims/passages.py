"""Sections to passages: the running text of a section, folded for reading, every letter with its place on the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from parsers.model.document import Place
from parsers.text.fold import to_same_length

SHORT_LINE = 20
"""A line that ends earlier than this without a mark was ended on purpose; a longer one was broken by the paper's edge."""

_ENDS = re.compile(r"[。!?;:]\s*$")
_BEGINS = re.compile(r"\s*(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+(?:、|是)|\d+\s*[.、](?!\d))")
_HEADS = re.compile(r"(?:情况|建设|保障|管理|事项|公开|方面|办理|工作|渠道|力度)\s*$")
"""How the heading of a part ends, which has no mark of its own."""

SPACES = " \t\r\f\v\u200b\u2002\u2003\ufeff"


@dataclass(frozen=True)
class Passage:
    """A section's text: `text` is folded and without spaces, `origin` says where each of its letters stands in `printed`.

    A line break stays in `text` where a sentence ends with its line; a space where it parts two digits.
    """

    section: str
    text: str
    printed: str
    origin: tuple[int, ...]
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def quote(self, start: int, end: int) -> str:
        """What is printed from here to there, line breaks left out."""
        return self.printed[self.origin[start] : self.origin[end - 1] + 1].replace("\n", "")

    def place(self, start: int) -> Place:
        """The place of the line in which this letter stands."""
        return self.places[bisect_right(self.starts, self.origin[start]) - 1]


def lines_to_passage(section: str, lines: tuple[tuple[str, Place], ...]) -> Passage:
    """The lines as one text; what the edge of the paper broke is joined again."""
    starts: list[int] = []
    printed = ""
    for line, _ in lines:
        starts.append(len(printed))
        printed += line + "\n"
    plain = to_same_length(printed)
    breaks = frozenset(start - 1 for start in starts[1:] if _is_break(plain, start))
    kept = [i for i, letter in enumerate(plain) if _is_kept(plain, i, letter, breaks)]
    return Passage(
        section=section,
        text="".join(plain[i] for i in kept),
        printed=printed,
        origin=tuple(kept),
        starts=tuple(starts),
        places=tuple(place for _, place in lines),
    )


def _is_break(plain: str, start: int) -> bool:
    """Does a sentence end with the line before this one?"""
    before = plain[plain.rfind("\n", 0, start - 1) + 1 : start - 1]
    if _BEGINS.match(before) and _HEADS.search(before):
        return True
    return len(before) < SHORT_LINE or bool(_ENDS.search(before)) or bool(_BEGINS.match(plain, start))


def _is_kept(plain: str, index: int, letter: str, breaks: frozenset[int]) -> bool:
    if letter == "\n":
        return index in breaks
    if letter not in SPACES:
        return True
    between = 0 < index < len(plain) - 1 and plain[index - 1].isdigit() and plain[index + 1].isdigit()
    return between
