"""A page stood upright: brought to one size, turned by quarters, and its skew taken away; the way back is kept."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.readers.scanning.engine import Engine, Pixels, Seen

WORKING_SIDE = 2339
"""Pixels of an upright page's longer side: A4 at 200 dpi. Every length in pixels below is meant at this size."""

MOST_ENLARGED = 4.0
"""Times. A picture that would need more is a stamp or an icon; it shows no page."""

LEAST_SIDE = 64
"""Pixels: less than this is no page either, and too little to look at."""

SKETCH_SIDE = 1170
"""Pixels of the longer side of the sketch on which the skew is measured."""

MOST_SKEW = 5.0
"""Degrees. Nobody lays a sheet on the glass worse than that."""

STEPS = ((0.5, MOST_SKEW), (0.1, 0.5), (0.02, 0.1))
"""Degrees: step and reach of each round, each round around the best angle of the one before."""

GLANCE_SIDE = 640
"""Pixels of the longer side when only the direction of the lines is looked for."""

FLIP_LINES = 3
"""So many of the longest lines are read both ways up."""

FLIP_RATIO = 8
"""Of a long line only so much is read, in heights: a few words show which way is up."""

LONG = 2.0
"""A box this many times longer than thick is a line of text; shorter ones do not tell how it runs."""


@dataclass(frozen=True, slots=True)
class Upright:
    """The page as it should be looked at, and `back`: the 2×3 matrix from its pixels to those of the original."""

    pixels: Pixels
    back: np.ndarray


def page_to_upright(page: Pixels, engine: Engine) -> Upright:
    """One size, the right way up, without skew."""
    sized = _to_working_size(page)
    quarters = _quarters(sized, engine)
    turned = np.ascontiguousarray(np.rot90(sized, quarters))
    onto = _rotation(turned, skew_of(turned))
    height, width = turned.shape
    level = cv2.warpAffine(turned, onto, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    back = _first_then(cv2.invertAffineTransform(onto), _quarters_back(quarters, sized.shape))
    return Upright(pixels=level, back=back * (page.shape[0] / sized.shape[0]))


def _to_working_size(page: Pixels) -> Pixels:
    scale = min(WORKING_SIDE / max(page.shape), MOST_ENLARGED)
    size = [max(round(side * scale), LEAST_SIDE) for side in reversed(page.shape)]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(page, size, interpolation=way))


def skew_of(page: Pixels) -> float:
    """Degrees, anticlockwise, by which the lines of this page rise: at that angle rows are blackest and whitest."""
    scale = min(1.0, SKETCH_SIDE / max(page.shape))
    sketch = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = 255 - cv2.threshold(sketch, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
    best = 0.0
    for step, reach in STEPS:
        count = round(reach / step)
        angles = [best + i * step for i in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_sharpness(ink, angle), -abs(angle)))
    return best


def _sharpness(ink: Pixels, angle: float) -> float:
    height, width = ink.shape
    level = cv2.warpAffine(ink, _rotation(ink, angle), (width, height), flags=cv2.INTER_LINEAR)
    rows = level.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _rotation(page: Pixels, skew: float) -> np.ndarray:
    """The 2×3 matrix that takes a skew away, around the middle."""
    height, width = page.shape
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -skew, 1.0))


def _quarters(page: Pixels, engine: Engine) -> int:
    """How many quarter turns anticlockwise make the page upright."""
    boxes = engine.detect(page, GLANCE_SIDE)
    along = sum(_length(box) for box in boxes if _is_long(box, across=False))
    across = sum(_length(box) for box in boxes if _is_long(box, across=True))
    first = 1 if across > along else 0
    if first:
        width = page.shape[1]
        page = np.ascontiguousarray(np.rot90(page))
        boxes = [(top, width - right, bottom, width - left) for left, top, right, bottom in boxes]
    return first + (2 if _is_upside_down(page, boxes, engine) else 0)


def _length(box: tuple[int, int, int, int]) -> int:
    return max(box[2] - box[0], box[3] - box[1])


def _is_long(box: tuple[int, int, int, int], *, across: bool) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return height > LONG * width if across else width > LONG * height


def _is_upside_down(page: Pixels, boxes: list[tuple[int, int, int, int]], engine: Engine) -> bool:
    longest = sorted((b for b in boxes if _is_long(b, across=False)), key=lambda b: (-_length(b), b))[:FLIP_LINES]
    crops = [page[top:bottom, left : left + FLIP_RATIO * (bottom - top)] for left, top, _, bottom in longest]
    flipped = [np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops]
    return _sureness(engine.recognise(flipped)) > _sureness(engine.recognise(crops))


def _sureness(seen: list[Seen]) -> float:
    return sum(len(one.text) * one.sure for one in seen)


def _quarters_back(quarters: int, shape: tuple[int, int]) -> np.ndarray:
    """The matrix from the turned page's pixels back to those before turning (np.rot90, anticlockwise)."""
    height, width = shape
    return np.array(
        (
            ((1, 0, 0), (0, 1, 0)),
            ((0, -1, width), (1, 0, 0)),
            ((-1, 0, width), (0, -1, height)),
            ((0, 1, 0), (-1, 0, height)),
        )[quarters],
        dtype=np.float64,
    )


def _first_then(first: np.ndarray, then: np.ndarray) -> np.ndarray:
    """One 2×3 matrix for two."""
    return np.asarray(then @ np.vstack([first, (0, 0, 1)]))
