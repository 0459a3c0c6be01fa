"""One page of an OFD as ink (GB/T 33190-2016, 7.7, 8, 9, 11): objects in millimetres become characters and rules."""

from __future__ import annotations

import math
from itertools import pairwise

from lxml import etree

from parsers.model.document import Box
from parsers.readers.ink import THIN, Ink
from parsers.readers.ofd_geometry import (
    POINTS,
    Matrix,
    Point,
    advance,
    to_box,
    to_matrix,
    to_number,
    to_numbers,
    to_steps,
    to_subpaths,
)
from parsers.readers.ofd_package import PageRoot

MOST_PIECES = 100_000
"""Objects, characters and strokes of a page that are looked at; a page of tables has some thousand."""

MOST_DEPTH = 8
"""Drawings within drawings that are opened."""

STRAIGHT = 1.0
"""Points by which the ends of a rule may differ across it."""

CORNERS = 5
"""Points of a rectangle that is closed."""

NEARLY_WHITE = 250
"""From this share of red, green and blue (of 255) on a colour does not show on white paper."""

TINY = 300
"""A letter smaller than this part of the page's width (2 points on A4) is not read by anybody."""

_GROUPS = ("Layer", "PageBlock", "Content")
_NESTING = (*_GROUPS, "CompositeObject")


class PageReading:
    """Walks through a page's objects. `ink` is what is seen; the rest says what was left out and why."""

    def __init__(self, root: PageRoot, number: int, units: dict[str, etree._Element]) -> None:
        x, y, width, height = root.box
        self.ink = Ink(page=number, width=width * POINTS, height=height * POINTS)
        self.images = 0
        self.has_text = False
        self.is_hidden = False
        self.is_turned = False
        self._units = units
        self._grounds: list[Box] = []
        self._left = MOST_PIECES
        self._is_deep = False
        on_page = Matrix(POINTS, 0.0, 0.0, POINTS, -x * POINTS, -y * POINTS)
        for content in (*root.below, root.content, *root.above):
            for element in content.iterfind("{*}Content"):
                self._walk(element, on_page, 0)

    @property
    def is_cut(self) -> bool:
        """Is there more on this page than was looked at?"""
        return self._left <= 0 or self._is_deep

    @property
    def pieces(self) -> int:
        """How much was looked at."""
        return MOST_PIECES - self._left

    def _walk(self, parent: etree._Element, outer: Matrix, depth: int) -> None:
        for element in parent:
            if not isinstance(element.tag, str) or self._left <= 0:
                continue
            self._left -= 1
            name = etree.QName(element).localname
            if depth >= MOST_DEPTH and name in _NESTING:
                self._is_deep = True
            elif name in _GROUPS:
                self._walk(element, outer, depth + 1)
            elif name == "TextObject":
                self._text(element, _placed(element, outer))
            elif name == "PathObject":
                self._path(element, _placed(element, outer))
            elif name == "ImageObject":
                self.images += 1
                self.ink.pictures.append(_covered(element, _placed(element, outer)))
            elif name == "CompositeObject":
                unit = self._units.get(element.get("ResourceID", ""))
                if unit is not None and _is_visible(element):
                    self._walk(unit, _placed(element, outer), depth + 1)

    def _text(self, element: etree._Element, matrix: Matrix) -> None:
        """A text object's characters; their steps stand in each TextCode."""
        if not _is_visible(element) or not _is_painted(element, fills=True) or self._is_unseen(element, matrix):
            self.is_hidden = True
            self.ink.unread += _starts(element, matrix)
        elif not matrix.is_upright:
            self.is_turned = True
        else:
            size = to_number(element.get("Size"), 0.0)
            x = y = 0.0
            for code in element.iterfind("{*}TextCode"):
                # a TextCode without a position goes on from the one before (11.3, table 46)
                x, y = to_number(code.get("X"), x), to_number(code.get("Y"), y)
                self._code(code, (x, y), size, to_number(element.get("HScale"), 1.0), matrix)

    def _is_unseen(self, element: etree._Element, matrix: Matrix) -> bool:
        """Is it too small for any eye, or white where nothing darker lies under it?"""
        if to_number(element.get("Size"), 0.0) * matrix.scale[1] < self.ink.width / TINY:
            return True
        x, y = matrix.apply(0.0, 0.0)
        on_ground = any(left - 1 <= x <= right and top - 1 <= y <= bottom for left, top, right, bottom in self._grounds)
        return _is_white(element.find("{*}FillColor")) and not on_ground

    def _code(self, code: etree._Element, start: Point, size: float, stretch: float, matrix: Matrix) -> None:
        text = (code.text or "")[: max(self._left, 0)]
        self._left -= len(text)
        across, down = to_steps(code.get("DeltaX"), len(text)), to_steps(code.get("DeltaY"), len(text))
        x, y = start
        for i, letter in enumerate(text):
            width = advance(letter) * size * stretch
            step = across[i] if i < len(across) else width if not down else 0.0
            shown = min(width, step) if step > 0 and i + 1 < len(text) else width
            self._letter(letter, matrix.apply(x, y), shown * matrix.scale[0], size * matrix.scale[1])
            x += step
            y += down[i] if i < len(down) else 0.0

    def _letter(self, letter: str, at: Point, width: float, size: float) -> None:
        """A character, if it lies on the page; line breaks between the words of the XML are none."""
        left, base = at
        if letter in "\t\r\n":
            return
        if not (-width <= left <= self.ink.width and 0 <= base <= self.ink.height + size):
            self.is_hidden = self.is_hidden or not letter.isspace()
            return
        self.has_text = self.has_text or not letter.isspace()
        characters = self.ink.characters
        characters.text.append(letter)
        characters.left.append(left)
        characters.right.append(left + width)
        characters.base.append(base)
        characters.size.append(size)

    def _path(self, element: etree._Element, matrix: Matrix) -> None:
        if not _is_visible(element):
            return
        fills, strokes = _is_set(element, "Fill", otherwise=False), _is_set(element, "Stroke", otherwise=True)
        subpaths = to_subpaths(element.findtext("{*}AbbreviatedData") or "", max(self._left, 0))
        for subpath in subpaths:
            self._left -= len(subpath.points)
            points = [matrix.apply(*point) for point in subpath.points]
            if fills and not subpath.is_curved and _is_painted(element, fills=True):
                self._filled(points, is_ground=not _is_white(element.find("{*}FillColor")))
            if strokes and not subpath.is_curved:
                self._stroked(points)
            if subpath.is_curved and (fills or strokes):
                self.ink.drawn.append(_bounds(points))

    def _filled(self, points: list[Point], *, is_ground: bool) -> None:
        """A thin shape is a rule; a rectangle that is not thin is an area."""
        box = _bounds(points)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self._rule(box)
        elif len(points) <= CORNERS and all(_is_corner(point, box) for point in points):
            self.ink.areas.append(box)
            self._grounds += [box] if is_ground else []
        else:
            self.ink.drawn.append(box)

    def _stroked(self, points: list[Point]) -> None:
        for start, end in pairwise(points):
            box = _bounds([start, end])
            if min(box[2] - box[0], box[3] - box[1]) <= STRAIGHT:
                self._rule(box)
            else:
                self.ink.drawn.append(box)

    def _rule(self, box: Box) -> None:
        left, top, right, bottom = box
        if bottom - top <= THIN:
            self.ink.across.append(((top + bottom) / 2, left, right))
        if right - left <= THIN:
            self.ink.down.append(((left + right) / 2, top, bottom))


