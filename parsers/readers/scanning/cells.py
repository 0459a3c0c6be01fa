"""What stands in the cells of a table. A figure is certain only when two readings and the ink itself agree on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import cv2
import numpy as np

from parsers.readers.scanning.engine import Engine, Pixels, Seen
from parsers.readers.scanning.marks import Written, table_to_written
from parsers.readers.scanning.ruling import PixelBox, RuledCell, RuledTable, Sheet

SURE = 0.9
"""Least probability of every character, in both readings, for a figure to be certain."""

LOOKS = 2
"""So many looks must be sure. A third one is taken where one of the first two hesitates; it too must see the same."""

FAINT = 0.35
"""Share of the darkest stroke's depth from which on a pixel belongs to a stroke: thin strokes must not fall apart."""

ENLARGED = 3
"""How many times larger the second reading looks, in black and white: it errs elsewhere than the first."""

LEAST_BLOT = 6
"""Square pixels of the smallest piece of ink that is counted as a character: a decimal point has nine."""

TOUCHING = 0.8
"""Width over height from which on one piece of ink may be two digits that touch."""

APART = 1.5
"""Heights of white inside a figure from which on it may be two figures whose rule has faded."""

_FIGURE = re.compile(r"[-+减增]?\d[\d,]*(?:\.\d+)?|无|/|—")
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
    """Every table of the page, cell by cell. All crops of a page go to the recogniser together, which saves time."""
    cells = [(c, w) for t in sheet.tables for c, w in zip(t.cells, table_to_written(sheet, t), strict=True)]
    lines = [(cell, line) for cell, written in cells for line in written.lines]
    seen = iter(engine.recognise([_plain_look(sheet.pixels, line, cell.box) for cell, line in lines]))
    first = [tuple(next(seen) for _ in written.lines) for _, written in cells]
    again = [i for i, one in enumerate(first) if len(one) == 1 and _LIKE_FIGURE.fullmatch(one[0].text)]
    looks = {i: [first[i][0]] for i in again}
    for look in _FURTHER_LOOKS:
        doubtful = [i for i in again if not _agree(looks[i])]
        pictures = [look(sheet.pixels, cells[i][1].lines[0], cells[i][0].box) for i in doubtful]
        for i, one in zip(doubtful, engine.recognise(pictures), strict=True):
            looks[i].append(one)
    read = iter(_to_read(sheet, *cells[i], first[i], looks.get(i, [])) for i in range(len(cells)))
    return [[next(read) for _ in table.cells] for table in sheet.tables]


def _crop(pixels: Pixels, line: PixelBox, cell: PixelBox, margin: int) -> Pixels:
    """The writing with some paper around it; where the cell ends sooner, its edge goes on."""
    left, top, right, bottom = line
    inner = (max(left - margin, cell[0]), max(top - margin, cell[1]))
    outer = (min(right + margin, cell[2]), min(bottom + margin, cell[3]))
    picture = pixels[inner[1] : outer[1], inner[0] : outer[0]]
    before = (margin - (left - inner[0]), margin - (top - inner[1]))
    after = (margin - (outer[0] - right), margin - (outer[1] - bottom))
    return np.asarray(
        cv2.copyMakeBorder(picture, before[1], after[1], before[0], after[0], cv2.BORDER_REPLICATE)
    )


def _plain_look(pixels: Pixels, line: PixelBox, cell: PixelBox) -> Pixels:
    """As it is, close up: a lone 0 with much paper around it looks like an o."""
    return _crop(pixels, line, cell, 3)


def _black_look(margin: int) -> Look:
    """Black and white, so much paper around it: it errs elsewhere than the plain look."""

    def look(pixels: Pixels, line: PixelBox, cell: PixelBox) -> Pixels:
        large = _large(_crop(pixels, line, cell, margin))
        return np.asarray(cv2.threshold(large, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1])

    return look


_FURTHER_LOOKS = (_black_look(6), _black_look(9))


def _large(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC))


def _to_read(
    sheet: Sheet, cell: RuledCell, written: Written, first: tuple[Seen, ...], looks: list[Seen]
) -> ReadCell:
    if not written.lines:
        return ReadCell(cell=cell, text="", doubt=False, box=cell.box)
    certain = _agree(looks) and _ink_agrees(sheet.pixels, written.lines[0], cell.box, first[0].text)
    return ReadCell(cell=cell, text="\n".join(one.text for one in first), doubt=not certain, box=written.box)


def _agree(looks: list[Seen]) -> bool:
    """Every look saw the same figure, and two of them without hesitation."""
    texts = {look.text for look in looks}
    is_figure = len(texts) == 1 and _FIGURE.fullmatch(looks[0].text) is not None
    return is_figure and sum(look.sure >= SURE for look in looks) >= LOOKS


def _ink_agrees(pixels: Pixels, line: PixelBox, cell: PixelBox, text: str) -> bool:
    """As many pieces of ink as characters, some of which may touch, and no gap as wide as between two figures."""
    if not text[-1].isdigit():
        return True
    large = _large(_crop(pixels, line, cell, 3))
    paper, dark = int(np.median(large)), int(large.min())
    mask = (large < paper - FAINT * (paper - dark)).astype(np.uint8)
    height = (line[3] - line[1]) * ENLARGED
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    pieces = _side_by_side([(int(x), int(x + w)) for x, _, w, _, area in stats[1:] if area >= LEAST_BLOT * ENLARGED**2])
    gaps = [start - end for (_, end), (start, _) in pairwise(pieces)]
    most = sum(1 + int((end - start) / (TOUCHING * height)) for start, end in pieces)
    digits = sum(letter.isdigit() for letter in text)
    return len(pieces) <= len(text) and digits <= most and max(gaps, default=0) < APART * height


def _side_by_side(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces of ink that stand above each other belong to one character, whose stroke has faded."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
