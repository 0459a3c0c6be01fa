"""XLSX (ECMA-376, transitional and strict), read from its XML.

The libraries show an error or an uncounted formula as a blank cell, and a blank cell is a statement.
"""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from parsers.model.document import Document, Place, Problem
from parsers.model.errors import DocumentError
from parsers.model.source import Source
from parsers.readers.number_formats import number_to_shown, number_to_text
from parsers.readers.packed import Packed
from parsers.readers.sheet_faces import PLAIN, element_to_face, has_digit, is_filled, runs_to_text
from parsers.readers.sheets import MOST_COLUMNS, MOST_ROWS, Merge, Sheet, Square, require_size, sheets_to_blocks
from parsers.readers.xml import bytes_to_xml, refuse_doctypes

WORKBOOK = "xl/workbook.xml"

MOST_XML_BYTES = 20_000_000
"""A tree of elements takes ten times its text; a report's sheet has some ten thousand bytes."""

MOST_DRAWN = 500
"""Pictures of a sheet, and squares under each, that are looked at."""

MOST_ROW = 1_048_576
MOST_COLUMN = 16_384
"""The format's own limits (Excel)."""

MOST_DIGITS = 9
"""No row, column, style or string has a longer number."""

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


class _Styles:
    """For each cell style its number format, whether it has a border, and whether its digits look otherwise."""

    def __init__(self, root: etree._Element | None) -> None:
        self.formats: list[tuple[int, str]] = []
        self.bordered: list[bool] = []
        self.odd: list[bool] = []
        if root is None:
            return
        fonts = [element_to_face(font) for font in root.iterfind("{*}fonts/{*}font")]
        filled = [is_filled(fill) for fill in root.iterfind("{*}fills/{*}fill")]
        codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iterfind("{*}numFmts/{*}numFmt")}
        borders = [any(side.get("style") for side in border) for border in root.iterfind("{*}borders/{*}border")]
        for style in root.iterfind("{*}cellXfs/{*}xf"):
            number, border = style.get("numFmtId", "0"), _whole(style.get("borderId"), 0)
            self.formats.append((_whole(number, 0), codes.get(number, "")))
            self.bordered.append(border < len(borders) and borders[border])
            font, fill = _whole(style.get("fontId"), 0), _whole(style.get("fillId"), 0)
            face = fonts[font] if font < len(fonts) else PLAIN
            self.odd.append(face.is_odd(on_ground=fill < len(filled) and filled[fill]))

    def format_of(self, style: int) -> tuple[int, str]:
        return self.formats[style] if style < len(self.formats) else (0, "")

    def is_odd(self, style: int) -> bool:
        return style < len(self.odd) and self.odd[style]

    def is_bordered(self, style: int) -> bool:
        return style < len(self.bordered) and self.bordered[style]


class _Book:
    """What all sheets of a workbook share."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.root = _member(packed, WORKBOOK)
        self.targets = _targets(packed)
        self.strings = _strings(self._by_type("/sharedStrings"))
        self.styles = _Styles(self._by_type("/styles"))
        settings = self.root.find("{*}workbookPr")
        self.since_1904 = settings is not None and settings.get("date1904") in {"1", "true"}

    def _by_type(self, ending: str) -> etree._Element | None:
        name = next((target for kind, target in self.targets.values() if kind.endswith(ending)), None)
        return _member(self.packed, name) if name is not None and name in self.packed else None


def read(data: bytes, source: Source) -> Document:
    """Every visible sheet's lines and tables. Raises DocumentError for damage, encryption and oversize."""
    packed = Packed(data)
    refuse_doctypes(packed)
    book = _Book(packed)
    sheets = tuple(
        _sheet(book, element, target)
        for element in book.root.iterfind("{*}sheets/{*}sheet")
        if (target := _sheet_target(book, element)) is not None
    )
    merges = sum(len(sheet.merges) for sheet in sheets)
    require_size(sum(len(sheet.texts) for sheet in sheets), merges, len(sheets))
    blocks, problems = sheets_to_blocks(sheets)
    return Document(source=source, pages=(), blocks=blocks, problems=problems)


