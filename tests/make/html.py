"""The sheet as a web page, in the styles in which offices publish; the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape

from workers.corpus.sheet import Grid, Sheet, Spot

TITLE = "政府信息公开工作年度报告"


def to_html(sheet: Sheet, style: str = "clean", encoding: str = "utf-8") -> bytes:
    """The report as a page of this style."""
    return dict(STYLES)[style](sheet).encode(encoding, "xmlcharrefreplace")


def to_mhtml(sheet: Sheet) -> bytes:
    """The clean page as browsers save it in one file."""
    whole = MIMEMultipart("related", boundary="----=_Part_1")
    whole.attach(MIMEText(clean(sheet), "html", "utf-8"))
    return whole.as_bytes()


def clean(sheet: Sheet) -> str:
    """What a careful person writes: heads as th, spans where cells are merged."""
    body = "\n".join(_clean_table(b) if isinstance(b, Grid) else f"<p>{escape(b)}</p>" for b in sheet)
    head = f'<head><meta charset="utf-8"><title>{TITLE}</title></head>'
    return f"<!DOCTYPE html>\n<html>{head}\n<body>\n{body}\n</body></html>\n"


def _clean_table(grid: Grid) -> str:
    rows = ("".join(f"<td{_spans(s)}>{escape(s.text)}</td>" for s in row) for row in grid.rows)
    return '<table border="1">\n' + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def _spans(spot: Spot) -> str:
    columns = f' colspan="{spot.columns}"' if spot.columns > 1 else ""
    return columns + (f' rowspan="{spot.rows}"' if spot.rows > 1 else "")


def word(sheet: Sheet) -> str:
    """Word's filtered export: digits in spans of their own, a spacer cell after each row, a row of widths last."""
    body = "\n".join(_word_table(block) if isinstance(block, Grid) else _mso(block) for block in sheet)
    styles = "<style><!-- p.MsoNormal {margin:0cm; display:block} --></style>"
    start = "<![if !supportEmptyParas]>&nbsp;<![endif]>"
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">\n<head>\n'
        f'<meta http-equiv=Content-Type content="text/html; charset=gb2312">\n{styles}\n</head>\n'
        f"<body lang=ZH-CN><div class=WordSection1>\n<p class=MsoNormal>{start}<o:p></o:p></p>\n{body}\n"
        "<!--[if gte mso 9]><xml><w:WordDocument>9</w:WordDocument></xml><![endif]-->\n</div></body></html>\n"
    )


def _mso(text: str) -> str:
    """Runs cut where Word cuts them, source lines wrapped in the middle of a sentence."""
    runs = "".join(f"<span lang=EN-US>{c}</span>" if c.isascii() and c.isalnum() else escape(c) for c in text)
    wrapped = runs[:40] + runs[40:].replace("，", "，\n", 1)
    return f"<p class=MsoNormal style='line-height:150%'>{wrapped or '<o:p>&nbsp;</o:p>'}<o:p></o:p></p>"


def _word_table(grid: Grid) -> str:
    rows = "\n".join(_word_row(row, i) for i, row in enumerate(grid.rows))
    widths = "".join(f"<td width={10 * width} style='border:none'></td>" for width in (*grid.widths, 0))
    last = f"<![if !supportMisalignedColumns]>\n<tr height=0>{widths}</tr>\n<![endif]>"
    return f"<table class=MsoNormalTable border=1 cellspacing=0>\n{rows}\n{last}\n</table>"


def _word_row(row: tuple[Spot, ...], index: int) -> str:
    cells = "\n".join(f"<td{_word_spans(s)} style='border:solid windowtext 1.0pt'>{_mso(s.text)}</td>" for s in row)
    spacer = "<td style='height:14.2pt;border:none' width=0 height=19></td>"
    return f"<tr style='mso-yfti-irow:{index};height:14.2pt'>\n{cells}\n{spacer}\n</tr>"


def _word_spans(spot: Spot) -> str:
    return _spans(spot).replace('"', "")


MENU = ("首页", "新闻中心", "政府信息公开", "政务服务", "互动交流")
FOOT = ("扫一扫在手机打开当前页", "【打印】 【关闭】", "分享到：", "上一篇：2022年部门决算公开", "下一篇：没有了",
        "版权所有：铜官区人民政府 主办：铜官区人民政府办公室", "皖ICP备05000000号-1 皖公网安备34070502000001号",
        "网站标识码：3407050001", "联系电话：0562-1234567")  # fmt: skip


