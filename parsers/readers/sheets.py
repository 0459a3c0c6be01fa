"""A spreadsheet's squares to lines and tables: what XLSX and XLS have in common.

A row in which one cell says something is a line; rows with several cells, or with cells that a merge covers, are a
table's. Hidden rows, columns and sheets are not what a reader of the report sees: they are left out, and it is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TypeAlias

from msgspec import UNSET

from parsers.model.document import Cell, Line, Place, Problem, Row, Table
from parsers.model.errors import DocumentError
from parsers.model.value import Value

MOST_ROWS = 2_000
MOST_COLUMNS = 100
MOST_MERGES = 5_000
MOST_SHEETS = 200
MOST_TEXTS = 100_000
"""The form's three tables have sixty rows and fifteen columns; what is far larger is no report."""

MOST_SQUARES = 200_000
"""Squares that all merges of a sheet may cover together: those of the form cover some hundred."""

Square: TypeAlias = tuple[int, int]
"""Row and column from 0."""

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
"""Names that the program gave and nobody wrote."""


class Merge(Value):
    """Squares shown as one: first and last row, first and last column, all from 0."""

    top: int
    bottom: int
    left: int
    right: int


class Sheet(Value):
    """One sheet as kept in the file. `texts` has what a person sees in a square, `ruled` the squares with a border.

    `doubts`: squares that may show something else than their text, which is then what the file keeps.
    `hidden_columns` are ranges from first to last: a file may hide all sixteen thousand in one.
    """

    name: str
    texts: dict[Square, str]
    ruled: frozenset[Square] = frozenset()
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    is_hidden: bool = False
    doubts: frozenset[Square] = frozenset()
    problems: tuple[Problem, ...] = ()


class _Shown(Value):
    """The visible squares: which rows and columns there are, what they say, and how far each reaches."""

    name: str
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    texts: dict[Square, str]
    spans: dict[Square, tuple[int, int]]
    covered: dict[Square, Square]
    ruled: frozenset[Square]
    hidden_rows: frozenset[int]
    doubts: frozenset[Square]


def sheets_to_blocks(sheets: tuple[Sheet, ...]) -> tuple[tuple[Line | Table, ...], tuple[Problem, ...]]:
    """Every visible sheet in the workbook's order: its name where somebody chose it, then its lines and tables."""
    blocks: list[Line | Table] = []
    problems: list[Problem] = []
    for sheet in sheets:
        problems += sheet.problems
        problems += _left_out(sheet)
        if not sheet.is_hidden and any(sheet.texts.values()):
            blocks += _name_to_lines(sheet.name)
            blocks += _shown_to_blocks(_sheet_to_shown(sheet))
    return tuple(blocks), tuple(problems)


def require_size(texts: int, merges: int, sheets: int) -> None:
    """Refuse a workbook that no report has, before anything is laid out."""
    if texts > MOST_TEXTS or merges > MOST_MERGES or sheets > MOST_SHEETS:
        reason = f"工作簿过大（{sheets} 个工作表、{texts} 个单元格、{merges} 处合并）。"
        raise DocumentError("TOO_LARGE", reason, "请只上传年度报告本身的工作表。")


def _left_out(sheet: Sheet) -> list[Problem]:
    """What is there and not shown."""
    place = Place(path=sheet.name)
    if sheet.is_hidden:
        said = any(sheet.texts.values())
        message = f"工作表“{sheet.name}”被隐藏，没有读取"
        return [Problem(code="HIDDEN_SHEET", message=message, place=place)] if said else []
    filled = [square for square, text in sheet.texts.items() if text.strip()]
    problems = []
    if any(row in sheet.hidden_rows or _is_within(column, sheet.hidden_columns) for row, column in filled):
        message = f"工作表“{sheet.name}”中有隐藏的行或列，其中的内容没有读取"
        problems.append(Problem(code="HIDDEN_CELLS", message=message, place=place))
    if any(column >= MOST_COLUMNS for _, column in filled) or len({row for row, _ in filled}) > MOST_ROWS:
        message = f"工作表“{sheet.name}”超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，其余没有读取"
        problems.append(Problem(code="LIMIT_CELLS", message=message, place=place))
    return problems


def _is_within(index: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= index <= last for first, last in ranges)


def _name_to_lines(name: str) -> list[Line]:
    return [] if _DEFAULT_NAME.fullmatch(name.strip()) else [Line(text=name, place=Place(path=name))]


