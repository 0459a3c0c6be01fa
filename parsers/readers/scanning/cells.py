"""What stands in the cells of a table. A figure is certain only when two readings and the ink itself agree on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np

from parsers.readers.scanning.engine import Engine, Pixels, Seen
from parsers.readers.scanning.marks import Written, table_to_written
from parsers.readers.scanning.ruling import PixelBox, RuledCell, Sheet
from parsers.readers.scanning.strokes import crop, enlarge, ink_agrees

SURE = 0.9
"""Least probability of every character, in both readings, for a figure to be certain."""

WAVERING = 0.5
"""A look that saw the figure with less than this speaks against it."""

CLEAR, MOST_UNSURE = 0.8, 0.2
"""A piece of writing read with less is unsure; with a larger share of such pieces no figure on the page is certain."""

LOOKS = 2
"""So many looks must be sure of the same figure, and none may see another one."""

_FIGURE = re.compile(r"[-+减增]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|无|/|—")
"""What may be certain: a number, or a plain mark for none. Everything else is read for its sense, not to the letter."""

_LIKE_FIGURE = re.compile(r"[^\u4e00-\u9fff]{1,16}|[无零一日口〇减增\d.,-]{1,16}")
"""What the first reading may make of a figure; only this is worth a second look."""


Look: TypeAlias = Callable[[Pixels, PixelBox, PixelBox], Pixels]
"""A page, the box of a line on it and that of its cell, to the picture that the recogniser is given."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell, what was read in it, whether that is in doubt, and the box of its writing (of the cell, if blank)."""

    cell: RuledCell
    text: str
    doubt: bool
    box: PixelBox


def tables_to_cells(sheet: Sheet, engine: Engine) -> list[list[ReadCell]]:
    """Every table of the page, cell by cell; where the page as a whole is badly legible, every cell is in doubt."""
    cells = [(c, w) for t in sheet.tables for c, w in zip(t.cells, table_to_written(sheet, t), strict=True)]
    first = _first_looks(sheet, cells, engine)
    is_legible = _is_legible([one for found in first for one in found])
    looks = _all_looks(sheet, cells, first, engine) if is_legible else {}
    read = iter(
        _to_read(sheet, cell, written, first[i], looks.get(i, []) if is_legible else None)
        for i, (cell, written) in enumerate(cells)
    )
    return [[next(read) for _ in table.cells] for table in sheet.tables]


def _first_looks(sheet: Sheet, cells: list[tuple[RuledCell, Written]], engine: Engine) -> list[list[Seen]]:
    """For each cell what is read in each of its lines."""
    lines = [(cell, line) for cell, written in cells for line in written.lines]
    seen = iter(engine.recognise([_FIRST_LOOK(sheet.pixels, line, cell.box) for cell, line in lines]))
    return [[next(seen) for _ in written.lines] for _, written in cells]


def _all_looks(
    sheet: Sheet, cells: list[tuple[RuledCell, Written]], first: list[list[Seen]], engine: Engine
) -> dict[int, list[Seen]]:
    """By the cell's index, as many looks at what may be a figure as it takes to be certain, or all there are."""
    looks = {i: one[:1] for i, one in enumerate(first) if len(one) == 1 and _LIKE_FIGURE.fullmatch(one[0].text)}
    for look in _FURTHER_LOOKS:
        doubtful = [i for i, seen in looks.items() if _agreed(seen) is None]
        pictures = [look(sheet.pixels, cells[i][1].lines[0], cells[i][0].box) for i in doubtful]
        for i, one in zip(doubtful, engine.recognise(pictures), strict=True):
            looks[i].append(one)
    return looks


def _plain_look(margin: int) -> Look:
    """As it is, close up: a lone 0 with much paper around it looks like an o."""
    return lambda pixels, line, cell: crop(pixels, line, cell, margin)


def _black_look(margin: int) -> Look:
    """Black and white, so much paper around it: it errs elsewhere than the plain look."""

    def look(pixels: Pixels, line: PixelBox, cell: PixelBox) -> Pixels:
        large = enlarge(crop(pixels, line, cell, margin))
        return np.asarray(cv2.threshold(large, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1])

    return look


_FIRST_LOOK = _plain_look(3)
_FURTHER_LOOKS = (_black_look(5), _plain_look(2), _black_look(7))
"""Taken one after the other until the figure is certain."""


def _to_read(sheet: Sheet, cell: RuledCell, written: Written, first: list[Seen], looks: list[Seen] | None) -> ReadCell:
    """`looks` is None on a page on which nothing is certain, not even that a cell is blank."""
    if not written.lines:
        return ReadCell(cell=cell, text="", doubt=looks is None, box=cell.box)
    figure = _agreed(looks or [])
    if figure is not None and ink_agrees(sheet.pixels, written.lines[0], cell.box, figure):
        return ReadCell(cell=cell, text=figure, doubt=False, box=written.box)
    return ReadCell(cell=cell, text="\n".join(one.text for one in first), doubt=True, box=written.box)


def _is_legible(seen: list[Seen]) -> bool:
    """Was most of the page's writing, words too, read without hesitation? Broken letters go with broken digits."""
    unsure = sum(one.sure < CLEAR for one in seen)
    return unsure <= MOST_UNSURE * len(seen)


def _agreed(looks: list[Seen]) -> str | None:
    """The figure that enough looks saw without hesitation, if none saw another one."""
    figures = tuple(dict.fromkeys(look.text for look in looks if _FIGURE.fullmatch(look.text)))
    sures = [look.sure for look in looks if look.text in figures]
    is_sure = len(figures) == 1 and sum(sure >= SURE for sure in sures) >= LOOKS
    return figures[0] if is_sure and min(sures) >= WAVERING else None
