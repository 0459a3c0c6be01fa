"""Text of a PDF page that nobody sees: drawn invisible, white on white, under a patch, too small, or off the page.

What a person does not see on the paper is not part of the report; it is taken out and told, with its place.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from itertools import compress, repeat
from typing import NamedTuple

from parsers.model.document import Box
from parsers.readers import pdf_calls as calls
from parsers.readers.ink import Characters
from parsers.readers.pdf_pictures import late_pictures
from parsers.readers.pdf_shapes import Shapes
from parsers.readers.pdf_view import View
from parsers.readers.runs import pick

INVISIBLE = (3, 7)
"""Render modes that put no ink on the page (ISO 32000-1, 9.3.6): invisible, and clipping only."""

FILLED = 0
"""The render mode of ordinary text: its colour is the fill colour alone."""

NEARLY_WHITE = 250
"""From this share of red, green and blue (of 255) on a colour does not show on white paper."""

TINY = 300
"""A letter smaller than this part of the page's width (2 points on A4) is not read by anybody."""


class Hidden(NamedTuple):
    """Text taken out: what it says, why it is not seen (words for a sentence), the box around it on the sheet.

    `boxes` are those of its letters.
    """

    text: str
    why: str
    box: Box
    boxes: list[Box]


class Concealing(NamedTuple):
    """What hides text: `off`, text objects on layers that are off; `covers` asks if nothing shows through a picture."""

    off: frozenset[int]
    covers: Callable[[int], bool]


def without_hidden(
    characters: Characters, text_page: int, shapes: Shapes, view: View, concealing: Concealing
) -> tuple[Characters, list[Hidden]]:
    """The characters that are seen, and the stretches that are not. The indices are the text page's."""
    why = _reasons(characters, text_page, shapes, view, concealing)
    if not any(why):
        return characters, []
    told: list[Hidden] = []
    for reason in (OFF_PAGE, UNSEEN, COVERED, SMALL):
        found = pick(characters, [word == reason and size > 0 for word, size in zip(why, characters.size, strict=True)])
        text = "".join(found.text).strip()
        if text:
            told.append(Hidden(text, reason, _around(found), _each(found)))
    return pick(characters, [not word for word in why]), told


OFF_PAGE, UNSEEN, COVERED, SMALL = "在纸面之外", "不显示或与纸面同色", "被盖住", "小到看不见"
"""Why text is not seen, as it stands in a sentence."""


def _reasons(characters: Characters, text_page: int, shapes: Shapes, view: View, concealing: Concealing) -> list[str]:
    """For each character why it is not seen, empty words where it is; nothing at all where every one is."""
    c = characters
    width, height = view.size
    why: list[str] = []
    if any(0 < size * TINY < width for size in set(c.size)):
        why = [SMALL if 0 < size * TINY < width else "" for size in c.size]
    if max(c.left) > width or min(c.right) < 0 or max(c.base) > height or min(c.base) < 0:
        edges = zip(c.left, c.right, c.base, c.size, strict=True)
        off = [
            size > 0 and (left > width or right < 0 or base - size > height or base < 0)
            for left, right, base, size in edges
        ]
        why = [OFF_PAGE if is_off else word for word, is_off in zip(why or repeat(""), off, strict=False)]
    unseen = _unseen(shapes) | dict.fromkeys(concealing.off, False)
    patches = [*_patches(shapes), *_pictures_over(c, shapes, view, concealing)]
    if unseen or patches:
        why = why or [""] * len(c.text)
        order = dict(zip(shapes.texts, shapes.text_at, strict=True))
        boxes = [(at, view.box(box)) for at, box in patches]
        owners = map(calls.char_object, repeat(text_page), range(len(c.text)))
        dark = [view.box(box) for box in _dark(shapes)] if unseen else []
        for i, owner in enumerate(owners):
            if owner in unseen and not (unseen[owner] and _lies_on(c, i, dark)):
                why[i] = UNSEEN
            elif boxes and _lies_on(c, i, [box for at, box in boxes if at > order.get(owner, at)]):
                why[i] = COVERED
    return why


def _pictures_over(c: Characters, shapes: Shapes, view: View, concealing: Concealing) -> list[tuple[int, Box]]:
    """The pictures that were drawn after some text, lie over a letter, and let nothing show through."""
    return [
        (at, box)
        for at, box, picture in late_pictures(shapes)
        if any(_lies_on(c, i, [view.box(box)]) for i in range(len(c.text))) and concealing.covers(picture)
    ]


def _lies_on(c: Characters, i: int, boxes: list[Box]) -> bool:
    x, y = (c.left[i] + c.right[i]) / 2, c.base[i] - c.size[i] / 3
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _around(c: Characters) -> Box:
    top = min(base - size for base, size in zip(c.base, c.size, strict=True))
    return round(min(c.left), 2), round(top, 2), round(max(c.right), 2), round(max(c.base), 2)


def _each(c: Characters) -> list[Box]:
    """The box of each letter that is more than a blank."""
    letters = zip(c.text, c.left, c.base, c.right, c.size, strict=True)
    return [(left, base - size, right, base) for text, left, base, right, size in letters if not text.isspace()]


def _unseen(shapes: Shapes) -> dict[int, bool]:
    """Text objects that leave no ink on white paper, and whether something dark under them would show them."""
    modes = list(map(calls.text_mode, shapes.texts))
    unseen: dict[int, bool] = {}
    if any(mode in modes for mode in INVISIBLE):
        unseen = {text: False for text, mode in zip(shapes.texts, modes, strict=True) if mode in INVISIBLE}
    numbers = calls.fills(shapes.texts)
    if numbers and (max(numbers[0::4]) >= NEARLY_WHITE or min(numbers[3::4]) == 0):
        for text, color, mode in zip(shapes.texts, to_colors(numbers), modes, strict=True):
            if mode == FILLED and (min(color[:3]) >= NEARLY_WHITE or color[3] == 0):
                unseen[text] = color[3] > 0
    return unseen


def to_colors(numbers: array[int]) -> list[tuple[int, int, int, int]]:
    """Red, green, blue, opacity one after another as one tuple a colour."""
    each = iter(numbers.tolist())
    return list(zip(each, each, each, each, strict=True))


def _dark(shapes: Shapes) -> list[Box]:
    """Areas and pictures on which white text shows."""
    colors = to_colors(calls.fills(shapes.area_of))
    return [*compress(shapes.areas, [min(color[:3]) < NEARLY_WHITE for color in colors]), *shapes.images]


def _patches(shapes: Shapes) -> list[tuple[int, Box]]:
    """White areas that were drawn after some text, with their order."""
    first = min(shapes.text_at, default=0)
    areas = zip(shapes.area_at, shapes.areas, shapes.area_of, strict=True)
    late = [(at, box, path) for at, box, path in areas if at > first]
    colors = to_colors(calls.fills([path for _, _, path in late]))
    return [
        (at, box)
        for (at, box, path), color in zip(late, colors, strict=True)
        if min(color) >= NEARLY_WHITE and not calls.object_is_clear(path)
    ]
