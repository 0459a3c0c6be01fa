"""What a rule is, what it looks at, and how a finding is made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from parsers.causes import claims_to_told, tables_to_causes
from parsers.editions import PRE_2019, edition_due, edition_named, report_to_form
from parsers.editions.equations import CellId, Equation, edition_to_equations, to_cell
from parsers.editions.order import report_in_order
from parsers.editions.spec import Edition
from parsers.model.cause import Cause
from parsers.model.document import Place
from parsers.model.finding import Attribution, Confidence, Evidence, Finding, Passed, Severity, Verdict
from parsers.model.judge import BUILT_IN, Judge
from parsers.model.pictures import RECOGNISED
from parsers.model.report import Figure, Number, Report, SectionStatus, Status
from parsers.model.value import Value
from parsers.readings.compare import INCOMPLETE
from parsers.rules.coverage import Gap, report_to_gaps
from parsers.rules.prose import Prose, report_to_prose

TRUNCATED = "SRC_TRUNCATED"
OUTDATED = "FORMAT_OUTDATED"
UNREADABLE = "FIGURE_UNREADABLE"
LAYOUT_LOST = "LAYOUT_LOST"

HIDDEN = ("HIDDEN_CELLS", "HIDDEN_SHEET")
"""Problems of a reader that left out what is there and not shown."""


DAMAGED = ("ENCODING_DAMAGED", "STRUCK_TEXT", "TEXT_HIDDEN", "HIDDEN_TEXT")
"""Problems of a text of which some characters are not those that a reader of the page sees."""


class Code(Value):
    """A kind of finding: stable code, severity, and the sentence that the agency reads (slots in braces)."""

    code: str
    severity: Severity
    wording: str


@dataclass(frozen=True)
class Subject:
    """A report as it was understood or kept, its form, and what the operator gave to judge it by."""

    given: Report
    judge: Judge = BUILT_IN

    @cached_property
    def form(self) -> Edition:
        """The edition whose rows and columns the report's tables have."""
        return report_to_form(self.given)

    @cached_property
    def report(self) -> Report:
        """The report in the order of its form."""
        return report_in_order(self.given, self.form)

    @cached_property
    def is_judged(self) -> bool:
        """Reports made before the statutory form are recognised, not judged."""
        return self.report.edition != PRE_2019

    @cached_property
    def is_outdated(self) -> bool:
        """The form of earlier years used after its time."""
        due = edition_due(self.report.year) if self.report.year else None
        edition = edition_named(self.report.edition)
        return due is not None and edition is not None and edition.first_year < due.first_year

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Pieces of the form that are missing because the text at hand is cut."""
        return tuple(gap for gap in report_to_gaps(self.report, self.form) if gap.is_cut)

    @cached_property
    def lost(self) -> frozenset[str]:
        """Names of the form's elements inside those gaps."""
        return frozenset(element for gap in self.gaps for element in gap.missing)

    @cached_property
    def is_flattened(self) -> bool:
        """Some heading or table stands inside running text: lines were lost, and others may be lost too."""
        sections, traces = self.report.sections.values(), self.report.traces.values()
        return any(s.status is SectionStatus.UNCLEAR for s in sections) or any(t.flattened for t in traces)

    @cached_property
    def is_recognised(self) -> bool:
        """Some page is a picture, and its words were recognised."""
        return any(problem.code == RECOGNISED for problem in self.report.problems)

    @cached_property
    def has_hidden_cells(self) -> bool:
        """Rows, columns or sheets of the workbook are hidden and were not read: what is missing may be there."""
        return any(problem.code in HIDDEN for problem in self.report.problems)

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """The running text, piece by piece."""
        sections = (section.id for section in self.form.sections)
        return report_to_prose(self.report, sections, tuple(table.section for table in self.form.tables))

    @cached_property
    def has_known_year(self) -> bool:
        """Does the title state it, and no other, or the period? One that follows from the signature judges nothing."""
        year, titled = str(self.report.year), re.findall(r"20\d{2}", self.report.title or "")
        return bool(titled and set(titled) == {year}) or (self.report.period or "").startswith(f"{year}-")

    @cached_property
    def is_to_the_letter(self) -> bool:
        """Do we know how words are spelt? Not where a picture was recognised, characters or the lines were lost."""
        damaged = any(problem.code in DAMAGED for problem in self.report.problems)
        return self.is_judged and not (damaged or self.is_recognised or self.is_flattened)

    def is_confirmed(self, finding: Finding) -> bool:
        """Has the second reader, where it was asked, told the same of all that this finding rests on?"""
        figures = [self.figure(to_cell(e.figure)) for e in finding.places if e.figure is not None]
        if len(self.report.readers) < 2:  # noqa: PLR2004 - the first alone was asked
            return True
        if not figures:
            return all(problem.code != INCOMPLETE for problem in self.report.problems)
        return all(reading.raw is not None for figure in figures for reading in figure.readings)

    def lost_root(self, element: str) -> str | None:
        """Why this element of the form may be missing without the agency having left it out."""
        return TRUNCATED if element in self.lost else None

    @cached_property
    def torn_rows(self) -> tuple[tuple[str, str], ...]:
        """Table and row where a cut begins: cells that look blank there may have been cut off."""
        names = [gap.before.name.split(".") for gap in self.gaps if gap.before]
        return tuple((name[1], name[2]) for name in names if name[0] == "row")

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Every instance of every identity."""
        return edition_to_equations(self.form, self.report.tables)

    @cached_property
    def causes(self) -> dict[str, Cause]:
        """Where the mistake behind each broken identity most likely stands, by `A03.requests.granted`."""
        told = claims_to_told(self.report.claims)
        return tables_to_causes(self.form, self.equations, self.report.tables, told)

    def figure(self, cell: CellId) -> Figure:
        """The figure of a cell."""
        table, row, column = cell
        return self.report.tables[table][row][column]

    def number(self, cell: CellId) -> Number | None:
        """What is filed in a cell as a number; None where it is none, or no such row was filed."""
        table, row, column = cell
        figure = self.report.tables.get(table, {}).get(row, {}).get(column)
        return figure.value if figure else None

    def figures(self) -> Iterator[tuple[CellId, Figure]]:
        """All figures in the order of the form."""
        for table in self.form.tables:
            for row in table.rows:
                filed = self.report.tables[table.id].get(row.id, {})
                yield from (((table.id, row.id, c.id), filed[c.id]) for c in table.columns_of(row.id) if c.id in filed)

    def with_status(self, *statuses: Status) -> tuple[tuple[CellId, Figure], ...]:
        """The figures of these statuses, in the order of the form."""
        return tuple((cell, figure) for cell, figure in self.figures() if figure.status in statuses)

    def cell_label(self, cell: CellId) -> str:
        """`表二“（七）总计”行“自然人”列`."""
        row, column = self.row_and_column(".".join(cell))
        return f"{self.form.table(cell[0]).name}“{row}”行“{column}”列"

    def row_and_column(self, figure: str) -> tuple[str, str]:
        """What people call the row and the column of this figure."""
        table_id, row_id, column_id = to_cell(figure)
        table = self.form.table(table_id)
        column = next(c for c in table.columns_of(row_id) if c.id == column_id)
        return short(table.row(row_id).label), short(column.label)

    def evidence(self, cell: CellId) -> Evidence:
        """The cell as evidence."""
        figure = self.figure(cell)
        return Evidence(figure=".".join(cell), label=self.cell_label(cell), raw=figure.raw, place=figure.place)

    def table_root(self, table: str) -> str | None:
        """Table 1 of an outdated form has other columns: what is wrong there follows from the form."""
        return OUTDATED if self.is_outdated and table == "proactive" else None


Result: TypeAlias = Finding | Passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its id (the file's name), title, sentence of law, how it is computed, and its check.

    `example` is something that violates it, `passing` something like it that does not; both stand in docs/rules.md.
    """

    id: str
    title: str
    codes: tuple[Code, ...]
    law: str
    formula: str
    example: str
    passing: str
    check: Callable[[Subject], Iterator[Result]]

    def code(self, name: str) -> Code:
        """The code of this name."""
        return next(code for code in self.codes if code.code == name)


