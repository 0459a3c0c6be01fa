"""The sheet as HTML: tables with spans, and a page of a government site around them."""

from __future__ import annotations

from html import escape

from workers.corpus.reports import PROSE, Report
from workers.corpus.sheet import Grid, Spot

HEAD_ROWS = {10: 3, 15: 3}
"""Rows of the head of tables 2 and 3, by their number of columns; table 1 has heads between its rows instead."""


def head_rows(grid: Grid) -> int:
    """How many rows of this table are its head."""
    return (
        HEAD_ROWS.get(len(grid.widths), 0) if any("行政" in s.text or "申请人" in s.text for s in grid.rows[0]) else 0
    )


def is_heading(text: str) -> bool:
    """Is this one of the six headings?"""
    return text[1:2] == "、"


def grid_to_table(grid: Grid, *, heads: bool = False, attributes: str = "") -> str:
    """A table with rowspan and colspan; `heads` puts the head's rows into a thead, which printers repeat."""
    total = sum(grid.widths)
    columns = "".join(f'<col style="width:{100 * width / total:.2f}%">' for width in grid.widths)
    rows = ["<tr>" + "".join(_cell(spot) for spot in row) + "</tr>" for row in grid.rows]
    first = head_rows(grid) if heads else 0
    head = f"<thead>{''.join(rows[:first])}</thead>" if first else ""
    return f"<table{attributes}><colgroup>{columns}</colgroup>{head}<tbody>{''.join(rows[first:])}</tbody></table>"


def _cell(spot: Spot) -> str:
    spans = (("rowspan", spot.rows), ("colspan", spot.columns))
    marks = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
    return f"<td{marks}>{escape(spot.text)}</td>"


MENUS, LINKS, NEWS = 12, 18, 60
"""Menus and links in a menu, and lines of other news: with them the page weighs what pages of such sites weigh."""


def report_to_site(report: Report) -> str:
    """The report as a page of a site: menus before it, other news after it, styles on every cell."""
    article = "\n".join(_site_block(block, report) for block in report.sheet)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{report.title}-政府信息公开</title>'
        f'<meta name="ArticleTitle" content="{report.title}"><style>{_SITE_CSS}</style>'
        '<script>var site = {"channel": "zfxxgk", "id": 1042};</script></head><body>'
        f'<div class="header"><div class="logo"></div>{_menus()}</div><div class="crumbs">'
        '<a href="/">首页</a> &gt; <a href="/zfxxgk/">政府信息公开</a> &gt; <a href="/zfxxgk/ndbg/">年度报告</a></div>'
        f'<div class="content" id="zoom">{article}</div>'
        f'<div class="aside"><h3>相关信息</h3><ul>{_news(report)}</ul></div>'
        '<div class="footer">主办：办公室&nbsp;&nbsp;网站标识码：0000000000&nbsp;&nbsp;<a href="#">网站地图</a></div>'
        "</body></html>"
    )


_SITE_CSS = ".menu li{float:left;padding:0 12px}.content p{font-size:16px;line-height:2}.aside li{list-style:none}" * 4
_CELL_STYLE = "border:1px solid #000;padding:3px 5px;text-align:center;font-family:宋体;font-size:14px"


def _menus() -> str:
    lists = []
    for menu in range(MENUS):
        links = "".join(
            f'<li class="item"><a href="/channel{menu}/col{link}/index.html" target="_blank" '
            f'title="{_office(menu, link)}">{_office(menu, link)}</a></li>'
            for link in range(LINKS)
        )
        lists.append(f'<div class="menu"><span>{PROSE["places"][menu]}</span><ul>{links}</ul></div>')
    return "".join(lists)


def _office(menu: int, link: int) -> str:
    return PROSE["places"][menu] + PROSE["offices"][link % len(PROSE["offices"])]


def _news(report: Report) -> str:
    lines = (
        f'<li><a href="/zfxxgk/ndbg/{report.year - 1}/t{report.year}01{n:02d}_{10000 + n}.html" target="_blank">'
        f"{_office(n % MENUS, n)}{report.year - 1}年政府信息公开工作年度报告</a>"
        f"<span>{report.year}-01-{n % 28 + 1:02d}</span></li>"
        for n in range(NEWS)
    )
    return "".join(lines)


def _site_block(block: str | Grid, report: Report) -> str:
    if isinstance(block, Grid):
        table = grid_to_table(block, attributes=' border="1" cellspacing="0" cellpadding="0" width="100%"')
        return table.replace("<td", f'<td style="{_CELL_STYLE}"')
    if block == report.title:
        return f'<h1 class="title">{escape(block)}</h1>'
    text = f"<strong>{escape(block)}</strong>" if is_heading(block) else escape(block)
    style = "text-indent: 2em; line-height: 2; font-family: 仿宋_GB2312; font-size: 16pt;"
    return f'<p style="{style}"><span>{text}</span></p>'