def cms(sheet: Sheet) -> str:
    """A site's page: menus, a calendar, layout tables around the article, an editor's tables, a footer."""
    menu = "".join(f'<li><a href="/{i}.html">{escape(text)}</a></li>' for i, text in enumerate(MENU))
    days = "".join(f"<td>{day}</td>" for day in range(1, 8))
    calendar = f"<table class=calendar><tr><th>日</th><th>一</th><th>二</th></tr><tr>{days}</tr></table>"
    article = "\n".join(_ueditor_table(block) if isinstance(block, Grid) else _editor_line(block) for block in sheet)
    foot = "\n".join(f"<p>{escape(text)}</p>" for text in FOOT)
    return (
        "<!doctype html><html><head><title>年报-铜官区人民政府</title>"
        "<script>var a='<td>9</td>';</script></head><body>\n"
        f'<div class="nav"><ul>{menu}</ul><div style="display:none">2023 1 2 3</div></div>\n'
        f"<table width=1000><tr><td width=200><ul>{menu}<li><a href=x>政府信息公开年报</a></li></ul>{calendar}</td>"
        f"<td><div>当前位置：<a href=/>首页</a> &gt; <a href=/n>政府信息公开年报</a></div>\n"
        f'<div class="info">索引号：003/2024-00001　发布日期：2024-01-20　浏览次数：<span id="c">121</span></div>\n'
        f'<div id="zoom">{article}</div></td></tr></table>\n--&gt;\n<div class="footer">{foot}</div></body></html>\n'
    )


def _editor_line(text: str) -> str:
    return f'<p style="text-indent: 2em;"><span style="font-size:16px;">　　{escape(text)}</span></p>'


def _ueditor_table(grid: Grid) -> str:
    """An empty first row, blanks as &nbsp; in paragraphs, no end tags for cells."""
    empty = "<tr class='firstRow'>" + "<td></td>" * len(grid.widths) + "</tr>"
    rows = "".join(f"<tr>{''.join(_editor_cell(s) for s in row)}</tr>" for row in grid.rows)
    return f'<div class="table"><table width="600" cellspacing="0"><tbody>{empty}{rows}</tbody></table></div>'


def _editor_cell(spot: Spot) -> str:
    text = escape(spot.text) or "&nbsp;"
    return f'<td{_spans(spot)} width="66"><p style="text-align:center"><span>{text} </span></p>'


def split(sheet: Sheet) -> str:
    """One table printed as several: cut wherever no merged cell is cut; only the first part has heads."""
    body = "".join(_split_table(block) if isinstance(block, Grid) else f"<div>{escape(block)}</div>" for block in sheet)
    return f"<html><body>{body}</body></html>"


def _split_table(grid: Grid) -> str:
    parts: list[list[tuple[Spot, ...]]] = [[]]
    reach = 0
    for i, row in enumerate(grid.rows):
        if i >= reach and parts[-1] and len(parts[-1]) >= SPLIT_ROWS and len(grid.rows) > SPLIT_ROWS:
            parts.append([])
        parts[-1].append(row)
        reach = max([reach, *(i + spot.rows for spot in row)])
    return "".join(_clean_table(Grid(grid.widths, tuple(part))) for part in parts)


SPLIT_ROWS = 5


def divs(sheet: Sheet) -> str:
    """Tables drawn with boxes: one cell a block; a blank cell holds a blank."""
    lines: Iterable[str] = (text for block in sheet for text in _cells_of(block))
    body = "".join(f"<div class=c>{escape(text) or '&nbsp;'}</div>" for text in lines)
    return f"<html><body>{body}</body></html>"


def _cells_of(block: str | Grid) -> list[str]:
    return [block] if isinstance(block, str) else [spot.text for row in block.rows for spot in row]


def turned(sheet: Sheet, way: str) -> bytes:
    """The clean page with its last grid, table 3, turned another way: in rows, apart, stacked, listed."""
    last = max(i for i, block in enumerate(sheet) if isinstance(block, Grid))
    parts = [_clean_table(b) if isinstance(b, Grid) else f"<p>{escape(b)}</p>" for b in sheet]
    grid = sheet[last]
    assert isinstance(grid, Grid)
    values = [spot.text for spot in grid.rows[-1]]
    parts[last] = dict(_WAYS)[way]([values[i : i + 5] for i in (0, 5, 10)])
    return "".join(parts).join(("<html><body>", "</body></html>")).encode()


GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def _table(rows: Iterable[Iterable[str]]) -> str:
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows)}</table>"


def _in_rows(groups: list[list[str]]) -> str:
    return _table([["", *RESULTS], *([name, *values] for name, values in zip(GROUPS, groups, strict=True))])


def _apart(groups: list[list[str]]) -> str:
    return "".join(f"<p>{name}</p>{_table([RESULTS, v])}" for name, v in zip(GROUPS, groups, strict=True))


def _stacked(groups: list[list[str]]) -> str:
    return _table(
        [["", *GROUPS], *([name, *row] for name, row in zip(RESULTS, zip(*groups, strict=True), strict=True))]
    )


def _listed(groups: list[list[str]]) -> str:
    rows = [
        f"<tr>{f'<td rowspan=5>{group}</td>' if i == 0 else ''}<td>{RESULTS[i]}</td><td>{value}</td></tr>"
        for group, values in zip(GROUPS, groups, strict=True)
        for i, value in enumerate(values)
    ]
    return f"<table>{''.join(rows)}</table>"


_WAYS = (("in rows", _in_rows), ("apart", _apart), ("stacked", _stacked), ("listed", _listed))
WAYS = tuple(name for name, _ in _WAYS)


STYLES: tuple[tuple[str, Callable[[Sheet], str]], ...] = (
    ("clean", clean),
    ("word", word),
    ("cms", cms),
    ("split", split),
    ("divs", divs),
)
"""Every style by name."""
