"""Pictures of reliability.md section 7, 71 to 77: more pixels, pages, scans and profiles than any picture has."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

from PIL import Image

from tests.hostile.entry import UNREAD, Entry
from tests.hostile.packing import deflated

_PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, content: bytes) -> bytes:
    """One piece of a PNG (PNG specification, 5.3)."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, size: int, before: bytes = b"") -> bytes:
    """A grey PNG of these edges whose pixels unpack to so many zeros."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return _PNG + head + before + chunk(b"IDAT", deflated(b"\0", size)) + chunk(b"IEND", b"")


def small(form: str, **how: Any) -> bytes:
    """A grey square in this format."""
    out = io.BytesIO()
    Image.new("L", (64, 64), 128).save(out, form, **how)
    return out.getvalue()


def profiled() -> bytes:
    """A PNG whose colour profile unpacks to 1 GB."""
    return png(64, 64, 65 * 64, chunk(b"iCCP", b"x\0\0" + deflated(b"\0", 1_000_000_000)))


def commented(size: int) -> bytes:
    """A PNG with so many bytes of XMP in a packed text."""
    head = b"XML:com.adobe.xmp\0\x01\0\0\0"
    return png(64, 64, 65 * 64, chunk(b"iTXt", head + deflated(b"<a>", size)))


def directory(fields: tuple[tuple[int, int, int, int], ...], following: int) -> bytes:
    """One page of a TIFF (TIFF 6.0, section 2): tag, type, count, value of each field, and where the next one is."""
    rows = b"".join(struct.pack("<HHII", *field) for field in fields)
    return struct.pack("<H", len(fields)) + rows + struct.pack("<I", following)


def tiff(pages: int, edge: int = 8, *, loops: bool = False) -> bytes:
    """So many pages of this edge, all of the same pixels; looping, the last is followed by the first."""
    size = 2 + 12 * 8 + 4
    parts = [b"II*\0" + struct.pack("<I", 8)]
    for number in range(pages):
        last = number == pages - 1
        following = (8 if loops else 0) if last else 8 + (number + 1) * size
        fields = (
            (256, 4, 1, edge),
            (257, 4, 1, edge),
            (258, 3, 1, 8),
            (259, 3, 1, 1),
            (262, 3, 1, 1),
            (273, 4, 1, 8),
            (278, 4, 1, edge),
            (279, 4, 1, edge * edge),
        )
        parts.append(directory(fields, following))
    return b"".join(parts) + bytes(64)


def tiled_tiff(edge: int) -> bytes:
    """A page of this edge in tiles of the same."""
    fields = (
        (256, 4, 1, edge),
        (257, 4, 1, edge),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (322, 4, 1, edge),
        (323, 4, 1, edge),
        (324, 4, 1, 8),
        (325, 4, 1, 64),
    )
    return b"II*\0" + struct.pack("<I", 8) + directory(fields, 0) + bytes(64)


def scanned(times: int) -> bytes:
    """A progressive JPEG whose last scan comes so often (as the libjpeg-turbo project tells of such bombs)."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((800, 800)).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * times + b"\xff\xd9"


def annotated_jpeg() -> bytes:
    """A CMYK JPEG with the largest EXIF that fits, 200 times."""
    out = io.BytesIO()
    Image.new("CMYK", (64, 64)).save(out, "JPEG")
    whole = out.getvalue()
    exif = b"\xff\xe1\xff\xff" + (b"Exif\0\0" + b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 65_533)[:65_533]
    return whole[:2] + exif * 200 + whole[2:]


def moving() -> bytes:
    """A GIF of 2,000 pictures."""
    out = io.BytesIO()
    frames = [Image.new("L", (32, 32), number % 256) for number in range(2000)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=0, optimize=False)
    return out.getvalue()


def noise(edge: int) -> bytes:
    """Pixels without any order, the same at every call."""
    state, rows = 1, []
    for _ in range(edge):
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        rows.append(zlib.compress(state.to_bytes(8, "big") * 64)[:1] + _scrambled(state, edge - 1))
    image = Image.frombytes("L", (edge, edge), b"".join(rows))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _scrambled(state: int, size: int) -> bytes:
    out = bytearray()
    while len(out) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        out += (state >> 24).to_bytes(5, "big")
    return bytes(out[:size])


def heif_like(brand: bytes) -> bytes:
    """The first bytes of an ISO media picture, whatever its name says."""
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + brand + bytes(200)


def _unread(number: str, name: str, build: Callable[[], bytes], *, quick: bool = True) -> Entry:
    return Entry(number, name, build, ends=UNREAD, quick=quick)


def _refused(number: str, name: str, build: Callable[[], bytes], code: str) -> Entry:
    return Entry(number, name, build, ends=(code,), quick=True)


ENTRIES = (
    _refused("71a", "PNG of 60,000 squared", partial(png, 60_000, 60_000, 50_000_000), "TOO_LARGE"),
    _refused("71b", "PNG of 7,100 squared", partial(png, 7100, 7100, 50_410_000), "TOO_LARGE"),
    _refused("71c", "PNG of 2^31 by 1", partial(png, (1 << 31) - 1, 1, 1000), "TOO_LARGE"),
    _unread("71d", "PNG that unpacks to 1 GB, of 64 squared", partial(png, 64, 64, 1_000_000_000), quick=False),
    _refused("72a", "TIFF of 10,000 pages", partial(tiff, 10_000), "TOO_MANY_PAGES"),
    Entry(
        "72b",
        "TIFF whose pages follow each other in a ring",
        partial(tiff, 3, loops=True),
        ends=("TOO_MANY_PAGES", "IMAGE_BROKEN", *UNREAD),
        quick=True,
    ),
    _refused("72c", "TIFF of one tile of 60,000 squared", partial(tiled_tiff, 60_000), "TOO_LARGE"),
    _refused("72d", "TIFF of 60,000 squared", partial(tiff, 1, 60_000), "TOO_LARGE"),
    _unread("73a", "CMYK JPEG with 13 MB of EXIF", annotated_jpeg, quick=False),
    _unread("73b", "progressive JPEG of 10,000 scans", partial(scanned, 10_000), quick=False),
    _unread("74a", "GIF of 2,000 pictures", moving, quick=False),
    _refused("75a", "WebP", lambda: small("WEBP"), "KIND_UNSUPPORTED"),
    _refused("75b", "AVIF", partial(heif_like, b"avif"), "KIND_UNSUPPORTED"),
    _refused("75c", "JPX", lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99), "KIND_UNSUPPORTED"),
    _refused("75d", "WebP that begins as a BMP", lambda: b"BM" + small("WEBP"), "IMAGE_BROKEN"),
    _refused("75e", "JPX that begins as a JPEG", lambda: b"\xff\xd8\xff\x4f\xff\x51" + bytes(99), "IMAGE_BROKEN"),
    Entry("76a", "colour profile of 1 GB", profiled, ends=("IMAGE_BROKEN", *UNREAD)),
    Entry("76b", "XMP of 1 GB", partial(commented, 1_000_000_000), ends=("IMAGE_BROKEN", *UNREAD)),
    _unread("77a", "one pixel", partial(png, 1, 1, 2)),
    _unread("77b", "blank", partial(png, 1654, 2339, 1655 * 2339)),
    _unread("77c", "noise", partial(noise, 800)),
)
