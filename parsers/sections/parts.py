"""The five parts of section one, by the words of their headings: （一）…, 一是…, 1.…, or words that open a paragraph.

A heading stands at the start of a line or behind the end of a sentence, since copies run paragraphs together; it may be
broken over two lines, and the text may go on behind it without any mark. Numbers are not trusted: the numbering that
names most parts is the one that is meant, and what it numbers beside the five belongs to none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from parsers.editions.spec import PartSpec
from parsers.model.document import Place
from parsers.model.report import Part
from parsers.model.value import Value
from parsers.text.fold import squeeze

_START = r"(?:^|(?<=[。；;！：:\s]))[^\S\n]*"
_NUMERAL = "一二三四五六七八九十"
_STYLES = tuple(
    re.compile(_START + mark, re.MULTILINE)
    for mark in (
        rf"[（(]([{_NUMERAL}])[)）][、.．:：]?",
        rf"([{_NUMERAL}])是",
        rf"(?:([1-9])\s*[.、．]|([{_NUMERAL}])、)(?!\d)",
        r"[（(]([1-9])[)）][、.．]?",
        rf"第([{_NUMERAL}])[、，,]",
    )
)
_PLAIN = re.compile(rf"^(?:[^\S\n]|在|关于|#)*(?![（(第0-9{_NUMERAL}\s])", re.MULTILINE)
_HEAD_END = re.compile(r"[。：:；\n]")

MOST_HEAD = 30
"""A part's heading is at most so long; what follows on the same line is its text."""

_AND = re.compile(r"[和及与、]|以及")
_BEFORE = (
    "(?:做好|抓好|规范|加强|强化|推进|完善|深化|扎实|不断|进一步|积极|持续|关于)*"
    "(?:的|政府|政务|行政|机关|信息|公开|工作)*"
)
_BEHIND = "(?:公开|办理|政府|政务|信息|工作|建设|管理|保障|运行|力度|内容|制度|的)*(?:情况|方面|工作)*"


class _Head(Value):
    """A heading: where it begins and ends in the text, and the parts that it names; none if it is no part's."""

    start: int
    end: int
    parts: tuple[str, ...]


def lines_to_parts(lines: tuple[tuple[str, Place], ...], specs: tuple[PartSpec, ...]) -> dict[str, Part]:
    """Parts by id, in the order of the text. One heading that names two parts opens both."""
    text = "\n".join(line for line, _ in lines)
    readings = [tuple(_heads(text, style, specs)) for style in (*_STYLES, _PLAIN)]
    best = max(readings, key=lambda heads: len({name for head in heads for name in head.parts}))
    places = _starts_of(lines)
    ends = [*(head.start for head in best), len(text)][1:]
    parts: dict[str, Part] = {}
    for head, end in zip(best, ends, strict=True):
        place = next(where for start, where in reversed(places) if start <= head.start)
        part = Part(heading=_joined(text[head.start : head.end]), text=_lines_of(text[head.end : end]), place=place)
        parts |= {name: part for name in head.parts if name not in parts}
    return parts


def _starts_of(lines: tuple[tuple[str, Place], ...]) -> list[tuple[int, Place]]:
    """Where each line begins in the joined text."""
    starts, position = [], 0
    for line, where in lines:
        starts.append((position, where))
        position += len(line) + 1
    return starts


def _joined(heading: str) -> str:
    return "".join(line.strip() for line in heading.split("\n"))


def _lines_of(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def _heads(text: str, style: re.Pattern[str], specs: tuple[PartSpec, ...]) -> Iterator[_Head]:
    """The headings of this numbering: those that open a part for the first time, and those that end one."""
    opened: set[str] = set()
    last = 0
    for mark in style.finditer(text):
        end, found = _heading_behind(text, mark, specs)
        number = _number(mark)
        new = tuple(name for name in found if name not in opened)
        if new:
            opened |= {*new}
            last = number
            yield _Head(start=mark.start(), end=end, parts=new)
        elif number == last + 1 and opened and _begins_line(text, mark.start()) and not found:
            last = number
            yield _Head(start=mark.start(), end=mark.end(), parts=())


def _number(mark: re.Match[str]) -> int:
    numeral = next((group for group in mark.groups() if group), "")
    return int(numeral) if numeral.isdigit() else _NUMERAL.find(numeral) + 1 if numeral else -1


def _begins_line(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n"


def _heading_behind(text: str, mark: re.Match[str], specs: tuple[PartSpec, ...]) -> tuple[int, tuple[str, ...]]:
    """Where the heading behind this mark ends, and the parts it names."""
    window = text[mark.end() : mark.end() + 2 * MOST_HEAD]
    for spec in specs:
        lead = _lead(spec.words).match(window)
        if lead is not None and not _AND.match(window, lead.end()):
            return mark.end() + lead.end(), (spec.id,)
    ends = [match.end() for match in _HEAD_END.finditer(window)][:2] or [len(window)]
    for end in ends:
        words = squeeze(window[:end]).strip("。：:；.")
        found = _named(words, specs) if len(words) <= _most(mark) else ()
        if found:
            return mark.end() + end, found
    return mark.end(), ()


def _most(mark: re.Match[str]) -> int:
    """A heading without a number must be short to be told from a sentence."""
    return MOST_HEAD if any(mark.groups()) else MOST_HEAD // 2


@lru_cache
def _lead(words: str) -> re.Pattern[str]:
    """The words of a part right behind its number, with a mark, a year or the end of the line behind them."""
    gaps = r"\s*"
    return re.compile(rf"{gaps}{_BEFORE}(?:{words}){_BEHIND}(?:{gaps}[。：:；]|(?=[，,\n]|{gaps}20\d\d|[^\S\n]+|$))")


def _named(words: str, specs: tuple[PartSpec, ...]) -> tuple[str, ...]:
    """The parts that a heading names; 政府信息管理和平台建设 names two."""
    halves = [name for half in _AND.split(words) if (name := _first(half, specs))]
    whole = _first(words, specs)
    return tuple(dict.fromkeys(halves)) if len(set(halves)) > 1 else (whole,) if whole else ()


def _first(words: str, specs: tuple[PartSpec, ...]) -> str | None:
    return next((spec.id for spec in specs if re.search(spec.words, words)), None)
