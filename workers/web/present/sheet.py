"""A report on its form: every figure as filed, with its marks and its hint."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.editions import EDITIONS, edition_named
from parsers.editions.equations import to_cell
from parsers.editions.spec import Edition, TableSpec
from parsers.model.document import Place
from parsers.model.finding import Finding
from parsers.model.report import Figure, Reading, Report, Status
from parsers.notices.places import path_in_words
from workers.web.present.form import Box, Sheet, edition_to_sheets
from workers.web.present.text import number_to_text, visible
from workers.web.present.words import SIGNS, STATUSES, WEIGHTS, weight

ABSENT_MARK = "缺"
BLANK_MARK = ""
UNDECIDED_MARK = "待定"
MOST_SHOWN = 12
"""Characters of a raw text that a narrow cell shows: a row that could not be cut would stand in each of its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """One cell of a page's table. `weight` is set where a finding names it first; `findings` are anchors."""

    box: Box
    text: str
    status: str = ""
    weight: str = ""
    sign: str = ""
    findings: tuple[str, ...] = ()
    hint: str = ""

    @property
    def anchor(self) -> str:
        """The cell's id on the page."""
        return cell_anchor(self.box.figure)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """One statutory table, ready to print."""

    sheet: Sheet
    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]


def cell_anchor(figure: str) -> str:
    """The id of a figure's cell on the page."""
    return "c-" + figure.replace(".", "-")


def finding_anchor(number: int) -> str:
    """The id of a finding on the page, by its number in findings.json."""
    return f"f{number}"


def place_to_text(place: Place | None) -> str:
    """Where it stands: 第 3 页 / 第 41 行 / 第 2 列, or by its path, 第2张表第3行第4列, where there are no pages."""
    if place is None:
        return ""
    if place.page is None and place.path is not None:
        return path_in_words(place.path)
    parts = [
        f"第 {value} {unit}"
        for value, unit in ((place.page, "页"), (place.line, "行"), (place.column, "列"))
        if value is not None
    ]
    return " ".join(parts)


def report_to_sheets(report: Report, findings: tuple[Finding, ...]) -> tuple[SheetView, ...]:
    """The three tables. A report of no known edition that still has figures is shown on the form it resembles most."""
    edition = edition_named(report.edition) or _nearest(report)
    if edition is None:
        return ()
    marks = _marks(edition, report, findings)
    return tuple(
        SheetView(
            sheet=sheet,
            head=tuple(tuple(_label(box, sheet.id, report) for box in row) for row in sheet.head),
            body=tuple(tuple(_cell(box, sheet.id, report, findings, marks) for box in row) for row in sheet.body),
        )
        for sheet in edition_to_sheets(edition, report.tables)
    )


def _nearest(report: Report) -> Edition | None:
    """The edition that knows most of the rows seen."""
    seen = {(t, r) for t, rows in report.tables.items() for r, cells in rows.items() if _any_seen(cells)}
    fits = [(sum((t.id, r.id) in seen for t in e.tables for r in t.rows), e) for e in EDITIONS]
    best = max(fits, key=lambda fit: fit[0])
    return best[1] if best[0] else None


def _any_seen(cells: dict[str, Figure]) -> bool:
    return any(figure.status is not Status.ABSENT for figure in cells.values())


def shown_figure(edition: Edition, report: Report, figure: str) -> str:
    """The cell that shows this figure: a sub-row of a merged （六） is shown by the merged row."""
    table_id, _, rest = figure.partition(".")
    row_id, _, column = rest.partition(".")
    table = next((t for t in edition.tables if t.id == table_id), None)
    stand_in = _stand_in(table, report, row_id) if table else None
    return f"{table_id}.{stand_in}.{column}" if stand_in else figure


def _stand_in(table: TableSpec, report: Report, row_id: str) -> str | None:
    filed = report.tables.get(table.id, {})
    return next((r.id for r in table.rows if row_id in r.stands_for and _any_seen(filed.get(r.id, {}))), None)


