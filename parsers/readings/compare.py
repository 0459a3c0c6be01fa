"""Two readings as one report: where both agree nothing changes; where they differ the cell is unreadable.

What the second reader could not tell is neither: the first reading stands, with a null beside it, and no finding that
rests on it is put to the agency (docs/decisions/0006).
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from parsers.editions import report_to_form
from parsers.editions.spec import Edition
from parsers.model.document import Place, Problem
from parsers.model.report import Figure, Reading, Report, Section, SectionStatus, Status, Tables, Trace
from parsers.model.source import READ_TWICE
from parsers.readings.needed import Cell
from parsers.tables.implied import imply_values
from parsers.text.fold import to_label
from parsers.text.numerals import Unit, raw_to_reading

Names: TypeAlias = tuple[str, str]
"""The first reader and the second one, as they stand in a figure's readings."""

INCOMPLETE = "SECOND_READING_INCOMPLETE"
"""The second reader missed what the first one found: where it too finds nothing, that confirms nothing."""

DIFFERENT = "READINGS_DIFFER"

_READ = (Status.NUMBER, Status.BLANK, Status.NON_NUMERIC)


def compare_readings(report: Report, second: Report | None, cells: tuple[Cell, ...]) -> Report:
    """The report with both readings in these cells; None: the second reader could not read the document."""
    names = READ_TWICE[report.source.kind]
    form = report_to_form(report)
    if second is not None and (second.edition, report_to_form(second)) != (report.edition, form):
        second = None
    tables = _with_rows_of(report.tables, second)
    compared = {cell: _figure(_find(tables, cell), second, cell, names) for cell in (*cells, *_added(report, tables))}
    different = tuple(cell for cell, figure in compared.items() if figure.status is not _find(tables, cell).status)
    return msgspec.structs.replace(
        report,
        tables=imply_values(_with_own_suggestions(_replaced(tables, compared), form), form),
        sections={name: _section(section, second, name) for name, section in report.sections.items()},
        traces={name: _trace(trace, second, name) for name, trace in report.traces.items()},
        problems=(*report.problems, *_differences(different, compared, form), *_gaps(report, second)),
        readers=names,
    )


def _find(tables: Tables, cell: Cell) -> Figure:
    return tables[cell[0]][cell[1]][cell[2]]


def _with_rows_of(tables: Tables, second: Report | None) -> Tables:
    """Also the rows that only the second reader saw, such as a merged （六）; to the first one they are absent."""
    return {
        table: rows
        | {
            row: {column: _never_seen(figure) for column, figure in figures.items()}
            for row, figures in (second.tables[table] if second else {}).items()
            if row not in rows
        }
        for table, rows in tables.items()
    }


def _never_seen(figure: Figure) -> Figure:
    return Figure(value=None, status=Status.ABSENT, raw=None, place=figure.place)


def _added(report: Report, tables: Tables) -> tuple[Cell, ...]:
    return tuple(
        (table, row, column)
        for table, rows in tables.items()
        for row, figures in rows.items()
        for column in figures
        if row not in report.tables[table]
    )


def _figure(first: Figure, second: Report | None, cell: Cell, names: Names) -> Figure:
    """One cell by both readers. Absent to both is absent; read by one alone it is that reading, unconfirmed.

    What is absent to the first and a blur to the second stays absent, and unconfirmed.
    """
    table, row, column = cell
    other = second.tables[table].get(row, {}).get(column) if second else None
    if first.status is Status.ABSENT:
        if other is None or other.status is Status.ABSENT:
            return first
        if other.status not in _READ:
            return msgspec.structs.replace(first, readings=_nothing_told(names))
        return _unreadable(other, (Reading(reader=names[0], raw=None), Reading(reader=names[1], raw=other.raw)))
    told = other.raw if other and other.status in _READ else None
    both = (*first.readings, Reading(reader=names[1], raw=told))
    if first.status in _READ and other and told is not None and not figures_agree(first, other):
        return _unreadable(first, both)
    return msgspec.structs.replace(first, readings=both)


