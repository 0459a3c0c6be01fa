"""The characters of a PDF page, as PDFium decodes them, on the sheet that is seen."""

from __future__ import annotations

import math
from array import array
from itertools import repeat
from operator import sub
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers import pdf_calls as calls
from parsers.readers.ink import Characters
from parsers.readers.pdf_view import HALF, UPRIGHT, View

_CONTROL = (("\x02", "-"), ("\ufffe", "-"), ("\xad", "-"), ("\x00", "\ufffd"))
"""A hyphen at a line's end comes as a control character and is printed as any other; 0 is a letter without a code."""

SAMPLES = 12
"""Characters that are asked for their direction, evenly over the page."""

TRIES = 400
"""Characters of one size that are looked at for an ideograph among them."""

IDEOGRAPHS = "\u3400"
"""From here on letters fill their square, so that their ink tells the size of the font."""

SMALLEST, LARGEST = 0.4, 1.6
"""Shares of its size between which an ideograph's ink lies."""

SURROGATES, SURROGATES_END, CODES_END = 0xD800, 0xE000, 0x110000
"""Unicode's codes that are no letters lie between the first two and from the last one on."""


def text_to_characters(text_page: Any, view: View) -> Characters:
    """Every character on the sheet of this view; those that PDFium made up have size 0."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return Characters()
    handle = calls.address(text_page)
    text = _text(handle, count)
    origins = calls.origins(text_page, count)
    boxes = calls.loose_boxes(text_page, count)
    characters = _seen(text, origins, [boxes[k::4] for k in range(4)], view)
    if not math.isfinite(sum(map(sum, (characters.left, characters.right, characters.base, characters.size)))):
        _forget_places(characters)
    _mend_sizes(characters, text, handle, view)
    return characters


def _forget_places(c: Characters) -> None:
    """A damaged or hostile file: places that are no numbers become 0."""
    for numbers in (c.left, c.right, c.base, c.size):
        numbers[:] = [number if math.isfinite(number) else 0.0 for number in numbers]


def _mend_sizes(c: Characters, text: str, handle: int, view: View) -> None:
    """Where a font lies about its height, or writes downwards, PDFium's boxes have the wrong size.

    Ideographs tell it, since they fill their square. The font's size and the letter's matrix stand for the box then.
    """
    sizes = list(map(int, c.size))
    wrong = [(size, i) for size in sorted(set(sizes)) if size and (i := _misfit(size, sizes, text, handle)) >= 0]
    for size, example in wrong:
        a, b = _slope(handle, example)
        true = calls.char_font_size(handle, example) * math.hypot(a, b)
        share = true / c.size[example]
        for i in [i for i, other in enumerate(sizes) if other == size]:
            c.size[i] *= share
            if c.right[i] - c.left[i] > LARGEST * true:
                c.left[i], _, c.right[i], c.base[i] = view.box(_ink(handle, i))


def _misfit(size: int, sizes: list[int], text: str, handle: int) -> int:
    """The first ideograph of this size, if it does not fill it; otherwise -1."""
    start = 0
    for _ in range(TRIES):
        try:
            start = sizes.index(size, start) + 1
        except ValueError:
            return -1
        if text[start - 1] >= IDEOGRAPHS:
            fits = SMALLEST * size <= _ink_size(handle, start - 1) <= LARGEST * size + 2
            return -1 if fits else start - 1
    return -1


def _slope(handle: int, i: int) -> tuple[float, float]:
    """What a character's matrix makes of its upright edge."""
    numbers = array("f", bytes(24))
    calls.char_matrix(handle, i, numbers.buffer_info()[0])
    return numbers[2], numbers[3]


def _ink(handle: int, i: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character's own ink."""
    numbers = array("d", bytes(32))
    at = numbers.buffer_info()[0]
    calls.char_box(handle, i, at, at + 8, at + 16, at + 24)
    left, right, bottom, top = numbers
    return left, bottom, right, top


def _ink_size(handle: int, i: int) -> float:
    left, bottom, right, top = _ink(handle, i)
    return max(right - left, top - bottom)


def _seen(text: str, origins: array[float], edges: list[array[float]], view: View) -> Characters:
    """Turned as the sheet is: what runs along the sheet's width is left and right, what stands up is the size."""
    lefts, tops, rights, bottoms = edges
    x0, y0, x1, y1 = view.left, view.bottom, view.right, view.top
    if view.quarters == UPRIGHT:
        left, right = lefts.tolist(), rights.tolist()
        if x0:
            left, right = [v - x0 for v in left], [v - x0 for v in right]
        base = [y1 - v for v in origins[1::2]]
    elif view.quarters == 1:
        left, right = [v - y0 for v in bottoms], [v - y0 for v in tops]
        base = [v - x0 for v in origins[0::2]]
    elif view.quarters == HALF:
        left, right = [x1 - v for v in rights], [x1 - v for v in lefts]
        base = [v - y0 for v in origins[1::2]]
    else:
        left, right = [y1 - v for v in tops], [y1 - v for v in bottoms]
        base = [x1 - v for v in origins[0::2]]
    low, high = (bottoms, tops) if view.quarters % 2 == 0 else (lefts, rights)
    size = list(map(sub, high, low))
    return Characters(text=list(text), left=left, right=right, base=base, size=size)


def _text(handle: int, count: int) -> str:
    """One letter a character; in one call where each takes one unit, one by one where some take two or none."""
    units = array("H", bytes(2 * count + 2))
    written = calls.page_text(handle, 0, count, units.buffer_info()[0])
    text = units[: max(written - 1, 0)].tobytes().decode("utf-16-le", "replace")
    if len(text) != count or written != count + 1:
        text = "".join(map(_letter, map(calls.char_code, repeat(handle), range(count))))
    for control, letter in _CONTROL:
        if control in text:
            text = text.replace(control, letter)
    return text


def _letter(code: int) -> str:
    is_letter = 0 < code < SURROGATES or SURROGATES_END <= code < CODES_END
    return chr(code) if is_letter else "\ufffd"


def text_to_quarters(text_page: Any, shown: int) -> int:
    """By how many quarters clockwise PDF's page must be turned for most of its text to be upright.

    `shown` is how it is turned for the eye: that stands where no direction has the majority.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    handle = calls.address(text_page)
    angles = [calls.char_angle(handle, i) for i in range(0, count, count // SAMPLES + 1)]
    turns = [round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0]
    most = max(range(4), key=turns.count)
    return -most % 4 if turns.count(most) * 2 > len(turns) else shown
