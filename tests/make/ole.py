"""An OLE file (MS-CFB, version 3) with some streams; enough to be opened, with nothing of Word in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SMALL = 4096
"""A shorter stream would stand in the small sectors, which we do without."""


def to_ole(streams: Mapping[str, bytes]) -> bytes:
    """The container; short streams are filled up with zeros."""
    padded = {name: data.ljust(SMALL, b"\x00") for name, data in streams.items()}
    sectors = [-(-len(data) // SECTOR) for data in padded.values()]
    entries = [_entry("Root Entry", END, 0, child=1)]
    chain: list[int] = [FAT, *[END] * _directory_sectors(len(padded))]
    chain[1:-1] = range(2, len(chain))
    for number, (name, data) in enumerate(padded.items(), 1):
        start = len(chain)
        chain += [*range(start + 1, start + sectors[number - 1]), END]
        right = number + 1 if number < len(padded) else FREE
        entries.append(_entry(name, start, len(data), right=right))
    table = b"".join(struct.pack("<I", sector) for sector in chain).ljust(SECTOR, b"\xff")
    directory = b"".join(entries).ljust(_directory_sectors(len(padded)) * SECTOR, b"\x00")
    return (
        _header()
        + table
        + directory
        + b"".join(data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\x00") for data in padded.values())
    )


def _directory_sectors(streams: int) -> int:
    return -(-(streams + 1) // 4)


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, SMALL, END, 0, END, 0)
    return head + struct.pack("<I", 0) + b"\xff" * (108 * 4)


def _entry(name: str, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    kind = 2 if child == FREE else 5
    letters = (name + "\x00").encode("utf-16-le")
    head = letters.ljust(64, b"\x00") + struct.pack("<HBBIII", len(letters), kind, 1, FREE, right, child)
    return head + b"\x00" * 36 + struct.pack("<IQ", start, size)
