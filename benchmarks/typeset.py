"""The sheet as typst source."""

from __future__ import annotations

import json

from workers.corpus.page import head_rows, is_heading
from workers.corpus.reports import Report
from workers.corpus.sheet import Grid, Spot

_SETTINGS = """
#set page(paper: "a4", margin: (top: 30mm, right: 26mm, bottom: 28mm, left: 28mm),
  footer: context align(center, text(12pt)[— #counter(page).display() —]))
#set text(font: %s, size: 16pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), leading: 12pt, spacing: 12pt, justify: true)
#set table(stroke: 0.5pt, align: center + horizon, inset: 4pt)
"""


def report_to_typst(report: Report, font: str, *, heads_repeated: bool) -> str:
    """The source; texts are strings, so that nothing in them is markup."""
    blocks = [_block(block, report, heads=heads_repeated) for block in report.sheet]
    return _SETTINGS % json.dumps(font) + "\n\n".join(blocks)


def _block(block: str | Grid, report: Report, *, heads: bool) -> str:
    if isinstance(block, Grid):
        return _table(block, heads=heads)
    text = json.dumps(block, ensure_ascii=False)
    if block == report.title:
        return f"#align(center, text(22pt, weight: 700, {text}))"
    if block in report.sheet[-2:]:
        return f"#align(right, {text})"
    return f"#par(text(weight: 700, {text}))" if is_heading(block) else f"#par({text})"


def _table(grid: Grid, *, heads: bool) -> str:
    columns = ", ".join(f"{width}fr" for width in grid.widths)
    first = head_rows(grid) if heads else 0
    head = f"table.header(repeat: true, {_cells(grid.rows[:first])})," if first else ""
    return f"#text(10.5pt, {{ set par(first-line-indent: 0pt, leading: 5pt, justify: false); table(columns: ({columns}), {head} {_cells(grid.rows[first:])}) }})"  # noqa: E501 - one line of source


def _cells(rows: tuple[tuple[Spot, ...], ...]) -> str:
    return ", ".join(_cell(spot) for row in rows for spot in row)


def _cell(spot: Spot) -> str:
    text = json.dumps(spot.text, ensure_ascii=False)
    return f"table.cell(colspan: {spot.columns}, rowspan: {spot.rows}, breakable: true, {text})"
