"""Document to report: the outline, the edition, every figure, and what belongs nowhere."""

from __future__ import annotations

from parsers.digests import judge_digest, reader_digest
from parsers.editions import EDITIONS
from parsers.editions.spec import Edition, SectionSpec
from parsers.model.document import Document, Place, Problem
from parsers.model.errors import DocumentError
from parsers.model.report import Leftover, Report, Section, SectionStatus
from parsers.model.value import Value
from parsers.sections.edition import strips_to_edition
from parsers.sections.flattened import mark_flattened, strips_to_inline
from parsers.sections.outline import Heading, strips_to_headings
from parsers.sections.parts import lines_to_parts
from parsers.sections.regions import Regions, strips_to_regions
from parsers.sections.several import strips_to_second_report
from parsers.sections.title import (
    Signature,
    Title,
    strips_to_signature,
    strips_to_title,
    text_to_period,
    to_agency,
    to_year,
)
from parsers.tables.figures import TableReading, region_to_table
from parsers.tables.glued import split_glued
from parsers.tables.implied import imply_values
from parsers.tables.strips import Strip, document_to_strips, is_page_number

PROSE = 25
"""An unplaced piece inside a table's section longer than this is a sentence of the section, not a torn cell."""


class Outline(Value):
    """Where everything stands: the strips, the headings among them, who reports and when, and which form it is."""

    strips: tuple[Strip, ...]
    headings: tuple[Heading, ...]
    title: Title
    signature: Signature
    period: str | None
    year: int | None
    edition: str | None
    form: Edition
    regions: Regions
    others: tuple[Strip, ...] = ()
    """What belongs to another report in the same file."""


def document_to_report(document: Document) -> Report:
    """The document as the statutory form; raises DocumentError when it is no annual report at all."""
    outline = document_to_outline(document)
    tables = outline_to_tables(outline, document)
    _refuse_other_documents(outline, tables)
    return Report(
        reader_digest=reader_digest(),
        judge_digest=judge_digest(),
        source=document.source,
        edition=outline.edition,
        year=outline.year,
        agency=to_agency(outline.title, outline.signature),
        signed_on=outline.signature.date,
        period=outline.period,
        title=outline.title.text,
        sections={spec.id: outline_to_section(outline, spec, tables) for spec in outline.form.sections},
        tables=imply_values({name: reading.rows for name, reading in tables.items()}, outline.form),
        traces={name: reading.trace for name, reading in tables.items()},
        leftovers=outline_to_leftovers(outline, tables),
        problems=(
            *document.problems,
            *others_to_problems(outline.others),
            *(problem for reading in tables.values() for problem in reading.problems),
        ),
    )


def others_to_problems(others: tuple[Strip, ...]) -> tuple[Problem, ...]:
    """That another report follows in the same file is said, since nothing of it is read."""
    place = next((token.place for strip in others for token in strip.tokens), None)
    message = "文件里不止一份年度报告，只读取了第一份，其余内容列入未归类部分"
    return (Problem(code="SEVERAL_REPORTS", message=message, place=place),) if others else ()


def document_to_outline(document: Document) -> Outline:
    """Headings, title, signature, year and edition of a document, and the regions they make."""
    everything = document_to_strips(document)
    strips = everything[: strips_to_second_report(everything, EDITIONS[-1].sections)]
    headings = strips_to_headings(strips, EDITIONS[-1].sections)
    title = strips_to_title(strips, tuple(range(headings[0].index if headings else len(strips))))
    text = "\n".join(strip.text for strip in strips)
    period = text_to_period(text)
    signature = strips_to_signature(strips, tuple(range(len(strips))))
    year = to_year(title, period, text, signature.date)
    edition = strips_to_edition(strips, year)
    return Outline(
        strips=strips,
        headings=headings,
        title=title,
        signature=signature,
        period=period,
        year=year,
        edition=edition.id,
        form=edition.form,
        regions=strips_to_regions(strips, headings, edition.form),
        others=everything[len(strips) :],
    )


