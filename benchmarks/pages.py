"""The sheet as a page to be printed, as an office's letterhead has it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from workers.corpus.page import grid_to_table, is_heading
from workers.corpus.reports import Report
from workers.corpus.sheet import Grid


@dataclass(frozen=True)
class Print:
    """How a report is printed: the font, whether a page break may cut a row, whether heads are repeated."""

    font: str
    rows_whole: bool = False
    heads_repeated: bool = False


def report_to_print(report: Report, style: Print) -> str:
    """A page of A4 as GB/T 9704 sets it: 16 pt on 28 pt, the page's number between dashes."""
    body = "\n".join(_block(block, report, heads=style.heads_repeated) for block in report.sheet)
    return f"<!DOCTYPE html><html lang=zh-CN><meta charset=utf-8><title>{report.title}</title><style>{_css(style)}</style><body>{body}</body></html>"  # noqa: E501 - one line of markup


def _css(style: Print) -> str:
    inside = "avoid" if style.rows_whole else "auto"
    return (
        "@page{size:A4;margin:30mm 26mm 28mm 28mm;"
        f'@bottom-center{{content:"— " counter(page) " —";font:12pt "{style.font}"}}}}'
        f'body{{font:16pt/28pt "{style.font}";margin:0}}'
        "h1{font-size:22pt;line-height:36pt;text-align:center}h2{font-size:16pt;line-height:28pt;margin:0;text-indent:2em}"
        "p{margin:0;text-indent:2em;text-align:justify}p.signed{text-align:right}"
        "table{border-collapse:collapse;table-layout:fixed;width:100%;font-size:10.5pt;line-height:16pt;margin:8pt 0}"
        "td{border:0.75pt solid #000;padding:3pt 2pt;text-align:center;overflow-wrap:anywhere}"
        f"tr{{break-inside:{inside}}}"
    )


def _block(block: str | Grid, report: Report, *, heads: bool) -> str:
    if isinstance(block, Grid):
        return grid_to_table(block, heads=heads)
    if block == report.title:
        return f"<h1>{escape(block)}</h1>"
    if block in report.sheet[-2:]:
        return f"<p class=signed>{escape(block)}</p>"
    return f"<h2>{escape(block)}</h2>" if is_heading(block) else f"<p>{escape(block)}</p>"
