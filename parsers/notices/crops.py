"""Pictures of the cells that a notice speaks of: the strip of the page in which each lies, the cell framed."""

from __future__ import annotations

import io
from itertools import groupby

import pypdfium2
from PIL import Image, ImageDraw

from parsers.model.document import Box
from parsers.model.errors import DocumentError
from parsers.notices.drawn import Mark, Order, Picture
from parsers.readers import image

DPI = 144
"""Two pixels a point: small print stays legible on paper, and a strip has some twenty kilobytes."""

POINTS = 72
MARGIN = 26
"""Points of the page shown above and below a cell: about the rows next to it."""

MOST_HEIGHT = 420
"""Points of one strip; what is framed in a higher one goes on beyond it."""

MOST_WIDTH = 1200
"""Points: A2 across. A wider page is shown in part, around the cell."""

GREYS = 15
"""Shades in a picture; with the frame's red they are sixteen colours, four bits a pixel."""

RED = (180, 35, 24)
"""Of the frame: that of errors (reference/interface.md, section 2)."""

PALETTE = [shade * 255 // (GREYS - 1) for shade in range(GREYS) for _ in range(3)] + list(RED)
TO_SHADE = [round(level * (GREYS - 1) / 255) for level in range(256)]

GAP = 1.5
"""Points between a cell's box and its frame, so that the frame hides nothing of it."""

LINE = 3
"""Pixels of the frame."""


def pdf_to_pictures(data: bytes, order: Order) -> tuple[Picture, ...]:
    """The strips of a PDF's pages, in the order of the marks. Raises DocumentError where a page cannot be drawn."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise _broken() from None
    try:
        return tuple(picture for number, marks in _by_page(order) for picture in _page_to_pictures(pdf, number, marks))
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        raise _broken() from None
    finally:
        pdf.close()


def _by_page(order: Order) -> list[tuple[int, list[Mark]]]:
    """The first place of each item to be shown; neighbours on one page together, so that it is loaded once for them."""
    first = {mark.number: mark for mark in reversed(order.marks)}
    shown = [first[number] for number in order.pictured if number in first]
    return [(number, list(marks)) for number, marks in groupby(shown, key=lambda mark: mark.page)]


def _page_to_pictures(pdf: pypdfium2.PdfDocument, number: int, marks: list[Mark]) -> list[Picture]:
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        return [_to_picture(mark, *_strip_of_page(page, strip_of(mark.box, width, height))) for mark in marks]
    finally:
        page.close()


def _strip_of_page(page: pypdfium2.PdfPage, strip: Box) -> tuple[Image.Image, Box]:
    width, height = page.get_size()
    left, top, right, bottom = strip
    crop = (left, height - bottom, width - right, top)  # what is cut off at the left, bottom, right and top
    drawn = page.render(scale=DPI / POINTS, crop=crop, may_draw_forms=False, grayscale=True)
    return drawn.to_pil(), strip


def pages_to_pictures(data: bytes, order: Order) -> tuple[Picture, ...]:
    """The strips of a picture file's pages. Raises DocumentError as its reader does."""
    sizes = {page.number: (page.width, page.height) for page in image.read_pages(data)}
    found = []
    for number, marks in _by_page(order):
        if number not in sizes:
            raise _broken()
        sheet = image.page_to_picture(data, number)
        found += [_to_picture(mark, *_strip_of_sheet(sheet, sizes[number], mark)) for mark in marks]
    return tuple(found)


def _strip_of_sheet(sheet: Image.Image, size: tuple[float, float], mark: Mark) -> tuple[Image.Image, Box]:
    """Cut out and brought to our resolution."""
    strip = strip_of(mark.box, *size)
    across, down = sheet.width / size[0], sheet.height / size[1]
    left, top, right, bottom = strip
    cut = sheet.crop((round(left * across), round(top * down), round(right * across), round(bottom * down)))
    scale = DPI / POINTS
    pixels = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    return cut.resize(pixels, Image.Resampling.BILINEAR), strip


def strip_of(box: Box, width: float, height: float) -> Box:
    """The strip across a page of this size in which a box lies: left, top, right, bottom in points."""
    left = min(max(0.0, (box[0] + box[2] - MOST_WIDTH) / 2), max(0.0, width - MOST_WIDTH))
    top = min(max(0.0, box[1] - MARGIN), max(0.0, height - 2 * MARGIN))
    bottom = min(height, max(box[3] + MARGIN, top + 2 * MARGIN), top + MOST_HEIGHT)
    return left, top, min(width, left + MOST_WIDTH), bottom


def _to_picture(mark: Mark, drawn: Image.Image, strip: Box) -> Picture:
    """The grey strip with the red frame around the cell, as a PNG."""
    left, top, right, bottom = strip
    scale = DPI / POINTS
    drawn = drawn.point(TO_SHADE)
    drawn.putpalette(PALETTE)
    upper = [(mark.box[0] - left - GAP) * scale, (mark.box[1] - top - GAP) * scale]
    lower = [(mark.box[2] - left + GAP) * scale, (mark.box[3] - top + GAP) * scale]
    ImageDraw.Draw(drawn).rectangle([*upper, *lower], outline=GREYS, width=LINE)
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG", bits=4)
    width, height = round(right - left, 2), round(bottom - top, 2)
    return Picture(number=mark.number, png=buffer.getvalue(), width=width, height=height)


def _broken() -> DocumentError:
    return DocumentError("PAGE_BROKEN", "原件的页面已损坏，无法绘出。", "请对照原件核对。")