def outline_to_tables(outline: Outline, document: Document) -> dict[str, TableReading]:
    """The statutory tables by id. What is absent is said to be missing where the text before it ends."""
    tables: dict[str, TableReading] = {}
    fallback = Place(page=1 if document.pages else None, line=None if document.pages else 1)
    for table in outline.form.tables:
        region = [outline.strips[i] for i in outline.regions.tables[table.id]]
        content = tuple(strip for strip in region if not is_page_number(strip))
        reading = region_to_table(content, table, document.source.kind.value, fallback)
        reading = split_glued(reading, table, outline.form, document.source.kind.value)
        tables[table.id] = mark_flattened(reading, content, outline.strips, table)
        fallback = _end_of(content) or fallback
    return tables


def _end_of(content: tuple[Strip, ...]) -> Place | None:
    """The last thing printed in a region."""
    return next((strip.tokens[-1].place for strip in reversed(content) if not strip.is_gap), None)


def _refuse_other_documents(outline: Outline, tables: dict[str, TableReading]) -> None:
    """Neither title nor heading nor table: somebody uploaded the wrong file."""
    traces = [reading.trace for reading in tables.values()]
    if outline.headings or outline.title.text or any(trace.place or trace.flattened for trace in traces):
        return
    if any(strips_to_inline(outline.strips, section.words) for section in outline.form.sections):
        return
    raise DocumentError(
        "NOT_A_REPORT",
        "文件里没有年度报告的标题、六个部分和任何一张法定表格。",
        "请确认上传的是政府信息公开工作年度报告全文。",
    )


def outline_to_section(outline: Outline, spec: SectionSpec, tables: dict[str, TableReading]) -> Section:
    """One section: its heading as printed, its text without the table, section one also in its parts."""
    heading = next((h for h in outline.headings if h.section == spec.id), None)
    lines = _section_lines(outline, spec.id, heading)
    text = "\n".join([line for line, _ in lines] + _sentences_beside_table(outline, spec.id, tables))
    if heading is None:
        inline = strips_to_inline(outline.strips, spec.words)
        status = SectionStatus.UNCLEAR if inline else SectionStatus.MISSING
        return Section(status=status, text=text, place=inline)
    strip = outline.strips[heading.index]
    return Section(
        status=SectionStatus.PRESENT,
        heading=_heading_text(outline, heading),
        text=text,
        parts=lines_to_parts(lines, outline.form.parts) if spec.id == "overview" else {},
        place=next(token.place for token in strip.tokens if not token.is_blank),
    )


def _heading_text(outline: Outline, heading: Heading) -> str:
    """The heading as printed, without the text that goes on behind it."""
    strips = outline.strips[heading.index : heading.last + 1]
    text = "".join(strip.text for strip in strips)
    return text.removesuffix(heading.rest).rstrip() if heading.rest else text


def _section_lines(outline: Outline, section: str, heading: Heading | None) -> tuple[tuple[str, Place], ...]:
    """The printed lines of a section, what stands behind its heading too, without page numbers and signature."""
    indices = [i for i in outline.regions.sections[section] if i not in outline.signature.strips]
    strips = [outline.strips[i] for i in indices]
    begun = ((heading.rest, outline.strips[heading.index].tokens[0].place),) if heading and heading.rest else ()
    lines = tuple((s.text, s.tokens[0].place) for s in strips if not s.is_gap and not is_page_number(s))
    return begun + lines


def _sentences_beside_table(outline: Outline, section: str, tables: dict[str, TableReading]) -> list[str]:
    table = next((t for t in outline.form.tables if t.section == section), None)
    unplaced = tables[table.id].unplaced if table else ()
    return [token.text.strip() for token in unplaced if len(token.label) > PROSE]


def outline_to_leftovers(outline: Outline, tables: dict[str, TableReading]) -> tuple[Leftover, ...]:
    """Everything printed that is in no section and no figure: preamble, page numbers, torn pieces."""
    used = (*outline.title.strips, *outline.signature.strips)
    before = outline.regions.before
    strips = [s for i, s in enumerate(outline.strips) if i not in used and (i in before or is_page_number(s))]
    left = [Leftover(text=s.text, place=s.tokens[0].place) for s in strips if s.text]
    for reading in tables.values():
        left += [Leftover(text=t.text.strip(), place=t.place) for t in reading.unplaced if len(t.label) <= PROSE]
    left += [Leftover(text=s.text, place=s.tokens[0].place) for s in outline.others if s.text]
    return tuple(left)