def _nothing_told(names: Names) -> tuple[Reading, ...]:
    return tuple(Reading(reader=name, raw=None) for name in names)


def _unreadable(seen: Figure, readings: tuple[Reading, ...]) -> Figure:
    """Not known, with what each reader saw."""
    return Figure(value=None, status=Status.UNREADABLE, raw=seen.raw, place=seen.place, readings=readings)


def figures_agree(first: Figure, second: Figure) -> bool:
    """The same number, both blank, or the same words: spaces and the width of characters do not count."""
    if first.status is not second.status:
        return False
    if first.status is Status.NUMBER:
        return first.value == second.value
    return to_label(first.raw or "") == to_label(second.raw or "")


def _replaced(tables: Tables, compared: dict[Cell, Figure]) -> Tables:
    return {
        table: {
            row: {column: compared.get((table, row, column), figure) for column, figure in figures.items()}
            for row, figures in rows.items()
        }
        for table, rows in tables.items()
    }


def _with_own_suggestions(tables: Tables, form: Edition) -> Tables:
    """What the identities forced before may rest on a cell that is in doubt now: only the cell's own words count."""
    return {
        table: {
            row: {
                column.id: _with_own_suggestion(figures[column.id], column.unit)
                for column in form.table(table).columns_of(row)
            }
            for row, figures in rows.items()
        }
        for table, rows in tables.items()
    }


def _with_own_suggestion(figure: Figure, unit: Unit) -> Figure:
    is_open = figure.status in (Status.BLANK, Status.NON_NUMERIC)
    status, _, suggested = raw_to_reading(figure.raw or "", unit)
    if status is Status.NUMBER and is_open:
        # its head names another unit
        return figure
    return msgspec.structs.replace(figure, suggested=suggested if is_open else None)


def _section(first: Section, second: Report | None, name: str) -> Section:
    """A section that either reader found is there."""
    other = second.sections[name] if second else None
    is_found = first.status is SectionStatus.MISSING and other and other.status is SectionStatus.PRESENT
    return other if is_found and other else first


def _trace(first: Trace, second: Report | None, name: str) -> Trace:
    """A table and a head that either reader found are there; an odd label counts when both read it so."""
    other = second.traces[name] if second else None
    if other is None or other.place is None:
        return first
    if first.place is None:
        return other
    odd = [(label.expected, to_label(label.found), label.header) for label in other.printed]
    printed = tuple(p for p in first.printed if (p.expected, to_label(p.found), p.header) in odd)
    return msgspec.structs.replace(first, head=first.head or other.head, printed=printed)


def _differences(cells: tuple[Cell, ...], compared: dict[Cell, Figure], form: Edition) -> tuple[Problem, ...]:
    """One problem a table."""
    by_table = {table.name: [cell for cell in cells if cell[0] == table.id] for table in form.tables}
    return tuple(
        Problem(
            code=DIFFERENT,
            message=f"{name}有{len(own)}个单元格两次读取的结果不一致，未予采用",
            place=compared[own[0]].place,
        )
        for name, own in by_table.items()
        if own
    )


def _gaps(report: Report, second: Report | None) -> tuple[Problem, ...]:
    """The problem that the second reader saw less than the first."""
    if second is not None and not _missed(report, second):
        return ()
    message = "第二次读取未能完整读出这份报告，有关结论未经核对"
    return (Problem(code=INCOMPLETE, message=message, place=_first_place(report)),)


def _missed(report: Report, second: Report) -> bool:
    sections = any(
        section.status is SectionStatus.PRESENT and second.sections[name].status is not SectionStatus.PRESENT
        for name, section in report.sections.items()
    )
    return sections or any(trace.place and not second.traces[name].place for name, trace in report.traces.items())


def _first_place(report: Report) -> Place | None:
    places = (section.place for section in report.sections.values() if section.place)
    return next(places, None)
