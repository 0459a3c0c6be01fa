"""Document to report: the outline, the edition, every figure, and what belongs nowhere."""

from __future__ import annotations

from parsers.digests import judge_digest, reader_digest
import re

import msgspec

from parsers.editions import EDITIONS
from parsers.editions.spec import Edition, TableSpec
from parsers.model.document import Document, Place, Problem
from parsers.model.errors import DocumentError
from parsers.model.report import Leftover, Report, Section, SectionStatus, Trace
from parsers.sections.edition import strips_to_edition
from parsers.sections.outline import MOST_HEADING, Heading, strips_to_headings
from parsers.sections.parts import lines_to_parts
from parsers.sections.regions import Regions, strips_to_regions
from parsers.sections.title import (
    Signature,
    strips_to_signature,
    strips_to_title,
    text_to_period,
    to_agency,
    to_year,
)
from parsers.tables.figures import TableReading, region_to_table
from parsers.tables.implied import imply_values
from parsers.tables.strips import Strip, document_to_strips, is_page_number
from parsers.text.fold import to_label

ANCHOR = 4
"""Words of a table from this length on show it even inside running text."""

PROSE = 25
"""An unplaced piece inside a table's section longer than this is a sentence of the section, not a torn cell."""


def document_to_report(document: Document) -> Report:
    """The document as the statutory form; raises DocumentError when it is no annual report at all."""
    strips = document_to_strips(document)
    headings = strips_to_headings(strips, EDITIONS[-1].sections)
    before = tuple(range(headings[0].index if headings else len(strips)))
    title = strips_to_title(strips, before)
    text = "\n".join(strip.text for strip in strips)
    period = text_to_period(text)
    signature = strips_to_signature(strips, tuple(range(len(strips))))
    year = to_year(title, period, text, signature.date)
    edition = strips_to_edition(strips, year)
    form = edition.form
    regions = strips_to_regions(strips, headings, form)
    tables = _regions_to_tables(strips, regions, form, document)
    if not headings and not title.text and all(reading.trace.place is None for reading in tables.values()):
        raise DocumentError(
            "NOT_A_REPORT",
            "文件里没有年度报告的标题、六个部分和任何一张法定表格。",
            "请确认上传的是政府信息公开工作年度报告全文。",
        )
    used = frozenset((*title.strips, *signature.strips))
    return Report(
        reader_digest=reader_digest(),
        judge_digest=judge_digest(),
        source=document.source,
        edition=edition.id,
        year=year,
        agency=to_agency(title, signature),
        signed_on=signature.date,
        period=period,
        title=title.text,
        sections={s.id: _section(s.id, strips, headings, regions, tables, form, signature) for s in form.sections},
        tables=imply_values({name: reading.rows for name, reading in tables.items()}, form),
        traces={name: reading.trace for name, reading in tables.items()},
        leftovers=_leftovers(strips, regions, tables, used),
        problems=document.problems + tuple(p for reading in tables.values() for p in reading.problems),
    )


def _regions_to_tables(
    strips: tuple[Strip, ...], regions: Regions, form: Edition, document: Document
) -> dict[str, TableReading]:
    tables: dict[str, TableReading] = {}
    fallback = Place(page=1 if document.pages else None, line=None if document.pages else 1)
    for table in form.tables:
        content = tuple(strips[i] for i in regions.tables[table.id] if not is_page_number(strips[i]))
        reading = region_to_table(content, table, document.source.kind.value, fallback)
        if reading.trace.place is None:
            reading = _flattened(reading, strips, table)
        tables[table.id] = reading
        fallback = _end_of(content) or fallback
    return tables


def _flattened(reading: TableReading, strips: tuple[Strip, ...], table: TableSpec) -> TableReading:
    """A table whose words are there, but inside running text: its cells are lost to us, not missing from the report."""
    inline = strips_to_inline(strips, "|".join(re.escape(to_label(anchor)) for anchor in table.anchors if len(anchor) >= ANCHOR))
    if inline is None:
        return reading
    problem = Problem(code="LAYOUT_LOST", message=f"{table.name}的分行和分格已丢失，未能逐格读取", place=inline)
    trace = msgspec.structs.replace(reading.trace, flattened=inline)
    return msgspec.structs.replace(reading, trace=trace, problems=(*reading.problems, problem))


def strips_to_inline(strips: tuple[Strip, ...], words: str) -> Place | None:
    """Where these words (a regular expression over folded text) stand inside a long line, with the number before them."""
    pattern = re.compile(rf"(?<![(（])(?:[一二三四五六],)(?:{words})|第二十条第.{{1,4}}项(?:{words})|(?:{words})(?:第二十条|自然人|结果维持)")
    for strip in strips:
        for token in strip.tokens:
            if len(token.label) > MOST_HEADING and pattern.search(token.label):
                return token.place
    return None


def _end_of(content: tuple[Strip, ...]) -> Place | None:
    """The last thing printed in a region: where something that should follow is missing."""
    return next((s.tokens[-1].place for s in reversed(content) if not s.is_gap), None)


def _section(
    name: str,
    strips: tuple[Strip, ...],
    headings: tuple[Heading, ...],
    regions: Regions,
    tables: dict[str, TableReading],
    form: Edition,
    signature: Signature,
) -> Section:
    heading = next((h for h in headings if h.section == name), None)
    lines = [i for i in regions.sections[name] if not strips[i].is_gap and i not in signature.strips]
    lines = [i for i in lines if not is_page_number(strips[i])]
    text = [strips[i].text for i in lines]
    table = next((t for t in form.tables if t.section == name), None)
    if table is not None:
        text += [t.text.strip() for t in tables[table.id].unplaced if len(t.label) > PROSE]
    inline = strips_to_inline(strips, form.section(name).words) if heading is None else None
    if inline is not None:
        return Section(status=SectionStatus.UNCLEAR, text="\n".join(text), place=inline)
    parts = {}
    if name == "overview":
        pieces = tuple((strips[i].text, strips[i].tokens[0].place) for i in lines)
        parts = lines_to_parts(pieces, form.parts)
    if heading is None:
        return Section(status=SectionStatus.MISSING, text="\n".join(text))
    strip = strips[heading.index]
    return Section(
        status=SectionStatus.PRESENT,
        heading=strip.text,
        text="\n".join(text),
        parts=parts,
        place=next(t.place for t in strip.tokens if not t.is_blank),
    )


def _leftovers(
    strips: tuple[Strip, ...], regions: Regions, tables: dict[str, TableReading], used: frozenset[int]
) -> tuple[Leftover, ...]:
    """Everything printed that is in no section and no figure: preamble, page numbers, torn pieces."""
    left: list[Leftover] = []
    for i, strip in enumerate(strips):
        if strip.is_gap or i in used:
            continue
        if i in regions.before or is_page_number(strip):
            place = next((t.place for t in strip.tokens if not t.is_blank), strip.tokens[0].place)
            left += [Leftover(text=strip.text, place=place)] if strip.text else []
    for reading in tables.values():
        left += [Leftover(text=t.text.strip(), place=t.place) for t in reading.unplaced if len(t.label) <= PROSE]
    return tuple(left)


__all__ = ["Trace", "document_to_report"]
