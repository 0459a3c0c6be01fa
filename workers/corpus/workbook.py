"""The sheet as a workbook, XLSX or XLS; the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from workers.corpus.sheet import Grid, Sheet, Spot

WHEN = datetime(2024, 1, 15)  # noqa: DTZ001 - written into the file, which knows no zone
NAMES = ("主动公开", "依申请公开", "复议诉讼")
THIN = Side(style="thin")
RULE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


@dataclass(frozen=True)
class Leaf:
    """One sheet of the workbook, with the blocks that stand on it, one below the other."""

    name: str
    blocks: Sheet


def on_one_sheet(sheet: Sheet) -> tuple[Leaf, ...]:
    """Everything below each other, as pasted from Word."""
    return (Leaf("Sheet1", sheet),)


def tables_apart(sheet: Sheet) -> tuple[Leaf, ...]:
    """One sheet a table, named after it, and nothing else."""
    grids = [block for block in sheet if isinstance(block, Grid)]
    return tuple(Leaf(name, (grid,)) for name, grid in zip(NAMES, grids, strict=True))


def tables_below_each_other(sheet: Sheet) -> tuple[Leaf, ...]:
    """The three tables on one sheet, an empty row between them."""
    blocks = [block for grid in sheet if isinstance(grid, Grid) for block in (grid, "")]
    return (Leaf("汇总", tuple(blocks)),)


WAYS: tuple[tuple[str, Callable[[Sheet], tuple[Leaf, ...]]], ...] = (
    ("on_one_sheet", on_one_sheet),
    ("tables_apart", tables_apart),
    ("tables_below_each_other", tables_below_each_other),
)
"""Every way to lay a report out over a workbook."""


def to_xlsx(leaves: tuple[Leaf, ...], change: Callable[[Any], object] = id, *, ruled: bool = True) -> bytes:
    """The workbook as XLSX; `change` may do something to openpyxl's workbook before it is written."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for leaf in leaves:
        page = book.create_sheet(leaf.name)
        for row, spot, in_grid in _placed(leaf):
            _write_spot(page, row, spot, ruled=ruled and in_grid)
    change(book)
    return _saved(book)


def _write_spot(page: Worksheet, row: int, spot: Spot, *, ruled: bool) -> None:
    page.cell(row + 1, spot.column + 1, _value(spot.text))
    squares = [(row + i + 1, spot.column + j + 1) for i in range(spot.rows) for j in range(spot.columns)]
    if len(squares) > 1:
        page.merge_cells(
            start_row=row + 1, start_column=spot.column + 1, end_row=squares[-1][0], end_column=squares[-1][1]
        )
    for square in squares if ruled else ():
        page.cell(*square).border = RULE


def _saved(book: Any) -> bytes:
    """Written with fixed times: neither the properties nor the ZIP say when."""
    book.properties.created = book.properties.modified = WHEN
    first = io.BytesIO()
    book.save(first)
    return stamped(first.getvalue())


def stamped(data: bytes) -> bytes:
    """The same ZIP with every member dated 1980, the properties' time of saving too."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = old.read(name)
            if name == "docProps/core.xml":
                member = re.sub(rb"<dcterms:modified.*?</dcterms:modified>", b"", member)
            new.writestr(zipfile.ZipInfo(name), member, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def to_xls(leaves: tuple[Leaf, ...], change: Callable[[Any], object] = id) -> bytes:
    """The workbook as XLS (BIFF8)."""
    import xlwt  # only tests write the old format

    book = xlwt.Workbook(encoding="utf-8")
    styles = (xlwt.easyxf(), xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin"))
    for leaf in leaves:
        page = book.add_sheet(leaf.name, cell_overwrite_ok=True)
        for row, spot, in_grid in _placed(leaf):
            bottom, right = row + spot.rows - 1, spot.column + spot.columns - 1
            if (bottom, right) == (row, spot.column):
                page.write(row, spot.column, _value(spot.text), styles[in_grid])
            else:
                page.write_merge(row, bottom, spot.column, right, _value(spot.text), styles[in_grid])
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def row_of(leaf: Leaf, text: str) -> int:
    """The row, from 0, in which a cell has this text."""
    return next(row for row, spot, _ in _placed(leaf) if spot.text == text)


def _placed(leaf: Leaf) -> list[tuple[int, Spot, bool]]:
    """Every cell with its row on the sheet, and is it a table's; a paragraph is one cell in the first column."""
    placed: list[tuple[int, Spot, bool]] = []
    top = 0
    for block in leaf.blocks:
        rows = block.rows if isinstance(block, Grid) else ((Spot(block, 0),),)
        placed += [(top + i, spot, isinstance(block, Grid)) for i, row in enumerate(rows) for spot in row]
        top += len(rows)
    return placed


def _value(text: str) -> str | float | None:
    """Digits are kept as a number, as when they are typed; an empty text is an empty cell."""
    bare = text.removeprefix("-")
    if bare.isdecimal() and bare.isascii():
        return int(text)
    return float(text) if bare.replace(".", "", 1).isdecimal() and bare.isascii() else text or None
