"""Ruled tables of an upright page: black runs too long for a letter are rules, and what they enclose are cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np

from parsers.readers.grid import Grid, TooManyRulesError, rules_to_grids
from parsers.readers.scanning.engine import Pixels

PixelBox: TypeAlias = tuple[int, int, int, int]
"""left, top, right, bottom; right and bottom are the first pixels outside."""

POINT = 72 / 200
"""Points of a pixel at the working size; the grid's tolerances are in points."""

LEAST_ACROSS = 60
LEAST_DOWN = 34
"""Pixels from which on a black run is a rule: narrower than the narrowest column, lower than the lowest row."""

MEND = 15
"""Pixels of a rule that may have faded; it is drawn through."""

LEAST_TABLE = (150, 30)
"""Width and height in pixels of the smallest table; what is smaller is an ornament or the edge of a seal."""

COARSE, AROUND = 4, 21
"""The paper's grey is looked for on a picture so many times smaller, in squares of so many pixels."""

LEAST_DARKER = 16
"""Grey levels by which ink is darker than its paper, at least: more than noise and the seams of JPEG blocks."""

DARKER = 0.2
"""Share of the page's depth of black that a spot must have to be ink. Thin strokes are grey, and none may be missed."""

BLACKEST = 1
"""Percent of a page that is taken for its black."""


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell: what its rules enclose, where it begins in the grid (from 0) and how far it reaches."""

    box: PixelBox
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table of an upright page, its cells row by row."""

    box: PixelBox
    columns: int
    cells: tuple[RuledCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An upright page without its rules: the grey picture, the mask of its ink (255), its tables from top to bottom."""

    pixels: Pixels
    ink: Pixels
    tables: tuple[RuledTable, ...]


def page_to_sheet(page: Pixels) -> Sheet:
    """Find the rules, make tables of them, and wipe them away: what is left in a cell was written there."""
    ink = to_ink(page)
    across, down = _runs(ink, across=True), _runs(ink, across=False)
    large = _large_figures(across | down)
    tables = _rules_to_tables(across & large, down & large)
    rules = cv2.dilate(large, np.ones((5, 5), np.uint8))
    wiped = page.copy()
    wiped[rules > 0] = paper_of(page)
    return Sheet(pixels=wiped, ink=ink & ~rules, tables=tuple(tables))


def to_ink(page: Pixels) -> Pixels:
    """The mask of what is darker than the paper around it."""
    smooth = cv2.GaussianBlur(page, (3, 3), 0)
    height, width = page.shape
    small = cv2.resize(page, (max(width // COARSE, 1), max(height // COARSE, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, AROUND), (width, height), interpolation=cv2.INTER_LINEAR)
    depth = cv2.subtract(paper, smooth)
    least = max(LEAST_DARKER, DARKER * float(np.percentile(depth, 100 - BLACKEST)))
    return np.where(depth > least, 255, 0).astype(np.uint8)


def paper_of(page: Pixels) -> int:
    """The grey of the paper: what most pixels have."""
    return int(np.bincount(page.ravel(), minlength=256).argmax())


def _runs(ink: Pixels, *, across: bool) -> Pixels:
    """The mask of the rules that run across, or down: a rule may waver by a pixel and fade for some."""
    waver = np.ones((3, 1) if across else (1, 3), np.uint8)
    least = np.ones((1, LEAST_ACROSS) if across else (LEAST_DOWN, 1), np.uint8)
    mend = np.ones((3, MEND) if across else (MEND, 3), np.uint8)
    long = cv2.morphologyEx(cv2.dilate(ink, waver), cv2.MORPH_OPEN, least)
    return np.asarray(cv2.morphologyEx(long, cv2.MORPH_CLOSE, mend))


def _large_figures(rules: Pixels) -> Pixels:
    """The rules that hang together as something as large as a table; a lone long stroke may be a large digit 1."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    large = (stats[:, cv2.CC_STAT_WIDTH] >= LEAST_TABLE[0]) & (stats[:, cv2.CC_STAT_HEIGHT] >= LEAST_TABLE[1])
    large[0] = False  # the paper
    return np.where(large[labels], 255, 0).astype(np.uint8)


def _rules_to_tables(across: Pixels, down: Pixels) -> list[RuledTable]:
    """The tables of a page from top to bottom; a page that is a drawing has none."""
    rows = [((top + bottom) / 2 * POINT, left * POINT, right * POINT) for left, top, right, bottom in _blobs(across)]
    columns = [((left + right) / 2 * POINT, top * POINT, bottom * POINT) for left, top, right, bottom in _blobs(down)]
    try:
        grids = rules_to_grids(rows, columns)
    except TooManyRulesError:
        return []
    tables = [_grid_to_table(grid) for grid in grids]
    large = [t for t in tables if t.box[2] - t.box[0] >= LEAST_TABLE[0] and t.box[3] - t.box[1] >= LEAST_TABLE[1]]
    return sorted(large, key=lambda table: (table.box[1], table.box[0]))


def _blobs(mask: Pixels) -> list[PixelBox]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:count]]


def _grid_to_table(grid: Grid) -> RuledTable:
    xs, ys = [round(x / POINT) for x in grid.xs], [round(y / POINT) for y in grid.ys]
    cells = tuple(
        RuledCell(
            box=(xs[span.left], ys[span.top], xs[span.right], ys[span.bottom]),
            row=span.top,
            column=span.left,
            row_span=span.bottom - span.top,
            column_span=span.right - span.left,
        )
        for span in sorted(grid.cells, key=lambda span: (span.top, span.left))
    )
    return RuledTable(box=(xs[0], ys[0], xs[-1], ys[-1]), columns=len(xs) - 1, cells=cells)