def _sheet_to_shown(sheet: Sheet) -> _Shown:
    """Visible rows that say something, visible columns, and the merges cut down to both."""
    said = {row for (row, _), text in sheet.texts.items() if text.strip()}
    rows = [row for row in sorted(said) if row not in sheet.hidden_rows][:MOST_ROWS]
    reach = [column for _, column in (*sheet.texts, *sheet.ruled)] + [merge.right for merge in sheet.merges]
    columns = [c for c in range(min(max(reach) + 1, MOST_COLUMNS)) if not _is_within(c, sheet.hidden_columns)]
    rows = _with_ruled_rows(rows, sheet)
    texts = dict(sheet.texts)
    spans: dict[Square, tuple[int, int]] = {}
    covered: dict[Square, Square] = {}
    left = MOST_SQUARES
    for merge in sheet.merges:
        inside_rows = rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]
        inside_columns = columns[bisect_left(columns, merge.left) : bisect_right(columns, merge.right)]
        area = len(inside_rows) * len(inside_columns)
        if not area or area > left or (inside_rows[0], inside_columns[0]) in covered:
            continue
        left -= area
        squares = [(row, column) for row in inside_rows for column in inside_columns]
        if any(square in covered for square in squares):
            continue
        texts[squares[0]] = sheet.texts.get((merge.top, merge.left), "")
        spans[squares[0]] = (len(inside_rows), len(inside_columns))
        covered |= dict.fromkeys(squares, squares[0])
    return _Shown(
        name=sheet.name,
        rows=tuple(rows),
        columns=tuple(columns),
        texts=texts,
        spans=spans,
        covered=covered,
        ruled=sheet.ruled,
        hidden_rows=sheet.hidden_rows,
        doubts=sheet.doubts,
    )


def _with_ruled_rows(rows: list[int], sheet: Sheet) -> list[int]:
    """A row of the table that is blank in every cell is a row; below the last one that says something it is none."""
    blank = {row for row, _ in sheet.ruled if rows and row < rows[-1] and row not in sheet.hidden_rows}
    return sorted({*rows, *blank})[:MOST_ROWS]


def _shown_to_blocks(shown: _Shown) -> list[Line | Table]:
    """Lines where a row is one, tables of the rows between them."""
    blocks: list[Line | Table] = []
    pending: list[int] = []
    for row in shown.rows:
        line = _row_to_line(shown, row)
        if line is not None or (pending and _is_gap(shown, pending[-1], row)):
            blocks += _rows_to_tables(shown, pending)
            pending = []
        if line is None:
            pending.append(row)
        else:
            blocks.append(line)
    return blocks + _rows_to_tables(shown, pending)


def _is_gap(shown: _Shown, before: int, after: int) -> bool:
    """Visible rows between these two that say nothing part two tables, unless a merge reaches over them."""
    between = after - 1
    while between > before and between in shown.hidden_rows:
        between -= 1
    if between == before:
        return False
    covering = [shown.covered.get((after, column)) for column in shown.columns]
    return not any(anchor is not None and anchor[0] <= before for anchor in covering)


def _row_to_line(shown: _Shown, row: int) -> Line | None:
    """The one cell of this row that says something, if it has words: a lone number is a table's."""
    said = [column for column in shown.columns if _text(shown, (row, column)).strip()]
    from_above = any(shown.covered.get((row, column), (row, column))[0] < row for column in shown.columns)
    if len(said) != 1 or from_above or shown.spans.get((row, said[0]), (1, 1))[0] > 1:
        return None
    text = _text(shown, (row, said[0]))
    return Line(text=text, place=_place(shown, row, said[0])) if any(letter.isalpha() for letter in text) else None


def _text(shown: _Shown, square: Square) -> str:
    """What the square says; nothing where a merge covers it."""
    return shown.texts.get(square, "") if shown.covered.get(square, square) == square else ""


def _rows_to_tables(shown: _Shown, rows: list[int]) -> list[Table]:
    """One table, trimmed to the columns that say something, have a border or are merged with one that does."""
    used = [i for i, column in enumerate(shown.columns) if any(_is_used(shown, (row, column)) for row in rows)]
    if not used:
        return []
    columns = shown.columns[used[0] : used[-1] + 1]
    made = tuple(Row(cells=_row_to_cells(shown, row, columns, len(rows) - i)) for i, row in enumerate(rows))
    first, last = _address(rows[0], columns[0]), _address(rows[-1], columns[-1])
    place = Place(path=f"{shown.name}!{first}:{last}")
    return [Table(columns=len(columns), rows=made, place=place)]


def _is_used(shown: _Shown, square: Square) -> bool:
    anchor = shown.covered.get(square, square)
    return bool(shown.texts.get(anchor, "").strip()) or square in shown.ruled


def _row_to_cells(shown: _Shown, row: int, columns: tuple[int, ...], below: int) -> tuple[Cell, ...]:
    """The cells that begin in this row, the first of so many of its table; a blank square is a blank cell."""
    cells: list[Cell] = []
    for index, column in enumerate(columns):
        square = (row, column)
        if shown.covered.get(square, square) != square:
            continue
        down, across = shown.spans.get(square, (1, 1))
        cells.append(
            Cell(
                text=shown.texts.get(square, ""),
                place=_place(shown, row, column),
                column=index,
                row_span=min(down, below),
                column_span=min(across, len(columns) - index),
                doubt=square in shown.doubts or UNSET,
            )
        )
    return tuple(cells)


def _place(shown: _Shown, row: int, column: int) -> Place:
    """主动公开!B7, as spreadsheets themselves write it."""
    return Place(path=f"{shown.name}!{_address(row, column)}")


def _address(row: int, column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
