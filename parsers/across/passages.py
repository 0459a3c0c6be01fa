"""How much of a text stands in another one too, word for word, and which passages.

What every report has (the form's own words, names of laws, the agencies' names) and what changes by itself (numbers,
dates) is left out on both sides before anything is compared, so that a high share means copied sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from parsers.model.report import Report
from parsers.model.value import Value
from parsers.rules.prose import Prose

WINDOW = 10
"""Characters that must follow each other in both texts: shorter runs are common office language."""

PASSAGE = 24
"""A run of so many shared characters is shown."""

_LEFT_OUT = re.compile(
    r"《[^》]*》|〔\d+〕\d*号?|[\d.,%％〇零一二两三四五六七八九十百千万亿]+|[年月日]"
    r"|（[一二三四五六七八九十]+）|[^\w]|中华人民共和国|政府信息公开(?:工作)?(?:年度报告)?|主动公开|依申请公开|政府信息管理"
    r"|(?:政府信息)?公开平台建设|监督保障|本年度|存在的主要问题|改进情况"
)
"""Words of the form, names of laws, numbers, dates and marks."""


class Stripped(Value):
    """A text without what is left out; `offsets` tells for each character where it stands in the whole."""

    text: str
    offsets: tuple[int, ...]


class Shared(Value):
    """Which share (0 to 1, in thousandths) of a text stands in another, and the passages (start, end) of it."""

    thousandths: int
    passages: tuple[tuple[int, int], ...]


def report_to_names(report: Report) -> tuple[str, ...]:
    """What the one who reports is called in this report."""
    return (*report.agency.as_written, *((report.agency.name,) if report.agency.name else ()))


def prose_to_stripped(prose: Prose, names: Iterable[str]) -> Stripped:
    """The text of a section, without the names of those who report."""
    own = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True) if name)
    left_out = re.compile(f"{own}|{_LEFT_OUT.pattern}") if own else _LEFT_OUT
    kept: list[int] = []
    position = 0
    for match in left_out.finditer(prose.text):
        kept += range(position, match.start())
        position = match.end()
    kept += range(position, len(prose.text))
    return Stripped(text="".join(prose.text[i] for i in kept), offsets=tuple(kept))


def stripped_to_windows(stripped: Stripped) -> frozenset[str]:
    """Every run of WINDOW characters in it."""
    text = stripped.text
    return frozenset(text[i : i + WINDOW] for i in range(len(text) - WINDOW + 1))


def to_shared(own: Stripped, others: frozenset[str]) -> Shared:
    """Every character of this text that lies in a run which the other text has too."""
    text, length = own.text, len(own.text)
    covered = bytearray(length)
    for start in range(length - WINDOW + 1):
        if text[start : start + WINDOW] in others:
            covered[start : start + WINDOW] = b"\x01" * WINDOW
    thousandths = sum(covered) * 1000 // length if length else 0
    return Shared(thousandths=thousandths, passages=tuple(_passages(own, covered)))


def _passages(own: Stripped, covered: bytearray) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    position = 0
    for is_shared, run in groupby(covered):
        length = len(tuple(run))
        if is_shared and length >= PASSAGE:
            found.append((own.offsets[position], own.offsets[position + length - 1] + 1))
        position += length
    return found
