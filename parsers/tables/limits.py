"""How much of a document is understood: far more than a report has, so that no text takes a worker for long."""

from __future__ import annotations

import msgspec

from parsers.model.document import Document, Line, Place, Problem, Table
from parsers.tables.strips import Strip

MOST_LINES = 10_000
"""Lines with content and rows of grids. A report has some hundreds, one cell a line with a web page around it some
thousands."""

MOST_CHARACTERS = 600_000
"""A report of a province has fifty thousand characters."""


def strips_within_limits(strips: tuple[Strip, ...]) -> int:
    """How many strips are understood: lines that lost their breaks are cut into more of them than there are lines."""
    filled = [number for number, strip in enumerate(strips) if not strip.is_gap]
    return filled[MOST_LINES] if len(filled) > MOST_LINES else len(strips)


def strips_to_limit_problems(cut: tuple[Strip, ...]) -> tuple[Problem, ...]:
    """That these strips are not understood."""
    return (_problem(cut[0].tokens[0].place),) if cut else ()


def document_within_limits(document: Document) -> Document:
    """The same document; without the blocks behind either limit, and with a problem that says so."""
    kept = _count_kept(document)
    if kept == len(document.blocks):
        return document
    problem = _problem(document.blocks[kept].place)
    return msgspec.structs.replace(document, blocks=document.blocks[:kept], problems=(*document.problems, problem))


def _problem(place: Place) -> Problem:
    message = f"文件内容超过 {MOST_LINES} 行或 {MOST_CHARACTERS} 字，其后没有读取"
    return Problem(code="LIMIT_LINES", message=message, place=place)


def _count_kept(document: Document) -> int:
    """How many blocks are within the limits, the first one in any case."""
    lines = characters = 0
    for number, block in enumerate(document.blocks):
        lines += _block_to_lines(block)
        characters += _block_to_characters(block)
        if number and (lines > MOST_LINES or characters > MOST_CHARACTERS):
            return number
    return len(document.blocks)


def _block_to_lines(block: Line | Table) -> int:
    return len(block.rows) if isinstance(block, Table) else int(bool(block.text.strip()))


def _block_to_characters(block: Line | Table) -> int:
    return sum(len(c.text) for row in block.rows for c in row.cells) if isinstance(block, Table) else len(block.text)
