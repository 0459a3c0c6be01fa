"""Document to report: the outline, the edition, every figure, and what belongs nowhere."""

from __future__ import annotations

import re

import msgspec

from parsers.agencies.agency import Names, names_to_agency
from parsers.claims import Form, Setting, lines_to_passage, passages_to_claims
from parsers.digests import reader_digest
from parsers.editions import EDITIONS, PRE_2019
from parsers.editions.spec import Edition, SectionSpec, TableSpec
from parsers.model.document import Document, Place
from parsers.model.errors import DocumentError
from parsers.model.judge import BUILT_IN, Judge
from parsers.model.report import Claim, Leftover, Printing, Report, Section, SectionStatus, Tables, Trace
from parsers.model.value import Value
from parsers.sections.edition import strips_to_edition
from parsers.sections.flattened import mark_flattened, mark_picture, strips_to_inline
from parsers.sections.naming import name_to_problems
from parsers.sections.outline import Heading, choose_headings, strips_to_printed_headings
from parsers.sections.parts import lines_to_parts
from parsers.sections.regions import Regions, strips_to_regions
from parsers.sections.several import headings_to_next_report, others_to_problems
from parsers.sections.title import (
    Signature,
    Title,
    strips_to_signature,
    strips_to_title,
    text_to_period,
    to_year,
)
from parsers.sections.trailer import strips_to_end
from parsers.tables.figures import TableReading, region_to_table
from parsers.tables.glued import may_have_blanks, split_glued
from parsers.tables.implied import imply_values
from parsers.tables.limits import document_within_limits, strips_to_limit_problems, strips_within_limits
from parsers.tables.strips import Strip, document_to_strips, is_page_number
from parsers.tables.years import Copies, strips_to_copies

PROSE = 25
"""An unplaced piece inside a table's section longer than this is a sentence of the section, not a torn cell."""


_SENTENCE = re.compile(r"[。，；]|,(?!\d{3})")
"""What a sentence has and a torn piece of a table has not."""


class Outline(Value):
    """Where everything stands: the strips, the headings among them, who reports and when, and which form it is.

    `trailer` is what the web site prints below the report; `others` are the strips of other reports in the same file,
    `cut` those behind the limit of what is understood.
    """

    strips: tuple[Strip, ...]
    trailer: tuple[Strip, ...]
    headings: tuple[Heading, ...]
    title: Title
    signature: Signature
    period: str | None
    year: int | None
    edition: str | None
    form: Edition
    regions: Regions
    others: tuple[Strip, ...] = ()
    cut: tuple[Strip, ...] = ()


def document_to_report(document: Document, judge: Judge = BUILT_IN, key: str = "") -> Report:
    """The document as the statutory form; raises DocumentError when it is no annual report at all."""
    document = document_within_limits(document)
    outline = document_to_outline(document)
    tables = outline_to_tables(outline, document)
    _refuse_other_documents(outline, tables, document)
    figures = imply_values({name: reading.rows for name, reading in tables.items()}, outline.form)
    return Report(
        reader_digest=reader_digest(),
        judge_digest=judge.digest,
        source=document.source,
        edition=outline.edition,
        year=outline.year,
        agency=names_to_agency(_names(outline), _prose(outline), judge.roster, key),
        signed_on=outline.signature.date,
        period=outline.period,
        title=outline.title.text,
        sections={spec.id: outline_to_section(outline, spec, tables) for spec in outline.form.sections},
        tables=figures,
        traces={name: reading.trace for name, reading in tables.items()},
        claims=outline_to_claims(outline, tables, figures),
        leftovers=outline_to_leftovers(outline, tables),
        problems=(
            *document.problems,
            *others_to_problems(outline.others),
            *strips_to_limit_problems(outline.cut),
            *(problem for reading in tables.values() for problem in reading.problems),
            *name_to_problems(key, document.source.kind),
        ),
        readers=(document.reader_name,),
        titled=outline_to_printed(outline, outline.title.strips),
        preamble=outline_to_printed(outline, outline_to_preamble(outline)),
        signature=outline_to_printed(outline, outline.signature.strips),
    )


