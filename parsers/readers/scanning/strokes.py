"""What the ink itself says of a figure that was read: how many strokes, how far apart, which of them hang or lean.

A recogniser drops a digit, or takes a slash for a 1 and a comma for a point, without hesitation; the ink does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from parsers.readers.scanning.engine import Pixels
from parsers.readers.scanning.ruling import PixelBox

ENLARGED = 3
"""How many times larger the second reading looks, in black and white: it errs elsewhere than the first."""

LEAST_BLOT = 6
"""Square pixels of the smallest piece of ink that is counted as a character: a decimal point has nine."""

TOUCHING = 0.8
"""Width over height from which on one piece of ink may be two digits that touch."""

FAINT = 0.35
"""Share of the darkest stroke's depth from which on a pixel belongs to a stroke: thin strokes must not fall apart."""

SLANT = 0.22
"""Share of its height by which the middle of a stroke moves from top to bottom: less is a 1, more is a slash."""

APART = 0.8
"""Heights of white inside a figure from which on it may be two figures whose rule has faded."""

HOLE = 0.35
"""Heights of white between two digits from which on a faint point may stand there; beside a 1 it is wide anyway."""

NARROW = 0.45
"""Width over height up to which a digit is a 1."""

HANGS = 0.1
"""Share of a digit's height by which a comma reaches below the line; a point never does."""

PAPER_AROUND = 3
"""Pixels of paper around the writing when its strokes are looked at."""

_AMBIGUOUS = re.compile(r"[.,]\d{3}(?!\d)")
"""1.234 and 1,234 are different numbers, and a blot is all the difference: only a comma that hangs is sure."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of ink, or several above each other, in enlarged pixels."""

    left: int
    right: int
    top: int
    bottom: int


def crop(pixels: Pixels, line: PixelBox, cell: PixelBox, margin: int) -> Pixels:
    """The writing with some paper around it; where the cell ends sooner, its edge goes on."""
    left, top, right, bottom = line
    inner = (max(left - margin, cell[0]), max(top - margin, cell[1]))
    outer = (min(right + margin, cell[2]), min(bottom + margin, cell[3]))
    picture = pixels[inner[1] : outer[1], inner[0] : outer[0]]
    before = (margin - (left - inner[0]), margin - (top - inner[1]))
    after = (margin - (outer[0] - right), margin - (outer[1] - bottom))
    return np.asarray(cv2.copyMakeBorder(picture, before[1], after[1], before[0], after[0], cv2.BORDER_REPLICATE))


def enlarge(picture: Pixels) -> Pixels:
    """So many times larger."""
    return np.asarray(cv2.resize(picture, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC))


def ink_agrees(pixels: Pixels, line: PixelBox, cell: PixelBox, figure: str) -> bool:
    """Does the ink of this line bear out the figure that was read in it?"""
    if not figure[-1].isdigit():
        return True
    mask = _strokes(pixels, line, cell)
    if set(figure) == {"1"} and _slant(mask) > SLANT:
        return False
    pieces = _pieces(mask)
    if not _are_as_many(pieces, figure) or (figure.isdigit() and _has_hole(pieces)):
        return False
    return _AMBIGUOUS.search(figure) is None or _commas_hang(pieces, figure)


def _strokes(pixels: Pixels, line: PixelBox, cell: PixelBox) -> Pixels:
    """The mask (1 is ink) of one line, enlarged."""
    large = enlarge(crop(pixels, line, cell, PAPER_AROUND))
    paper, dark = int(np.median(large)), int(large.min())
    return (large < paper - FAINT * (paper - dark)).astype(np.uint8)


def _slant(mask: Pixels) -> float:
    """How far the ink of the upper half lies beside that of the lower half, in heights of one half."""
    rows, columns = np.nonzero(mask)
    middle = (rows.min() + rows.max()) / 2
    upper, lower = columns[rows < middle], columns[rows >= middle]
    return float(abs(upper.mean() - lower.mean()) / max(middle - rows.min(), 1))


def _pieces(mask: Pixels) -> list[_Piece]:
    """Side by side, left to right. Pieces above each other belong to one character, whose stroke has faded."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    joined: list[_Piece] = []
    for x, y, w, h, area in sorted(stats[1:].tolist()):
        if area < LEAST_BLOT * ENLARGED**2:
            continue
        last = joined[-1] if joined else None
        if last and x < last.right:
            joined[-1] = _Piece(last.left, max(last.right, x + w), min(last.top, y), max(last.bottom, y + h))
        else:
            joined.append(_Piece(x, x + w, y, y + h))
    return joined


def _are_as_many(pieces: list[_Piece], figure: str) -> bool:
    """As many as characters, some of which may touch, and no gap between them as wide as between two figures."""
    height = max((piece.bottom - piece.top for piece in pieces), default=0)
    gaps = [after.left - before.right for before, after in pairwise(pieces)]
    most = sum(1 + int((piece.right - piece.left) / (TOUCHING * height)) for piece in pieces)
    digits = sum(letter.isdigit() for letter in figure)
    return len(pieces) <= len(figure) and digits <= most and max(gaps, default=0) < APART * height


def _has_hole(pieces: list[_Piece]) -> bool:
    """Is there room for a point between two digits?"""
    height = max(piece.bottom - piece.top for piece in pieces)
    return any(
        after.left - before.right > HOLE * height
        and min(after.right - after.left, before.right - before.left) > NARROW * height
        for before, after in pairwise(pieces)
    )


def _commas_hang(pieces: list[_Piece], figure: str) -> bool:
    """Is every mark of this figure a comma, and does each reach below the line?"""
    if len(pieces) != len(figure) or "." in figure:
        return False
    digits = [piece for piece, letter in zip(pieces, figure, strict=True) if letter.isdigit()]
    line = sorted(piece.bottom for piece in digits)[len(digits) // 2]
    height = max(piece.bottom - piece.top for piece in digits)
    marks = [piece for piece, letter in zip(pieces, figure, strict=True) if letter == ","]
    return all(piece.bottom - line >= HANGS * height for piece in marks)