def short(label: str) -> str:
    """A label without its remark in brackets, for use inside the quotes of a sentence."""
    return inner(re.split(r"（区分处理|（单位", label)[0] or label)


def inner(text: str) -> str:
    """Quotes inside quotes are single (GB/T 15834-2011, 4.8.3.4)."""
    return text.replace("“", "‘").replace("”", "’")


def fingerprint(code: str, edition: str | None, subject: str) -> str:
    """sha256(code, edition, figure id or metric and section): no value, no position, so it survives a re-run."""
    return hashlib.sha256("\n".join((code, edition or "", subject)).encode()).hexdigest()


def make_finding(  # noqa: PLR0913 - a finding has that many sides; all but four are named
    rule: str,
    code: Code,
    subject: Subject,
    about: str,
    *,
    places: tuple[Evidence, ...],
    message: str,
    basis: str,
    verdict: Verdict = Verdict.VIOLATED,
    confidence: Confidence = Confidence.HIGH,
    attribution: Attribution = Attribution.FILED,
    severity: Severity | None = None,
    filed: int | str | None = None,
    expected: int | str | None = None,
    suggestion: str | None = None,
    root_cause: str | None = None,
    cause: Cause | None = None,
) -> Finding:
    """A finding of this code; `about` is the figure id, or metric and section, that identifies it."""
    return Finding(
        fingerprint=fingerprint(code.code, subject.report.edition, about),
        rule=rule,
        code=code.code,
        severity=severity or code.severity,
        verdict=verdict,
        confidence=confidence,
        attribution=attribution,
        message=message,
        places=places,
        basis=basis,
        filed=filed,
        expected=expected,
        suggestion=suggestion,
        root_cause=root_cause,
        cause=cause,
    )


def at(place: Place | None, label: str, raw: str | None = None) -> tuple[Evidence, ...]:
    """Evidence that is no figure: a heading, a table, a label."""
    return (Evidence(figure=None, label=label, raw=raw, place=place or Place(line=1)),)