def _marks(edition: Edition, report: Report, findings: tuple[Finding, ...]) -> dict[str, list[tuple[int, bool]]]:
    """For each cell: the numbers of the findings that name it, and whether they name it first."""
    marks: dict[str, list[tuple[int, bool]]] = {}
    for number, finding in enumerate(findings):
        for order, evidence in enumerate(finding.places):
            if evidence.figure is not None:
                shown = shown_figure(edition, report, evidence.figure)
                marks.setdefault(shown, []).append((number, order == 0))
    return marks


def _cell(
    box: Box, table: str, report: Report, findings: tuple[Finding, ...], marks: dict[str, list[tuple[int, bool]]]
) -> CellView:
    if not box.figure:
        return _label(box, table, report)
    figure = _figure(report, box.figure)
    named = marks.get(box.figure, [])
    heaviest = _heaviest([findings[n] for n, is_first in named if is_first and findings[n].root_cause is None])
    return CellView(
        box=box,
        text=figure_to_text(figure),
        status=figure.status.value if figure else Status.ABSENT.value,
        weight=heaviest,
        sign=SIGNS.get(heaviest, ""),
        findings=tuple(dict.fromkeys(finding_anchor(n) for n, _ in named)),
        hint=_hint(figure, [findings[n] for n, is_first in named if is_first]),
    )


def _label(box: Box, table: str, report: Report) -> CellView:
    """Words of the form; where the document prints other words, they are in the hint."""
    trace = report.traces.get(table)
    found = next((p.found for p in trace.printed if p.expected == box.text), "") if trace else ""
    return CellView(box=box, text=box.text, hint=f"原件写作“{visible(found)}”" if found else "")


def _figure(report: Report, figure_id: str) -> Figure | None:
    table, row, column = to_cell(figure_id)
    return report.tables.get(table, {}).get(row, {}).get(column)


def _heaviest(findings: list[Finding]) -> str:
    weights = {weight(finding) for finding in findings}
    return next((w for w in WEIGHTS if w in weights), "")


def figure_to_text(figure: Figure | None) -> str:
    """What the cell shows: the value as filed, or what stands there; a blank stays blank. The hint has the whole."""
    if figure is None or figure.status is Status.ABSENT:
        return ABSENT_MARK
    if figure.value is not None:
        return number_to_text(figure.value)
    if figure.status in {Status.BLANK, Status.UNDECIDABLE}:
        return BLANK_MARK if figure.status is Status.BLANK else UNDECIDED_MARK
    raw = visible((figure.raw or "").strip())
    return raw if len(raw) <= MOST_SHOWN else f"{raw[:MOST_SHOWN]}…"


def _reading_to_line(reading: Reading) -> str:
    """What one of two readers saw."""
    return f"{reading.reader} 读到：{'未能读出' if reading.raw is None else visible(reading.raw.strip()) or '空白'}"


def _hint(figure: Figure | None, findings: list[Finding]) -> str:
    """Lines for the hint beside a cell: status, raw text, place, second reading, suggestion, findings."""
    if figure is None:
        return STATUSES[Status.ABSENT]
    lines = [] if figure.status is Status.NUMBER else [STATUSES[figure.status]]
    if figure.raw:
        lines.append(f"原文：{visible(figure.raw)}")
    lines.append(f"位置：{place_to_text(figure.place) or '未记录'}")
    lines += [_reading_to_line(reading) for reading in figure.readings if len(figure.readings) > 1]
    if figure.suggested is not None:
        lines.append(f"建议：{number_to_text(figure.suggested)}")
    if figure.candidates:
        lines.append("可能是：" + "、".join(number_to_text(candidate) for candidate in figure.candidates))
    lines += [f"{SIGNS[weight(f)]} {f.code} {visible(f.message)}" for f in findings]
    return "\n".join(lines)