def document_to_outline(document: Document) -> Outline:
    """Headings, title, signature, year and edition of a document, and the regions they make."""
    whole = document_to_strips(document)
    printed = whole[: strips_within_limits(whole)]
    found = strips_to_printed_headings(printed, EDITIONS[-1].sections)
    next_report = headings_to_next_report(found, printed, EDITIONS[-1].sections)
    strips = printed[:next_report]
    headings = choose_headings(tuple(heading for heading in found if heading.index < len(strips)))
    end = strips_to_end(strips, headings)
    strips, trailer = strips[:end], strips[end:]
    title = strips_to_title(strips, tuple(range(headings[0].index if headings else len(strips))))
    text = "\n".join(strip.text for strip in strips)
    period = text_to_period(text)
    signature = strips_to_signature(strips, tuple(range(len(strips))))
    year = to_year(title, period, text, signature.date)
    edition = strips_to_edition(strips, year)
    return Outline(
        strips=strips,
        trailer=trailer,
        headings=headings,
        title=title,
        signature=signature,
        period=period,
        year=year,
        edition=edition.id,
        form=edition.form,
        regions=strips_to_regions(strips, headings, edition.form),
        others=() if next_report is None else printed[next_report:],
        cut=whole[len(printed) :],
    )


def outline_to_tables(outline: Outline, document: Document) -> dict[str, TableReading]:
    """The statutory tables by id. What is absent is said to be missing where the text before it ends."""
    read: list[tuple[TableSpec, Copies, TableReading]] = []
    fallback = Place(page=1 if document.pages else None, line=None if document.pages else 1)
    for table in outline.form.tables:
        region = [outline.strips[i] for i in outline.regions.tables[table.id]]
        whole = tuple(strip for strip in region if not is_page_number(strip))
        copies = strips_to_copies(whole, table, outline.year)
        reading = region_to_table(copies.own, table, document.reader_name, fallback)
        read.append((table, copies, reading))
        fallback = _end_of(whole) or fallback
    is_glued = any(reading.is_surely_glued for _, _, reading in read)
    has_blanks = is_glued and may_have_blanks(tuple(reading for _, _, reading in read))
    tables: dict[str, TableReading] = {}
    for table, copies, printed in read:
        reading = printed
        if is_glued:
            reading = split_glued(printed, table, outline.form, document.reader_name, has_blanks=has_blanks)
        reading = mark_flattened(reading, copies.own, outline.strips, table)
        tables[table.id] = _with_others(mark_picture(reading, document), copies)
    return tables


def _names(outline: Outline) -> Names:
    """What the report calls its agency."""
    return Names(title=outline.title.agency, signature=outline.signature.name)


def _prose(outline: Outline) -> str:
    """What section one and the lines before it say."""
    indices = (*outline.regions.before, *outline.regions.sections["overview"])
    return "\n".join(outline.strips[i].text for i in indices)


def _with_others(reading: TableReading, copies: Copies) -> TableReading:
    """The same reading; what the tables of other years print is left over, and said to be there."""
    if not copies.problems:
        return reading
    return msgspec.structs.replace(
        reading, unplaced=(*reading.unplaced, *copies.others), problems=(*copies.problems, *reading.problems)
    )


def _end_of(content: tuple[Strip, ...]) -> Place | None:
    """The last thing printed in a region."""
    return next((strip.tokens[-1].place for strip in reversed(content) if not strip.is_gap), None)


def _refuse_other_documents(outline: Outline, tables: dict[str, TableReading], document: Document) -> None:
    """Neither title nor heading nor table: somebody uploaded the wrong file, or the page around the right one."""
    traces = [reading.trace for reading in tables.values()]
    _refuse_what_is_elsewhere(outline, traces, document)
    if outline.headings or outline.title.text or any(trace.place or trace.flattened for trace in traces):
        return
    if any(strips_to_inline(outline.strips, section.words) for section in outline.form.sections):
        return
    raise DocumentError(
        "NOT_A_REPORT",
        "文件里没有年度报告的标题、六个部分和任何一张法定表格。",
        "请确认上传的是政府信息公开工作年度报告全文。",
    )


def _refuse_what_is_elsewhere(outline: Outline, traces: list[Trace], document: Document) -> None:
    """A page that only leads to the report: neither heading nor table is on it."""
    pictures = [problem.place for problem in document.problems if problem.code == "PICTURE"]
    if outline.headings or any(t.place or (t.flattened and t.flattened not in pictures) for t in traces):
        return
    if any(strips_to_inline(outline.strips, section.words) for section in outline.form.sections):
        return
    for code, reason, advice in _ELSEWHERE:
        if any(problem.code == code for problem in document.problems):
            raise DocumentError(f"REPORT_IN_{code}", reason, advice)


_ELSEWHERE = (
    ("ATTACHMENT", "网页上没有报告正文，报告在所附的文件里。", "请下载网页所附的文件，并直接上传该文件。"),
    ("PICTURE", "网页上没有报告文字，报告是图片。", "请上传由 Word 等直接导出的 PDF，或可检索的文本。"),
    ("FRAME", "网页上没有报告正文，正文在框架里的另一个文件。", "请打开框架里的文件并另存后上传。"),
)
"""Problem of a page, and what is said when nothing else is on it."""


