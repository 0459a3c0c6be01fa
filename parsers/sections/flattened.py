"""Text that lost its lines: headings and table heads standing inside running text.

Its cells are lost to us, not missing from the report, so nothing of it may be put to the agency.
"""

from __future__ import annotations

import re

import msgspec

from parsers.editions.spec import TableSpec
from parsers.model.document import Document, Place, Problem
from parsers.model.report import Status
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


def mark_flattened(
    reading: TableReading, region: tuple[Strip, ...], strips: tuple[Strip, ...], table: TableSpec
) -> TableReading:
    """The same reading; where running text hides the table, or something of it, its trace says so."""
    place = _incomplete(reading, region, table) if reading.trace.place else _hidden(strips, table)
    if place is None:
        return reading
    problem = Problem(code="LAYOUT_LOST", message=f"{table.name}的分行和分格已丢失，未能逐格读取", place=place)
    trace = msgspec.structs.replace(reading.trace, flattened=place)
    return msgspec.structs.replace(reading, trace=trace, problems=(*reading.problems, problem))


def mark_picture(reading: TableReading, document: Document) -> TableReading:
    """The same reading; where the table was not found and the page has pictures instead of text, it may be one."""
    pictures = [problem.place for problem in document.problems if problem.code == "PICTURE"]
    if reading.trace.place is not None or reading.trace.flattened is not None or not pictures:
        return reading
    trace = msgspec.structs.replace(reading.trace, flattened=pictures[0])
    return msgspec.structs.replace(reading, trace=trace)


def _hidden(strips: tuple[Strip, ...], table: TableSpec) -> Place | None:
    """Where the words of a table that was not found stand in running text."""
    words = "|".join(re.escape(to_label(anchor)) for anchor in table.anchors if len(anchor) >= ANCHOR)
    return strips_to_inline(strips, words)


def _incomplete(reading: TableReading, region: tuple[Strip, ...], table: TableSpec) -> Place | None:
    """Where a table cut out of running text begins, if a row, a number or a cell of it was not found."""
    if not any(strip.running for strip in region):
        return None
    stand_ins = [row for row in table.rows if row.stands_for and row.id in reading.rows]
    replaced = [name for row in stand_ins for name in row.stands_for]
    figures = [f for row, cells in reading.rows.items() if row not in replaced for f in cells.values()]
    is_lost = any(figure.status in (Status.ABSENT, Status.BLANK) for figure in figures)
    return reading.trace.place if is_lost or any(token.is_value for token in reading.unplaced) else None
