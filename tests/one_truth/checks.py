"""What an outcome says that the made report does not: cells, places, findings. Empty lists are what is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.outcome import Outcome
from parsers.model.report import Figure, Status
from workers.corpus.figures import CellId, Figures

OF_THE_WHOLE = ("SEC_MISSING", "SRC_TRUNCATED")
"""Findings that are true of a workbook with nothing but the tables in it."""


def outcome_to_figures(outcome: Outcome, figures: Figures) -> dict[CellId, Figure]:
    """What was made of the cells that these figures stand in; a row that was not read has none."""
    tables = outcome.report.tables
    found = {cell: tables[cell[0]].get(cell[1], {}).get(cell[2]) for cell in figures}
    return {cell: figure for cell, figure in found.items() if figure is not None}


def wrong_cells(outcome: Outcome, figures: Figures) -> list[str]:
    """Cells whose value is not the printed one."""
    found = outcome_to_figures(outcome, figures)
    values = {cell: figure.value for cell, figure in found.items()}
    return [
        f"{'.'.join(cell)}: {values.get(cell)} for {value}"
        for cell, value in figures.items()
        if values.get(cell) != value
    ]


def cells_without_place(outcome: Outcome, *, paged: bool) -> list[str]:
    """Printed cells without a place: page and box in a paged format, line or path in others."""
    return [
        f"{table}.{row}.{column}"
        for table, rows in outcome.report.tables.items()
        for row, figures in rows.items()
        for column, figure in figures.items()
        if figure.status is not Status.ABSENT and not _has_place(figure, paged=paged)
    ]


def _has_place(figure: Figure, *, paged: bool) -> bool:
    place = figure.place
    if paged:
        return place.page is not None and place.box is not None
    return place.line is not None or place.path is not None


def strange_findings(outcome: Outcome, *, merged: bool, tables_only: bool = False) -> list[str]:
    """Findings about a report in which nothing is wrong; a merged （六） has one of its own."""
    expected = (*(("TABLE_ROWS_MISSING",) if merged else ()), *(OF_THE_WHOLE if tables_only else ()))
    return [f"{f.code}: {f.message}" for f in outcome.findings.findings if f.code not in expected]


def accusations(outcome: Outcome, *, merged: bool) -> list[str]:
    """Findings put to the agency of a report in which nothing is wrong; doubts about what we read are none."""
    expected = ("TABLE_ROWS_MISSING",) if merged else ()
    return [f"{f.code}: {f.message}" for f in outcome.findings.findings if f.is_agencys and f.code not in expected]


def glued_troubles(outcome: Outcome, figures: Figures) -> Iterator[str]:
    """Cells that are neither right nor undecidable with the printed value among the candidates."""
    found = outcome_to_figures(outcome, figures)
    for cell, value in figures.items():
        figure = found.get(cell)
        if figure is None or not _is_right_or_in_doubt(figure, value):
            yield f"{'.'.join(cell)}: {figure and (figure.status, figure.raw)} for {value}"


def _is_right_or_in_doubt(figure: Figure, value: object) -> bool:
    if figure.status is Status.UNDECIDABLE:
        return value in figure.candidates
    return figure.value == value