def outline_to_section(outline: Outline, spec: SectionSpec, tables: dict[str, TableReading]) -> Section:
    """One section: its heading as printed, its text without the table, section one also in its parts."""
    heading = next((h for h in outline.headings if h.section == spec.id), None)
    lines = _section_lines(outline, spec.id, heading)
    printed = _one_place_a_line((*lines, *_sentences_beside_table(outline, spec.id, tables)))
    text, places = "\n".join(line for line, _ in printed), tuple(place for _, place in printed)
    if heading is None:
        inline = strips_to_inline(outline.strips, spec.words)
        status = SectionStatus.UNCLEAR if inline else SectionStatus.MISSING
        return Section(status=status, text=text, place=inline, places=places)
    strip = outline.strips[heading.index]
    return Section(
        status=SectionStatus.PRESENT,
        heading=_heading_text(outline, heading),
        text=text,
        parts=lines_to_parts(lines, outline.form.parts) if spec.id == "overview" else {},
        place=next(token.place for token in strip.tokens if not token.is_blank),
        places=places,
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


def _sentences_beside_table(
    outline: Outline, section: str, tables: dict[str, TableReading]
) -> tuple[tuple[str, Place], ...]:
    table = next((t for t in outline.form.tables if t.section == section), None)
    unplaced = tables[table.id].unplaced if table else ()
    return tuple((token.text.strip(), token.place) for token in unplaced if len(token.label) > PROSE)


def _one_place_a_line(printed: tuple[tuple[str, Place], ...]) -> tuple[tuple[str, Place], ...]:
    """A cell may hold several lines; all of them stand where the cell stands."""
    return tuple((line, place) for text, place in printed for line in text.split("\n"))


def outline_to_preamble(outline: Outline) -> tuple[int, ...]:
    """The strips between the title and section one: on what basis, for which period, whom to ask."""
    start = outline.title.strips[-1] if outline.title.strips else -1
    return tuple(i for i in outline.regions.before if i > start and i not in outline.signature.strips)


def outline_to_printed(outline: Outline, indices: tuple[int, ...]) -> tuple[Printing, ...]:
    """These strips as they are printed, without page numbers and empty lines."""
    strips = [outline.strips[i] for i in indices]
    return tuple(
        Printing(text=s.text.strip(), place=s.tokens[0].place) for s in strips if not s.is_gap and not is_page_number(s)
    )


def outline_to_claims(outline: Outline, tables: dict[str, TableReading], figures: Tables) -> tuple[Claim, ...]:
    """The numbers stated in the sections' prose; a report made before the form states them of other things."""
    if outline.edition == PRE_2019:
        return ()
    setting = Setting(form=Form(outline.form, figures), year=outline.year)
    passages = tuple(lines_to_passage(spec.id, _told_lines(outline, spec, tables)) for spec in outline.form.sections)
    return passages_to_claims(passages, setting)


def _told_lines(outline: Outline, spec: SectionSpec, tables: dict[str, TableReading]) -> tuple[tuple[str, Place], ...]:
    """The lines of a section that are prose: beside a table only whole sentences are."""
    heading = next((h for h in outline.headings if h.section == spec.id), None)
    lines = _section_lines(outline, spec.id, heading)
    table = next((t for t in outline.form.tables if t.section == spec.id), None)
    if table is None:
        return lines
    beside = tuple((token.text, token.place) for token in tables[table.id].unplaced if len(token.label) > PROSE)
    return tuple(line for line in (*lines, *beside) if _SENTENCE.search(line[0]))


def outline_to_leftovers(outline: Outline, tables: dict[str, TableReading]) -> tuple[Leftover, ...]:
    """Everything printed that is in no section and no figure: preamble, page numbers, torn pieces."""
    used = frozenset((*outline.title.strips, *outline.signature.strips))
    before = frozenset(outline.regions.before)
    strips = [s for i, s in enumerate(outline.strips) if i not in used and (i in before or is_page_number(s))]
    left = [Leftover(text=s.text, place=s.tokens[0].place) for s in (*strips, *outline.others) if s.text]
    for reading in tables.values():
        left += [Leftover(text=t.text.strip(), place=t.place) for t in reading.unplaced if len(t.label) <= PROSE]
    left += [Leftover(text=s.text, place=s.tokens[0].place) for s in outline.trailer if s.text]
    return tuple(left)
