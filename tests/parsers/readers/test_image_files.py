"""A picture file is measured without being recognised, and what is damaged or too large is refused before it costs."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import parsers
from parsers.model.errors import DocumentError
from parsers.model.pictures import pages_without_text
from parsers.readers import image
from parsers.readers.sniff import bytes_to_kind


def picture(form: str, *others: Image.Image, size: tuple[int, int] = (200, 100), dpi: int | None = None) -> bytes:
    buffer = io.BytesIO()
    extra: dict[str, object] = {"save_all": True, "append_images": others} if others else {}
    if dpi:
        extra["dpi"] = (dpi, dpi)
    Image.new("L", size, 255).save(buffer, form, **extra)
    return buffer.getvalue()


def code(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        parsers.read_written(data)
    assert caught.value.reason.endswith("。")
    assert caught.value.advice.endswith("。")
    return caught.value.code


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@pytest.mark.parametrize("form", image.FORMATS)
def test_every_format_is_known_by_its_content_and_is_one_page_without_text(form: str) -> None:
    document = parsers.read_written(picture(form))
    assert bytes_to_kind(picture(form)).value == "image"
    assert (document.source.pages, document.blocks, pages_without_text(document)) == (1, (), (1,))


@pytest.mark.parametrize(("dpi", "points"), [(300, 48.0), (72, 200.0), (None, 72.0), (5, 72.0), (65000, 72.0)])
def test_a_page_has_the_size_that_its_resolution_says_or_that_of_200_dpi(dpi: int | None, points: float) -> None:
    page = parsers.read_written(picture("TIFF", dpi=dpi)).pages[0]
    assert (page.width, page.height) == pytest.approx((points, points / 2), abs=0.02)


def test_every_page_of_a_tiff_is_a_page() -> None:
    data = picture("TIFF", Image.new("L", (50, 60)), Image.new("1", (70, 80)))
    pages = parsers.read_written(data).pages
    assert [(page.number, page.width) for page in pages] == [(1, 72.0), (2, 18.0), (3, 25.2)]
    assert image.page_to_picture(data, 2).size == (50, 60)


def test_a_moving_picture_is_one_page() -> None:
    assert len(parsers.read_written(picture("GIF", Image.new("L", (200, 100), 0))).pages) == 1


def test_a_transparent_picture_lies_on_white_paper() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (80, 80), (0, 0, 0, 0)).save(buffer, "PNG")
    assert image.page_to_picture(buffer.getvalue(), 1).getextrema() == (255, 255)


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 5_001)])
def test_a_picture_of_too_many_pixels_is_refused_unseen(size: tuple[int, int]) -> None:
    assert code(png_of(*size)) == "TOO_LARGE"


def test_a_tiff_of_too_many_pages_is_refused() -> None:
    data = picture("TIFF", *(Image.new("1", (8, 8)) for _ in range(image.MOST_PAGES)), size=(8, 8))
    assert code(data) == "TOO_MANY_PAGES"


@pytest.mark.parametrize("form", image.FORMATS)
def test_a_picture_that_breaks_off_in_its_head_is_damaged(form: str) -> None:
    assert code(picture(form)[:14]) == "IMAGE_BROKEN"


@pytest.mark.parametrize("form", image.FORMATS)
@settings(max_examples=15, deadline=None)
@given(start=st.integers(0, 400), junk=st.binary(max_size=30))
def test_a_damaged_picture_is_read_or_refused(form: str, start: int, junk: bytes) -> None:
    data = picture(form)
    damaged = data[:start] + junk + data[start + len(junk) :]
    with suppress(DocumentError):
        document = parsers.read_written(damaged)
        for number in pages_without_text(document):
            image.page_to_picture(damaged, number)
