"""The sheet printed by ReportLab's own layout, with an embedded TrueType font."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from workers.corpus.page import head_rows
from workers.corpus.reports import Report
from workers.corpus.sheet import Grid, Spot

FONT = "wqy"
MARGIN = 74.0


def report_to_painted(report: Report, font: Path, *, heads_repeated: bool) -> bytes:
    """The report as PDF; the same bytes every time."""
    pdfmetrics.registerFont(TTFont(FONT, str(font)))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN, invariant=1
    )
    body = ParagraphStyle("body", fontName=FONT, fontSize=16, leading=28, wordWrap="CJK", firstLineIndent=32)
    flow = [
        _table(block, heads=heads_repeated) if isinstance(block, Grid) else Paragraph(block, body)
        for block in report.sheet
    ]
    document.build(flow, onFirstPage=_number, onLaterPages=_number)
    return buffer.getvalue()


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont(FONT, 12)
    canvas.drawCentredString(A4[0] / 2, MARGIN / 2, f"— {document.page} —")


def _table(grid: Grid, *, heads: bool) -> Table:
    small = ParagraphStyle("small", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK", alignment=1)
    squares: list[list[Any]] = [[""] * len(grid.widths) for _ in grid.rows]
    commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    commands += [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
    for number, row in enumerate(grid.rows):
        for spot in row:
            squares[number][spot.column] = Paragraph(spot.text, small)
            commands.append(_span(spot, number))
    unit = (A4[0] - 2 * MARGIN) / sum(grid.widths)
    widths = [unit * width for width in grid.widths]
    return Table(squares, widths, style=TableStyle(commands), repeatRows=head_rows(grid) if heads else 0)


def _span(spot: Spot, row: int) -> Any:
    return ("SPAN", (spot.column, row), (spot.column + spot.columns - 1, row + spot.rows - 1))
