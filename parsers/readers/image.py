"""A picture file (PNG, JPEG, TIFF, BMP, GIF): its pages with their sizes, and for each the problem that it has no text.

What stands on them is recognised by `scan`, as for the pages of a PDF that are pictures.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from PIL import Image, ImageSequence, UnidentifiedImageError

from parsers.model.document import Document, Page
from parsers.model.errors import DocumentError
from parsers.model.pictures import page_to_problem
from parsers.model.source import Source

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
"""The only decoders that are ever tried."""

MOST_PIXELS = 50_000_000
"""Of one page: A3 at 500 dpi. A page of more is refused before it is decoded (reliability.md S9)."""

MOST_PAGES = 200
"""Of one file. A report has five to thirty."""

LIKELY_DPI = (70, 1300)
"""Resolutions that a scanner writes down; what lies outside is not meant."""

USUAL_DPI = 200
"""Taken where a picture does not say its resolution: what offices scan at."""

POINTS = 72


def read(data: bytes, source: Source) -> Document:
    """Pages without text. Raises DocumentError for what is broken or too large to be decoded."""
    pages = read_pages(data)
    return Document(
        source=msgspec.structs.replace(source, pages=len(pages)),
        pages=pages,
        blocks=(),
        problems=tuple(page_to_problem(page.number) for page in pages),
    )


def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages with their sizes. Raises DocumentError as `read` does."""
    with _opened(data) as picture:
        return tuple(_to_page(frame, number) for number, frame in enumerate(_frames(picture), 1))


def page_to_picture(data: bytes, number: int) -> Image.Image:
    """The page of this number, grey, on white where it is transparent. Raises DocumentError as `read` does."""
    with _opened(data) as picture:
        picture.seek(number - 1)
        return _to_grey(picture)


def _to_grey(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("L")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("L")


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Every page. Only a TIFF has several: elsewhere they are movements or previews of the first."""
    if picture.format != "TIFF":
        yield picture
        return
    for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
        if number > MOST_PAGES:
            reason = f"图片文件超过 {MOST_PAGES} 页的上限。"
            raise DocumentError("TOO_MANY_PAGES", reason, "请只上传年度报告本身。")
        yield frame


def _to_page(frame: Image.Image, number: int) -> Page:
    """Its size in points, by the resolution that it states."""
    width, height = frame.size
    if width * height > MOST_PIXELS:
        raise _too_large(width, height)
    across, down = (_likely(value) for value in frame.info.get("dpi", (0, 0)))
    return Page(number=number, width=round(width * POINTS / across, 2), height=round(height * POINTS / down, 2))


def _likely(dpi: float) -> float:
    return float(dpi) if LIKELY_DPI[0] <= dpi <= LIKELY_DPI[1] else USUAL_DPI


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture; damage and bombs are told, whatever the decoder calls them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of is refused below, by our own limit
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                yield picture
    except (DocumentError, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise _bomb() from None
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        ArithmeticError,
        LookupError,
        TypeError,
    ):
        raise DocumentError(
            "IMAGE_BROKEN", "图片文件已损坏，无法读取。", "请重新扫描或导出后上传，或换一个能正常打开的文件。"
        ) from None


def _too_large(width: int, height: int) -> DocumentError:
    reason = f"图片有 {width}×{height} 像素，超过 {MOST_PIXELS // 1_000_000} 百万像素的上限。"
    return DocumentError("TOO_LARGE", reason, "请以 200 dpi 左右重新扫描后上传。")


def _bomb() -> DocumentError:
    reason = f"图片的像素超过 {MOST_PIXELS // 1_000_000} 百万的上限。"
    return DocumentError("TOO_LARGE", reason, "请以 200 dpi 左右重新扫描后上传。")
