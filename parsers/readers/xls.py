"""XLS (MS-XLS, BIFF5 and BIFF8) by xlrd, which keeps errors, hidden rows and blank cells apart."""

from __future__ import annotations

import io
from typing import Any

import xlrd

from parsers.model.document import Document, Place, Problem
from parsers.model.errors import DocumentError
from parsers.model.source import Source
from parsers.readers.looks import NEARLY_WHITE
from parsers.readers.number_formats import number_to_shown, number_to_text
from parsers.readers.sheet_faces import PLAIN, Face, has_digit, runs_to_text
from parsers.readers.sheets import Merge, Sheet, Square, require_size, sheets_to_blocks

_SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")


def read(data: bytes, source: Source) -> Document:
    """Every visible sheet's lines and tables. Raises DocumentError for damage, encryption and oversize."""
    book = _open(data)
    sheets = tuple(_sheet(book, sheet) for sheet in book.sheets())
    merges = sum(len(sheet.merges) for sheet in sheets)
    require_size(sum(len(sheet.texts) for sheet in sheets), merges, len(sheets))
    blocks, problems = sheets_to_blocks(sheets)
    return Document(source=source, pages=(), blocks=blocks, problems=problems)


def _open(data: bytes) -> Any:
    """The workbook. The library raises many types for a damaged file: all say so."""
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - only the library runs inside, never a line of ours
        if "encrypted" in str(error).lower():
            raise DocumentError("ENCRYPTED", "工作簿已加密，没有口令无法打开。", "请上传未加密的文件。") from None
        raise DocumentError(
            "XLS_BROKEN", "工作簿已损坏，无法读取。", "请重新保存后上传，或换一个能正常打开的文件。"
        ) from None


def _sheet(book: Any, sheet: Any) -> Sheet:
    texts: dict[Square, str] = {}
    ruled: set[Square] = set()
    doubts: set[Square] = set()
    problems: list[Problem] = []
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if _is_bordered(book, cell):
                ruled.add((row, column))
            text, doubt = _seen(book, sheet, (row, column), cell)
            if doubt:
                doubts.add((row, column))
                message = f"第 {row + 1} 行第 {column + 1} 列显示的内容与保存的数值不同，未能确认"
                problems.append(Problem(code="CELL_UNCLEAR", message=message, place=Place(path=sheet.name)))
            if text:
                texts[row, column] = text
    return Sheet(
        name=sheet.name,
        texts=texts,
        ruled=frozenset(ruled),
        merges=tuple(Merge(top=a, bottom=b - 1, left=c, right=d - 1) for a, b, c, d in sheet.merged_cells),
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=tuple((column, column) for column, info in sorted(sheet.colinfo_map.items()) if info.hidden),
        is_hidden=sheet.visibility != 0,
        doubts=frozenset(doubts),
        problems=tuple(problems),
    )


def _is_bordered(book: Any, cell: Any) -> bool:
    style = _style(book, cell)
    border = style and style.border
    return border is not None and any(getattr(border, side) for side in _SIDES)


def _style(book: Any, cell: Any) -> Any:
    """The cell's style; None where a damaged file names one that is not there."""
    return book.xf_list[cell.xf_index] if 0 <= cell.xf_index < len(book.xf_list) else None


def _seen(book: Any, sheet: Any, square: Square, cell: Any) -> tuple[str, bool]:
    """What is seen in this cell; where that cannot be known, what is kept, and that it is a doubt."""
    text = _text(book, cell)
    if text is None:
        return number_to_text(cell.value), True
    style = _style(book, cell)
    if style is None or not text:
        return text, False
    ground = style.background
    on_ground = ground.fill_pattern != 0 and not _is_white(book, ground.pattern_colour_index)
    is_odd = _face(book, style.font_index).is_odd(on_ground=on_ground) and has_digit(text)
    starts = sheet.rich_text_runlist_map.get(square)
    if starts and cell.ctype == xlrd.XL_CELL_TEXT:
        text, in_doubt = runs_to_text(_runs(book, text, [(0, style.font_index), *starts]))
        return text, is_odd or in_doubt
    return text, is_odd


def _runs(book: Any, text: str, starts: list[tuple[int, int]]) -> list[tuple[str, Face]]:
    """The text cut where another font begins."""
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [(text[start:end], _face(book, font)) for (start, font), end in zip(starts, ends, strict=True)]


def _face(book: Any, index: int) -> Face:
    if not 0 <= index < len(book.font_list):
        return PLAIN
    font = book.font_list[index]
    level = {1: 1, 2: -1}.get(font.escapement, 0)
    return Face(level=level, struck=bool(font.struck_out), white=_is_white(book, font.colour_index))


def _is_white(book: Any, index: int) -> bool:
    colour = book.colour_map.get(index)
    return colour is not None and min(colour) >= NEARLY_WHITE


def _text(book: Any, cell: Any) -> str | None:
    """What is seen in this cell; None when that cannot be known."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        style = _style(book, cell)
        shown = book.format_map.get(style.format_key) if style else None
        code, key = (shown.format_str or "", shown.format_key) if shown else ("", 0)  # a damaged file has none
        return number_to_shown(cell.value, code, key, since_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#错误"))
    return ""
