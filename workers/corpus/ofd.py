"""The sheet as OFD (GB/T 33190-2016), laid out as the PDF is; the same bytes every time, with the boxes it drew."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from parsers.model.document import Box
from workers.corpus.pdf import BODY, FONT, HEIGHT, MARGIN, WIDTH, print_sheet, solid
from workers.corpus.sheet import Sheet

pdfmetrics.registerFont(UnicodeCIDFont(FONT))  # it measures the letters

MM = 25.4 / 72
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
THICK = 0.5
"""Points, of a rule that is drawn as a rectangle."""


@dataclass(frozen=True)
class Way:
    """How a producer writes: a TextCode for each letter, rules as thin rectangles, page numbers in a template."""

    letters_apart: bool = False
    filled_rules: bool = False
    template: bool = False
    nested: bool = False


class Drawn(NamedTuple):
    """A cell as drawn: its page from 1, its box in points, its text."""

    page: int
    box: Box
    text: str


@dataclass
class _Canvas:
    """Takes what the PDF's printer draws and writes it as OFD objects."""

    way: Way
    size: float = BODY
    pages: list[str] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    _objects: list[str] = field(default_factory=list)

    def setFont(self, _name: str, size: float) -> None:  # noqa: N802 - the printer's canvas is reportlab's
        self.size = size

    def rect(self, left: float, bottom: float, width: float, height: float) -> None:
        top = HEIGHT - bottom - height
        self.drawn.append(Drawn(len(self.pages) + 1, (left, top, left + width, top + height), ""))
        self._objects.append(_frame(left, top, width, height, filled=self.way.filled_rules))

    def drawString(self, left: float, base: float, text: str) -> None:  # noqa: N802
        if not text:
            return
        self._objects.append(_text(left, HEIGHT - base, self.size, text, apart=self.way.letters_apart))
        x, y = left, HEIGHT - base
        if self.drawn and self.drawn[-1].page == len(self.pages) + 1:
            page, box, before = self.drawn[-1]
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                self.drawn[-1] = Drawn(page, box, before + text)

    def drawCentredString(self, middle: float, base: float, text: str) -> None:  # noqa: N802
        if not self.way.template:
            self.drawString(middle - pdfmetrics.stringWidth(text, FONT, self.size) / 2, base, text)

    def showPage(self) -> None:  # noqa: N802
        objects = "".join(self._objects)
        self.pages.append(f"<ofd:PageBlock>{objects}</ofd:PageBlock>" if self.way.nested else objects)
        self._objects.clear()


def to_ofd(sheet: Sheet, way: Way | None = None, *, start: float = 0) -> tuple[bytes, list[Drawn]]:
    """The report as OFD and every cell drawn; `start` leaves so many points free on top of each page."""
    canvas = _Canvas(way or Way())
    print_sheet(sheet, canvas, start, solid)
    return packed(members(canvas.pages, template=canvas.way.template)), canvas.drawn


def members(pages: list[str], *, template: bool = False, box: str | None = None) -> dict[str, str]:
    """Name → XML of an OFD with these pages, each the objects of one layer."""
    physical = box or f"0 0 {_mm(WIDTH, HEIGHT)}"
    tail = _text(WIDTH / 2, HEIGHT - MARGIN / 2, BODY, "- 1 -", apart=False)
    using = '<ofd:Template TemplateID="900" ZOrder="Background"/>' if template else ""
    made = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>{physical}</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="900" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": content(tail),
    }
    return made | {f"Doc_0/Pages/Page_{i}/Content.xml": content(page, using) for i, page in enumerate(pages)}


def content(objects: str, before: str = "") -> str:
    """A page with one layer of these objects."""
    layer = f'<ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer>'
    return f"<ofd:Page {NAMESPACE}>{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def packed(files: dict[str, str]) -> bytes:
    """A ZIP of these members, dated 1980."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), HEAD + text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _mm(*points: float) -> str:
    return " ".join(f"{point * MM:.8g}" for point in points)


def _frame(left: float, top: float, width: float, height: float, *, filled: bool) -> str:
    """A rectangle: one stroked path, or four thin filled ones."""
    if not filled:
        corners = f"M 0 0 L {_mm(width)} 0 L {_mm(width, height)} L 0 {_mm(height)} C"
        return _path((left, top, width, height), corners, 'LineWidth="0.25"')
    half = THICK / 2
    bars = [(left, y - half, width, THICK) for y in (top, top + height)]
    bars += [(x - half, top, THICK, height) for x in (left, left + width)]
    return "".join(
        _path(bar, f"M 0 0 L {_mm(bar[2])} 0 L {_mm(bar[2], bar[3])} L 0 {_mm(bar[3])} C", 'Stroke="false" Fill="true"')
        for bar in bars
    )


def _path(box: tuple[float, float, float, float], data: str, attributes: str) -> str:
    return (
        f'<ofd:PathObject ID="3" Boundary="{_mm(*box)}" {attributes}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _text(left: float, base: float, size: float, text: str, *, apart: bool) -> str:
    """A text object; its letters by DeltaX, with equal steps counted (g n v), or each in a TextCode of its own."""
    steps = [pdfmetrics.stringWidth(letter, FONT, size) for letter in text]
    boundary = _mm(left, base - size, sum(steps), size * 1.2)
    if apart:
        places = [sum(steps[:i]) for i in range(len(text))]
        codes = "".join(
            f'<ofd:TextCode X="{_mm(x)}" Y="{_mm(size)}">{escape(letter)}</ofd:TextCode>'
            for x, letter in zip(places, text, strict=True)
        )
    else:
        codes = f'<ofd:TextCode X="0" Y="{_mm(size)}" DeltaX="{_steps(steps[:-1])}">{escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="4" Boundary="{boundary}" Font="1" Size="{_mm(size)}">{codes}</ofd:TextObject>'


def _steps(steps: list[float]) -> str:
    alike = len(set(steps)) == 1 and len(steps) > 1
    return f"g {len(steps)} {_mm(steps[0])}" if alike else _mm(*steps)
