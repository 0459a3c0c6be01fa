"""Which elements of the form are there, in its order, and where a run of missing ones looks like a cut in the text.

An agency leaves out a whole section, or rows inside one table. A torn page or a broken copy does what nobody does on
purpose: the text stops in the middle of one table and resumes in the middle of another.
"""

from __future__ import annotations

from itertools import groupby

from parsers.editions.spec import Edition, TableSpec
from parsers.model.document import Place
from parsers.model.report import Report, SectionStatus, Status
from parsers.model.value import Value

MANY = 2
"""So many sections missing at the end, without a signature, are a cut and no omission."""


class Element(Value):
    """One piece of the form: a section's heading, a table's column heads, or a row. `table` is None for a heading."""

    name: str
    label: str
    table: str | None
    place: Place | None

    @property
    def is_found(self) -> bool:
        """It is in the report."""
        return self.place is not None


class Gap(Value):
    """A run of missing elements, what stands before and after it, and whether it is a cut."""

    missing: tuple[str, ...]
    labels: tuple[str, ...]
    before: Element | None
    after: Element | None
    is_cut: bool


def report_to_gaps(report: Report, form: Edition) -> tuple[Gap, ...]:
    """The runs of missing elements, in order."""
    elements = report_to_elements(report, form)
    gaps: list[Gap] = []
    position = 0
    for found, run in groupby(elements, key=lambda element: element.is_found):
        missing = tuple(run)
        if not found:
            before = elements[position - 1] if position else None
            end = position + len(missing)
            after = elements[end] if end < len(elements) else None
            gaps.append(_gap(missing, before, after, has_end=report.signed_on is not None))
        position += len(missing)
    return tuple(gaps)


def _gap(missing: tuple[Element, ...], before: Element | None, after: Element | None, *, has_end: bool) -> Gap:
    """A gap that takes the last sections and the signature with it is where the text at hand ends."""
    headings = sum(element.table is None for element in missing)
    crosses = headings > 0
    ends_early = after is None and headings >= MANY and not has_end
    cuts_before = before is not None and before.table is not None and before.table == missing[0].table
    cuts_after = after is not None and after.table is not None and after.table == missing[-1].table
    return Gap(
        missing=tuple(element.name for element in missing),
        labels=tuple(element.label for element in missing),
        before=before,
        after=after,
        is_cut=before is not None and ((crosses and (cuts_before or cuts_after)) or ends_early),
    )


def report_to_elements(report: Report, form: Edition) -> tuple[Element, ...]:
    """Every element of the form in the order in which it is printed."""
    elements: list[Element] = []
    for section in form.sections:
        found = report.sections[section.id]
        place = found.place if found.status is SectionStatus.PRESENT else None
        elements.append(Element(name=f"section.{section.id}", label=section.heading, table=None, place=place))
        table = next((t for t in form.tables if t.section == section.id), None)
        if table is not None:
            elements += _table_elements(report, table)
    return tuple(elements)


def _table_elements(report: Report, table: TableSpec) -> list[Element]:
    trace = report.traces[table.id]
    head = Element(
        name=f"head.{table.id}",
        label=f"{table.name}表头",
        table=table.id,
        place=trace.place if trace.head else None,
    )
    replaced = {name for row in table.rows if row.id in report.tables[table.id] for name in row.stands_for}
    rows = [row for row in table.rows if not row.stands_for]
    return [head] + [
        Element(
            name=f"row.{table.id}.{row.id}",
            label=row.label,
            table=table.id,
            place=_row_place(report, table, row.id) or (trace.place if row.id in replaced else None),
        )
        for row in rows
    ]


def _row_place(report: Report, table: TableSpec, row: str) -> Place | None:
    filed = report.tables[table.id].get(row, {})
    figures = tuple(filed[column.id] for column in table.columns_of(row) if column.id in filed)
    if all(figure.status is Status.ABSENT for figure in figures):
        return None
    return figures[0].place
