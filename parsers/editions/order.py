"""A report in the order of its form, whatever order it came in: what was kept as canonical JSON has its keys sorted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from parsers.editions.spec import Edition, TableSpec
from parsers.model.report import Figure, Report, Section

T = TypeVar("T")


def report_in_order(report: Report, form: Edition) -> Report:
    """The same report, so that rules see sections, parts, tables, rows and columns in one order only."""
    tables = {
        table.id: _rows_in_order(report.tables[table.id], table) for table in form.tables if table.id in report.tables
    }
    return msgspec.structs.replace(
        report,
        sections={name: _section_in_order(section) for name, section in _sections(report, form).items()},
        tables=tables,
        traces=_ordered(report.traces, tables),
    )


def _sections(report: Report, form: Edition) -> dict[str, Section]:
    return _ordered(report.sections, (section.id for section in form.sections))


def _section_in_order(section: Section) -> Section:
    """Its parts as their headings follow each other in the text; two under one heading by their names."""
    if not section.parts:
        return section
    names = sorted(section.parts, key=lambda name: (section.text.find(section.parts[name].heading), name))
    return msgspec.structs.replace(section, parts={name: section.parts[name] for name in names})


def _rows_in_order(rows: dict[str, dict[str, Figure]], table: TableSpec) -> dict[str, dict[str, Figure]]:
    columns = {row.id: [column.id for column in block.columns] for block in table.blocks for row in block.rows}
    return {row: _ordered(cells, columns.get(row, ())) for row, cells in _ordered(rows, columns).items()}


def _ordered(values: dict[str, T], names: Iterable[str]) -> dict[str, T]:
    """The values in the order of the names; what has none of them, after them by its own."""
    known = [name for name in names if name in values]
    return {name: values[name] for name in (*known, *sorted(set(values) - set(known)))}
