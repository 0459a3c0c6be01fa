"""Sections to passages: the running text of a section, folded for reading, every letter with its place on the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from parsers.model.document import Place
from parsers.text.fold import to_same_length

SHORT_LINE = 20
"""A line that ends before this without a mark was ended on purpose; a longer one was broken by the paper's edge."""

_ENDS = re.compile(r"[。!?;:]\s*$")
_BEGINS = re.compile(r"\s*(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+(?:、|是)|\d+\s*[.、](?!\d))")
_HEADS = re.compile(r"(?:情况|建设|保障|管理|事项|公开|方面|办理|工作|渠道|力度)\s*$")
"""How the heading of a part ends, which has no mark of its own."""

_GAP = re.compile(r"[\s\u200b\ufeff]")
_PIECES = re.compile(r"\n|[^\S\n]+|[\u200b\ufeff]+|[^\s\u200b\ufeff]+")


@dataclass(frozen=True)
class Passage:
    """A section's text: `text` is folded and without spaces, `origin` says where its letters stand in `printed`.

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
    longest = max((len(line) for line, _ in lines), default=0)
    breaks = {start - 1 for start in starts[1:] if _is_break(plain, start, min(SHORT_LINE, longest * 2 // 3))}
    kept: list[int] = []
    for match in _PIECES.finditer(plain):
        if not _GAP.match(match[0]) or _is_kept(plain, match, breaks):
            kept += range(match.start(), match.end())
    return Passage(
        section=section,
        text="".join(map(plain.__getitem__, kept)),
        printed=printed,
        origin=tuple(kept),
        starts=tuple(starts),
        places=tuple(place for _, place in lines),
    )


def _is_break(plain: str, start: int, short: int) -> bool:
    """Does a sentence end with the line before this one?"""
    before = plain[plain.rfind("\n", 0, start - 1) + 1 : start - 1]
    if _BEGINS.match(before) and _HEADS.search(before):
        return True
    return len(before) < short or bool(_ENDS.search(before)) or bool(_BEGINS.match(plain, start))


def _is_kept(plain: str, gap: re.Match[str], breaks: set[int]) -> bool:
    """A line's end that ends a sentence; a space that parts two digits."""
    if gap[0] == "\n":
        return gap.start() in breaks
    before, behind = plain[gap.start() - 1 : gap.start()], plain[gap.end() : gap.end() + 1]
    return before.isdigit() and behind.isdigit()
