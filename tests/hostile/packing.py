"""Packed streams of any length, made without ever holding what they unpack to."""

from __future__ import annotations

import zlib

_BLOCK = 1 << 20
"""Bytes of what is repeated."""


def deflated(unit: bytes, size: int) -> bytes:
    """A zlib stream of at least `size` bytes, the unit again and again: one block packed once and repeated."""
    block = unit * max(1, min(_BLOCK, size) // len(unit))
    packer = zlib.compressobj(9)
    head = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    body = head[2:]
    repeats = -(-size // len(block))
    check = zlib.adler32(b"")
    for _ in range(repeats):
        check = zlib.adler32(block, check)
    return head[:2] + body * repeats + b"\x03\x00" + check.to_bytes(4, "big")


def run_lengths(size: int) -> bytes:
    """Blanks as RunLengthDecode writes them (ISO 32000-1, 7.4.5): two bytes for 128."""
    return b"\x81 " * (size // 128) + b"\x80"


def lzw(size: int) -> bytes:
    """Zeros as LZWDecode writes them (ISO 32000-1, 7.4.4): each code is one longer than the last."""
    bits, width, made = 0, 0, 0

    def put(code: int, length: int) -> None:
        nonlocal bits, width
        bits, width = (bits << length) | code, width + length

    out = bytearray()
    while made < size:
        put(256, 9)
        put(0, 9)
        made += 1
        for code in range(258, 4094):
            put(code, max(9, (code + 1).bit_length()))
            made += code - 256
        while width >= 8:
            width -= 8
            out.append(bits >> width & 255)
        bits &= (1 << width) - 1
    return bytes(out) + bytes([(bits << (8 - width)) & 255, 0x80, 0x80])
