"""The five parts of section one, by the words of their headings: （一）…, 一是…, or a plain short line."""

from __future__ import annotations

import re

from parsers.editions.spec import PartSpec
from parsers.model.document import Place
from parsers.model.report import Part
from parsers.text.fold import to_plain

_BRACKETED = re.compile(r"\s*[（(][一二三四五六七八九十][)）]")
_SAID = re.compile(r"\s*[一二三四五六七八九十]是")
_NUMBERED = re.compile(r"\s*(?:[1-9]\s*[.、．]|[一二三四五六七八九十]、)")
_HEAD_END = re.compile(r"[。：:；\n]")

MOST_HEAD = 30
"""A part's heading is at most so long; what follows on the same line is its text."""


def lines_to_parts(lines: tuple[tuple[str, Place], ...], specs: tuple[PartSpec, ...]) -> dict[str, Part]:
    """Parts by id, in the order of the text. The numbering that names most parts is the one that is meant."""
    readings = [_split(lines, style, specs) for style in (_BRACKETED, _SAID, _NUMBERED)]
    best = max(readings, key=len)
    return best or _split(lines, re.compile(r"\s*"), specs)


def _split(
    lines: tuple[tuple[str, Place], ...], style: re.Pattern[str], specs: tuple[PartSpec, ...]
) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    current: str | None = None
    heading, text, place = "", [""], Place()
    for line, where in lines:
        found = _part_of(line, style, specs)
        if found is None or found[0] in parts or found[0] == current:
            text.append(line)
            continue
        if current:
            parts[current] = Part(heading=heading, text="\n".join(t for t in text if t.strip()), place=place)
        current, heading, rest = found
        text, place = [rest], where
    if current:
        parts[current] = Part(heading=heading, text="\n".join(t for t in text if t.strip()), place=place)
    return parts


def _part_of(line: str, style: re.Pattern[str], specs: tuple[PartSpec, ...]) -> tuple[str, str, str] | None:
    """(part, heading, rest of the line), when this line opens a part."""
    start = style.match(line)
    if start is None:
        return None
    end = _HEAD_END.search(line)
    head = line[: end.end()] if end else line
    words = to_plain(head[start.end() :]).strip("。：:；. ")
    if len(words) > MOST_HEAD or (not start.group().strip() and len(words) > MOST_HEAD // 2):
        return None
    spec = next((s for s in specs if re.search(s.words, words)), None)
    return (spec.id, head.strip(), line[len(head) :]) if spec else None