def _placed(element: etree._Element, outer: Matrix) -> Matrix:
    """An object's own coordinates (8.5): its CTM, then its boundary's corner, then what it lies in."""
    box = to_box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return to_matrix(element.get("CTM")).then(Matrix(e=box[0], f=box[1])).then(outer)


def _starts(element: etree._Element, matrix: Matrix) -> list[Box]:
    """Where the texts of an object begin: a letter's place, as wide as nothing."""
    codes = [(to_number(c.get("X"), 0.0), to_number(c.get("Y"), 0.0)) for c in element.iterfind("{*}TextCode")]
    points = [matrix.apply(*code) for code in codes]
    return [(x, y - THIN, x, y) for x, y in points]


def _covered(element: etree._Element, matrix: Matrix) -> Box:
    """Where a picture lies: its boundary, of which its coordinates have the corner."""
    box = to_box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    on_page = matrix.apply(0.0, 0.0)
    return on_page[0], on_page[1], on_page[0] + box[2] * POINTS, on_page[1] + box[3] * POINTS


def _is_set(element: etree._Element, name: str, *, otherwise: bool) -> bool:
    value = element.get(name)
    return otherwise if value is None else value.strip().lower() in {"true", "1"}


def _is_visible(element: etree._Element) -> bool:
    """Is it meant to be seen: neither switched off nor without any opacity?"""
    return _is_set(element, "Visible", otherwise=True) and to_number(element.get("Alpha"), 255.0) > 0


def _is_painted(element: etree._Element, *, fills: bool) -> bool:
    """Is it filled or stroked with a colour that has some opacity?"""
    colours = [element.find(f"{{*}}{name}") for name in ("FillColor", "StrokeColor")]
    clear = [colour is not None and to_number(colour.get("Alpha"), 255.0) <= 0 for colour in colours]
    is_filled = _is_set(element, "Fill", otherwise=fills) and not clear[0]
    return is_filled or (_is_set(element, "Stroke", otherwise=False) and not clear[1])


def _is_white(colour: etree._Element | None) -> bool:
    """Red, green and blue that do not show on paper; other colour spaces are believed to."""
    values = to_numbers(None if colour is None else colour.get("Value"))
    return len(values) == len("RGB") and min(values) >= NEARLY_WHITE


def _bounds(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_corner(point: Point, box: Box) -> bool:
    x, y = point
    at_side = min(abs(x - box[0]), abs(x - box[2])) <= STRAIGHT
    return at_side and min(abs(y - box[1]), abs(y - box[3])) <= STRAIGHT and math.isfinite(x + y)
