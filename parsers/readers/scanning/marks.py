"""The ink in one cell: nothing, or lines of writing. Blank is decided here, by ink, and never by a recogniser."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.readers.scanning.engine import Pixels
from parsers.readers.scanning.ruling import PixelBox, RuledTable, Sheet

SPECK = 5
"""Pixels: a blot no larger than this, far from others, is dust. A decimal point is as small, but never alone."""

MOST_LETTER = 60
"""Pixels: a piece of ink higher than this is no line of a table's writing, so it tells nothing about its size."""

ONE_LINE = 1.3
"""Pieces of ink above each other are one line (二, 言, a colon) while together at most so many letters high."""


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of writing in one cell, from top to bottom; none: the cell is blank."""

    lines: tuple[PixelBox, ...]

    @property
    def box(self) -> PixelBox:
        """Around all lines."""
        lefts, tops, rights, bottoms = zip(*self.lines, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def table_to_written(sheet: Sheet, table: RuledTable) -> list[Written]:
    """The writing in each cell of a table, in the order of its cells."""
    masks = [_clean(_cut(sheet.ink, cell.box)) for cell in table.cells]
    pieces = [_row_pieces(mask) for mask in masks]
    letter = _letter_height([bottom - top for found in pieces for top, bottom in found])
    return [
        _to_written(mask, _joined(found, letter), cell.box)
        for mask, found, cell in zip(masks, pieces, table.cells, strict=True)
    ]


def _cut(pixels: Pixels, box: PixelBox) -> Pixels:
    left, top, right, bottom = box
    return pixels[top:bottom, left:right]


def _clean(mask: Pixels) -> Pixels:
    """Without dust: a cell that holds nothing larger than specks is empty."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask), connectivity=8)
    is_written = any(max(width, height) > SPECK for _, _, width, height, _ in stats[1:])
    return mask if is_written else np.zeros_like(mask)


def _row_pieces(mask: Pixels) -> list[tuple[int, int]]:
    """(top, bottom) of the runs of pixel rows that hold ink."""
    return _runs(mask.any(axis=1))


def _runs(filled: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _letter_height(heights: list[int]) -> int:
    """How high this table's letters are: what most high pieces have."""
    known = sorted(height for height in heights if SPECK < height <= MOST_LETTER)
    return known[len(known) * 4 // 5] if known else MOST_LETTER


def _joined(pieces: list[tuple[int, int]], letter: int) -> list[tuple[int, int]]:
    """Pieces above each other that are one line."""
    lines: list[tuple[int, int]] = []
    for top, bottom in pieces:
        if lines and bottom - lines[-1][0] <= ONE_LINE * letter:
            lines[-1] = (lines[-1][0], bottom)
        else:
            lines.append((top, bottom))
    return lines


def _to_written(mask: Pixels, lines: list[tuple[int, int]], box: PixelBox) -> Written:
    """The lines' boxes on the page; specks between lines are none."""
    boxes: list[PixelBox] = []
    for top, bottom in lines:
        columns = np.flatnonzero(mask[top:bottom].any(axis=0))
        left, right = int(columns[0]), int(columns[-1]) + 1
        if max(bottom - top, right - left) > SPECK:
            boxes.append((box[0] + left, box[1] + top, box[0] + right, box[1] + bottom))
    return Written(lines=tuple(boxes))
