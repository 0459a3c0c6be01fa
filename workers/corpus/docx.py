"""The sheet as DOCX, by a ZIP and strings; the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from workers.corpus.sheet import Grid, Sheet, Spot

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = ("styles", "numbering", "footnotes")

TABLE_WIDTH = 9000
"""Twentieths of a point."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every member: a ZIP has no earlier one."""

LISTS = (("1", "headings"), ("2", "table 2"))
"""A list for the headings, and one for the rows of table 2."""


def package(
    body: str,
    parts: Mapping[str, str] | None = None,
    relations: str = "",
    *,
    namespace: str = W,
    root: str = "document",
) -> bytes:
    """A DOCX with this content of w:body; `parts`: XML inside word/ by name, such as "styles"."""
    parts = {"styles": f"<w:styles {NAMESPACES}/>", **(parts or {})}
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{name}+xml"/>'
        for name in parts
        if name in _PARTS
    )
    links = "".join(
        f'<Relationship Id="p{i}" Type="{_RELATION}/{name}" Target="{name}.xml"/>'
        for i, name in enumerate(parts)
        if name in _PARTS
    )
    inside = f"<w:body>{body}</w:body>" if root == "document" else ""
    document = f"{_HEAD}<w:{root} {NAMESPACES}>{inside}</w:{root}>".replace(W, namespace)
    return _zip(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>{kinds}</Types>',
            "_rels/.rels": _relations(
                f'<Relationship Id="d" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(links + relations),
            **{f"word/{name}.xml": _HEAD + xml for name, xml in parts.items()},
        }
    )


def external(kind: str, target: str, name: str = "x") -> str:
    """A relation to something outside the file."""
    return f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="External"/>'


def _relations(links: str) -> str:
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'


def _zip(members: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


Write = Callable[[str], str]
"""Text to runs."""


def run(text: str, properties: str = "") -> str:
    """One run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def torn(text: str) -> str:
    """A run for every letter, as WPS leaves them after some editing."""
    return "".join(run(letter, '<w:rFonts w:hint="eastAsia"/>') for letter in text)


def tracked(text: str) -> str:
    """The text as it was changed, with the old one deleted and one that was moved away."""
    old = "<w:r><w:delText>9{}</w:delText></w:r>"
    return (
        f'<w:del w:id="1" w:author="a">{old.format(1)}</w:del><w:ins w:id="2" w:author="a">{run(text)}</w:ins>'
        f'<w:moveFrom w:id="3" w:author="a">{run("7")}</w:moveFrom>'
    )


def in_field(text: str) -> str:
    """The text as a formula's result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = '<w:r><w:instrText xml:space="preserve"> =SUM(LEFT) </w:instrText></w:r>'
    return f"{mark('begin')}{code}{mark('separate')}{run(text)}{mark('end')}"


def paragraph(text: str, properties: str = "", write: Write = run) -> str:
    """One paragraph."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{write(text)}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """One cell around paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """One row of cells."""
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """One table of rows, with rules."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(
        f'<w:{s} w:val="single" w:sz="4"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


@dataclass(frozen=True)
class Look:
    """How a DOCX says the same thing in another way."""

    write: Write = run
    numbered: bool = False
    """The numbers of headings and of table 2 come from lists."""
    framed: bool = False
    """All of it stands in a layout table."""
    split: int = 0
    """Each table is cut in two after so many rows."""


LOOKS: tuple[tuple[str, Look], ...] = (
    ("plain", Look()),
    ("torn", Look(write=torn)),
    ("tracked", Look(write=tracked)),
    ("field", Look(write=in_field)),
    ("numbered", Look(numbered=True)),
    ("framed", Look(framed=True)),
    ("split", Look(split=4)),
)
"""Every look by name."""


def to_docx(sheet: Sheet, look: Look | None = None) -> bytes:
    """The report as DOCX."""
    look = look or Look()
    body = "".join(_block_to_xml(block, look) for block in sheet)
    if look.framed:
        side = cell(paragraph(""), '<w:tcW w:w="100" w:type="dxa"/>')
        body = table(row(side, cell(body + paragraph(""))), widths=(100, TABLE_WIDTH)) + paragraph("")
    return package(body, {"numbering": _numbering()} if look.numbered else {})


def _block_to_xml(block: str | Grid, look: Look) -> str:
    if isinstance(block, str):
        return _numbered(block, "1", look) if re.match("[一二三四五六]、", block) else paragraph(block, "", look.write)
    rows = _grid_to_rows(block, look)
    unit = TABLE_WIDTH // sum(block.widths)
    pieces = (rows[: look.split], rows[look.split :]) if 0 < look.split < len(rows) - 1 else (rows,)
    return paragraph("").join(table(*piece, widths=tuple(w * unit for w in block.widths)) for piece in pieces)


_NUMBERS = (re.compile("[一二三四五六七八]、"), re.compile("（[一二三四五六七八]）"), re.compile(r"\d\.(?=\D)"))
"""What each level of a list prints."""


def _numbered(text: str, list_id: str, look: Look) -> str:
    level = next((i for i, number in enumerate(_NUMBERS) if number.match(text)), None)
    if level is None or not look.numbered:
        return paragraph(text, "", look.write)
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(_NUMBERS[level].sub("", text, count=1), properties, look.write)


def _numbering() -> str:
    formats = (("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(formats)
    )
    definitions = "".join(f'<w:abstractNum w:abstractNumId="{i}">{levels}</w:abstractNum>' for i, _ in LISTS)
    instances = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>' for i, _ in LISTS)
    return f"<w:numbering {NAMESPACES}>{definitions}{instances}</w:numbering>"


def _grid_to_rows(grid: Grid, look: Look) -> list[str]:
    squares = {
        (i + down, spot.column): (spot, down)
        for i, row in enumerate(grid.rows)
        for spot in row
        for down in range(spot.rows)
    }
    return [
        row(*(_spot_to_cell(*squares[i, column], look) for column in range(len(grid.widths)) if (i, column) in squares))
        for i in range(len(grid.rows))
    ]


def _spot_to_cell(spot: Spot, down: int, look: Look) -> str:
    span = f'<w:gridSpan w:val="{spot.columns}"/>' if spot.columns > 1 else ""
    merge = ("<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>') if spot.rows > 1 else ""
    return cell(_numbered("" if down else spot.text, "2", look), span + merge)
