"""The sheet as DOCX, as Word writes one: gridSpan and vMerge, page numbers; the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

from workers.corpus.page import head_rows, is_heading
from workers.corpus.reports import Report
from workers.corpus.sheet import Grid, Spot

TEXT_WIDTH = 8900
"""Twentieths of a point between the margins of A4 as GB/T 9704 sets them."""

MADE_AT = (2024, 1, 19, 9, 0, 0)
"""Every member of the package bears this time, so that equal reports are equal bytes."""


@dataclass(frozen=True)
class Style:
    """The font, whether a page break may cut a row, and whether heads are repeated."""

    font: str
    rows_whole: bool = False
    heads_repeated: bool = False


def report_to_docx(report: Report, style: Style) -> bytes:
    """The package: document, footer, and what binds them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            *_FRAME,
            ("word/styles.xml", _styles(style)),
            ("word/document.xml", _document(report, style)),
        ):
            package.writestr(zipfile.ZipInfo(name, MADE_AT), text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_TYPES = (
    f'{_DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_TYPE}.footer+xml"/></Types>'
)
_ROOT = (
    f'{_DECLARED}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_LINK}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_LINKS = (
    f'{_DECLARED}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_LINK}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINK}/footer" Target="footer1.xml"/></Relationships>'
)
_FOOTER = (
    f'{_DECLARED}<w:ftr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
_FRAME = (
    ("[Content_Types].xml", _TYPES),
    ("_rels/.rels", _ROOT),
    ("word/_rels/document.xml.rels", _LINKS),
    ("word/footer1.xml", _FOOTER),
)


def _styles(style: Style) -> str:
    font = f'<w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:eastAsia="{style.font}" w:cs="{style.font}"/>'
    return (
        f"{_DECLARED}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{font}"
        '<w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
    )


def _document(report: Report, style: Style) -> str:
    body = "".join(
        _table(block, style) if isinstance(block, Grid) else _paragraph(block, report) for block in report.sheet
    )
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1701" w:right="1474" w:bottom="1587" w:left="1531" w:header="851" w:footer="992" '
        'w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f"{_DECLARED}<w:document {_W} {_R}><w:body>{body}{section}</w:body></w:document>"


def _paragraph(text: str, report: Report) -> str:
    if text == report.title:
        return _lines('<w:jc w:val="center"/>', text, '<w:b/><w:sz w:val="44"/>', "exact", 720)
    place = (
        '<w:jc w:val="right"/>' if text in report.sheet[-2:] else '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    )
    return _lines(place, text, "<w:b/>" if is_heading(text) else "", "exact", 560)


def _lines(place: str, text: str, run: str, rule: str, leading: int) -> str:
    return (
        f'<w:p><w:pPr><w:spacing w:line="{leading}" w:lineRule="{rule}"/>{place}</w:pPr>'
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _table(grid: Grid, style: Style) -> str:
    widths = [TEXT_WIDTH * width // sum(grid.widths) for width in grid.widths]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    repeated = head_rows(grid) if style.heads_repeated else 0
    rows = "".join(
        _row(grid, number, widths, _row_marks(style, head=number < repeated)) for number in range(len(grid.rows))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_marks(style: Style, *, head: bool) -> str:
    return ("<w:cantSplit/>" if style.rows_whole else "") + ("<w:tblHeader/>" if head else "")


def _row(grid: Grid, number: int, widths: list[int], marks: str) -> str:
    spots = sorted((*grid.rows[number], *_reaching_into(grid, number)), key=lambda spot: spot.column)
    cells = "".join(_cell(spot, widths, begins=spot in grid.rows[number]) for spot in spots)
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _reaching_into(grid: Grid, number: int) -> list[Spot]:
    """The cells of rows above that are merged down into this one."""
    above = enumerate(grid.rows[:number])
    return [spot for row, spots in above for spot in spots if row + spot.rows > number]


def _cell(spot: Spot, widths: list[int], *, begins: bool) -> str:
    width = sum(widths[spot.column : spot.column + spot.columns])
    span = f'<w:gridSpan w:val="{spot.columns}"/>' if spot.columns > 1 else ""
    merge = ('<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>") if spot.rows > 1 else ""
    text = _lines('<w:jc w:val="center"/>', spot.text, '<w:sz w:val="21"/>', "exact", 320) if begins else "<w:p/>"
    marks = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{text}</w:tc>"
