"""Text that lost its lines: headings and table heads standing inside running text.

Its cells are lost to us, not missing from the report, so nothing of it may be put to the agency.
"""

from __future__ import annotations

import re

import msgspec

from parsers.editions.spec import TableSpec
from parsers.model.document import Document, Place, Problem
from parsers.sections.outline import MOST_HEADING
from parsers.tables.figures import TableReading
from parsers.tables.strips import Strip
from parsers.text.fold import to_label

ANCHOR = 4
"""Words of a table from this length on show it even inside running text."""

_BEFORE = r"(?<![(（])[一二三四五六],|第二十条第.{1,4}项"
_AFTER = r"第二十条|自然人|结果维持"


def strips_to_inline(strips: tuple[Strip, ...], words: str) -> Place | None:
    """Where these words (a regular expression over folded text) stand inside a long line as a heading or head would."""
    pattern = re.compile(rf"(?:{_BEFORE})(?:{words})|(?:{words})(?:{_AFTER})")
    for strip in strips:
        for token in strip.tokens:
            if len(token.label) > MOST_HEADING and pattern.search(token.label):
                return token.place
    return None


def mark_flattened(reading: TableReading, strips: tuple[Strip, ...], table: TableSpec) -> TableReading:
    """The same reading; where the table was not found but its words stand in running text, its trace says so."""
    if reading.trace.place is not None:
        return reading
    words = "|".join(re.escape(to_label(anchor)) for anchor in table.anchors if len(anchor) >= ANCHOR)
    inline = strips_to_inline(strips, words)
    if inline is None:
        return reading
    problem = Problem(code="LAYOUT_LOST", message=f"{table.name}的分行和分格已丢失，未能逐格读取", place=inline)
    trace = msgspec.structs.replace(reading.trace, flattened=inline)
    return msgspec.structs.replace(reading, trace=trace, problems=(*reading.problems, problem))


def mark_picture(reading: TableReading, document: Document) -> TableReading:
    """The same reading; where the table was not found and the page has pictures instead of text, it may be one."""
    pictures = [problem.place for problem in document.problems if problem.code == "PICTURE"]
    if reading.trace.place is not None or reading.trace.flattened is not None or not pictures:
        return reading
    trace = msgspec.structs.replace(reading.trace, flattened=pictures[0])
    return msgspec.structs.replace(reading, trace=trace)