def _member(packed: Packed, name: str) -> etree._Element:
    try:
        data = packed.read(name)
    except KeyError:
        raise DocumentError(
            "ZIP_BROKEN", "工作簿缺少必要的部分，无法读取。", "请用原来的软件重新保存后上传。"
        ) from None
    if len(data) > MOST_XML_BYTES:
        raise DocumentError("TOO_LARGE", "工作簿中的工作表过大。", "请只上传年度报告本身的工作表。")
    return bytes_to_xml(data)


def _targets(packed: Packed) -> dict[str, tuple[str, str]]:
    """Relation id → its type and the member it names (ECMA-376 part 2)."""
    name = "xl/_rels/workbook.xml.rels"
    if name not in packed:
        return {}
    relations = _member(packed, name).iterfind("{*}Relationship")
    return {r.get("Id", ""): (r.get("Type", ""), _resolve(r.get("Target", ""))) for r in relations}


def _resolve(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _sheet_target(book: _Book, element: etree._Element) -> str | None:
    """The member with this sheet's cells; None for a chart or a macro sheet."""
    relation = next((str(value) for name, value in element.items() if str(name).endswith("}id")), "")
    kind, target = book.targets.get(relation, ("", ""))
    return target if kind.endswith("/worksheet") else None


def _strings(root: etree._Element | None) -> list[tuple[str, bool]]:
    return [] if root is None else [_rich_text(item) for item in root.iterfind("{*}si")]


def _rich_text(element: etree._Element) -> tuple[str, bool]:
    """Its runs one after another, and whether digits among them look otherwise; the pinyin above them is no text."""
    plain = "".join(piece.text or "" for piece in element.iterfind("{*}t"))
    runs = [(r.findtext("{*}t") or "", element_to_face(r.find("{*}rPr"))) for r in element.iterfind("{*}r")]
    text, doubt = runs_to_text(runs) if runs else ("", False)
    return plain + text, doubt


def _sheet(book: _Book, element: etree._Element, target: str) -> Sheet:
    name = element.get("name", "")
    root = _member(book.packed, target)
    reading = _Cells(book, name)
    reading.take(root)
    return Sheet(
        name=name,
        texts=reading.texts,
        ruled=frozenset(reading.ruled),
        merges=tuple(
            m for item in root.iterfind("{*}mergeCells/{*}mergeCell") if (m := _to_merge(item.get("ref", "")))
        ),
        hidden_rows=frozenset(reading.hidden_rows),
        hidden_columns=_hidden_columns(root),
        is_hidden=element.get("state", "visible") != "visible",
        doubts=frozenset(reading.doubts | (_drawn_over(book.packed, target) - reading.texts.keys())),
        problems=tuple(reading.problems),
    )


class _Cells:
    """Collects the cells of one sheet; rows and cells may leave out their position and then follow the one before."""

    def __init__(self, book: _Book, sheet: str) -> None:
        self._book = book
        self._sheet = sheet
        self.texts: dict[Square, str] = {}
        self.ruled: set[Square] = set()
        self.hidden_rows: list[int] = []
        self.doubts: set[Square] = set()
        self.problems: list[Problem] = []
        self._shows_zeros = True

    def take(self, root: etree._Element) -> None:
        row = -1
        views = root.iterfind("{*}sheetViews/{*}sheetView")
        self._shows_zeros = not any(view.get("showZeros") in {"0", "false"} for view in views)
        for element in root.iterfind("{*}sheetData/{*}row"):
            row = _whole(element.get("r"), row + 2) - 1
            if element.get("hidden") in {"1", "true"}:
                self.hidden_rows.append(row)
            column = -1
            for cell in element.iterfind("{*}c"):
                place = _to_merge(cell.get("r", ""))
                column = column + 1 if place is None else place.left
                self._take_cell(cell, row, column)

    def _take_cell(self, cell: etree._Element, row: int, column: int) -> None:
        if self._book.styles.is_bordered(_whole(cell.get("s"), 0)):
            self.ruled.add((row, column))
        text, doubt = self._text(cell)
        if doubt or (self._book.styles.is_odd(_whole(cell.get("s"), 0)) and has_digit(text)):
            self._doubt(cell, (row, column))
        if text:
            self.texts[row, column] = text
            require_size(len(self.texts), 0, 1)

    def _doubt(self, cell: etree._Element, square: Square) -> None:
        self.doubts.add(square)
        place = Place(path=f"{self._sheet}!{cell.get('r', '')}")
        message = f"单元格 {cell.get('r', '')} 显示的内容与保存的数值不同或尚未计算，未能确认"
        self.problems.append(Problem(code="CELL_UNCLEAR", message=message, place=place))

    def _text(self, cell: etree._Element) -> tuple[str, bool]:
        """What is seen in this cell; where that cannot be known, what is kept, and that it is a doubt."""
        kind, kept = cell.get("t", "n"), cell.findtext("{*}v") or ""
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return ("", False) if inline is None else _rich_text(inline)
        formula = cell.find("{*}f")
        if formula is not None and (cell.find("{*}v") is None or not (kept or kind == "str")):
            return f"={formula.text or ''}", True
        if kind == "s":
            return self._shared(kept)
        if kind == "b":
            return "TRUE" if kept == "1" else "FALSE", False
        if kind == "n" and kept:
            return self._number(kept, cell)
        return kept, _is_picture(cell, formula)

    def _shared(self, kept: str) -> tuple[str, bool]:
        index = _whole(kept, -1)
        is_there = 0 <= index < len(self._book.strings)
        return self._book.strings[index] if is_there else (kept, True)

    def _number(self, kept: str, cell: etree._Element) -> tuple[str, bool]:
        format_id, code = self._book.styles.format_of(_whole(cell.get("s"), 0))
        try:
            number = float(kept)
        except ValueError:
            return kept, False
        shown = number_to_shown(number, code, format_id, since_1904=self._book.since_1904)
        is_unseen = number == 0 and not self._shows_zeros
        return (number_to_text(number), True) if shown is None or is_unseen else (shown, False)


def _drawn_over(packed: Packed, target: str) -> set[Square]:
    """The squares over which pictures and shapes lie (20.5.2): where they hold no text, it may be there."""
    links = posixpath.join(posixpath.dirname(target), "_rels", f"{posixpath.basename(target)}.rels")
    relations = _member(packed, links).iterfind("{*}Relationship") if links in packed else ()
    names = [_beside(target, r.get("Target", "")) for r in relations if r.get("Type", "").endswith("/drawing")]
    anchors = [anchor for name in names if name in packed for anchor in _member(packed, name)]
    return {square for anchor in anchors[:MOST_DRAWN] for square in _anchor_to_squares(anchor)}


def _beside(target: str, link: str) -> str:
    """The member that a sheet's relation names."""
    return link.lstrip("/") if link.startswith("/") else posixpath.normpath(f"{posixpath.dirname(target)}/{link}")


def _anchor_to_squares(anchor: etree._Element) -> list[Square]:
    corners = [anchor.find(f"{{*}}{name}") for name in ("from", "to")]
    if corners[0] is None:
        return []
    first, last = (
        [_whole((corners[0] if corner is None else corner).findtext(f"{{*}}{name}"), 0) for name in ("row", "col")]
        for corner in corners
    )
    rows, columns = range(first[0], min(last[0], MOST_ROWS) + 1), range(first[1], min(last[1], MOST_COLUMNS) + 1)
    return [(row, column) for row in rows for column in columns][:MOST_DRAWN]


def _is_picture(cell: etree._Element, formula: etree._Element | None) -> bool:
    """A picture in a cell: an error with a rich value, or the formula that WPS writes."""
    return cell.get("vm") is not None or (formula is not None and "DISPIMG" in (formula.text or "").upper())


def _hidden_columns(root: etree._Element) -> tuple[tuple[int, int], ...]:
    hidden = [c for c in root.iterfind("{*}cols/{*}col") if c.get("hidden") in {"1", "true"}]
    return tuple((_whole(c.get("min"), 1) - 1, _whole(c.get("max"), 1) - 1) for c in hidden)


def _to_merge(reference: str) -> Merge | None:
    """B7 or B7:D9; None when it is neither or lies outside of any sheet."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top = _column(match[1]), int(match[2]) - 1
    right, bottom = _column(match[3] or match[1]), int(match[4] or match[2]) - 1
    inside = 0 <= top <= bottom < MOST_ROW and left <= right < MOST_COLUMN
    return Merge(top=top, bottom=bottom, left=left, right=right) if inside else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _whole(text: str | None, otherwise: int) -> int:
    """A whole number of the format's size, or what stands for it."""
    fits = text is not None and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if text and fits else otherwise
