"""The sheet as a scan: its pages rendered, skewed, blurred and noised, as picture files or as a PDF of pictures.

Needs `gouji[ocr]` (numpy) and a Chinese font on the machine, since the made PDF embeds none.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

POINTS = 72


@dataclass(frozen=True)
class Wear:
    """How a scanner and a hurried clerk treat a page. Degrees count anticlockwise; noise is in grey levels."""

    dpi: int = 200
    skew: float = 0.7
    turn: int = 0
    blur: float = 0.7
    noise: float = 8.0
    quality: int = 75
    seed: int = 0


def to_scans(pdf: bytes, wear: Wear | None = None) -> list[Image.Image]:
    """Every page of this PDF as a worn grey picture."""
    wear = wear or Wear()
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[i].render(scale=wear.dpi / POINTS).to_pil().convert("L") for i in range(len(document))]
    document.close()
    return [_worn(page, wear, number) for number, page in enumerate(pages)]


def _worn(page: Image.Image, wear: Wear, number: int) -> Image.Image:
    skewed = page.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(wear.blur))
    chance = np.random.default_rng((wear.seed, number))
    pixels = np.asarray(skewed, dtype=np.float32) + chance.normal(0, wear.noise, (skewed.height, skewed.width))
    worn = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    pressed = io.BytesIO()
    worn.rotate(wear.turn, expand=True).save(pressed, "JPEG", quality=wear.quality)
    return Image.open(pressed).copy()


def to_picture(pdf: bytes, form: str, wear: Wear | None = None) -> bytes:
    """The pages as PNG or JPEG (the first page alone), TIFF (all pages) or PDF (all pages, pictures only)."""
    wear = wear or Wear()
    first, *others = to_scans(pdf, wear)
    buffer = io.BytesIO()
    extra: dict[str, object] = {"save_all": True, "append_images": others} if form in ("TIFF", "PDF") else {}
    if form in ("JPEG", "PDF"):
        extra["quality"] = wear.quality
    if form == "PDF":
        first.save(buffer, form, resolution=wear.dpi, **extra)
    else:
        first.save(buffer, form, dpi=(wear.dpi, wear.dpi), **extra)
    return buffer.getvalue()
