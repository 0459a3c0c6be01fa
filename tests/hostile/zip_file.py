"""ZIP containers by hand, so that every field can lie; zipfile itself would refuse to write most of them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UTF8 = 0x800
"""The flag of a name in UTF-8."""

STORED, DEFLATED = 0, 8
LINK = 0o120777 << 16
"""External attributes of a symbolic link."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member and what its headers claim; None: the truth. `at`: index of the member whose bytes it claims."""

    name: str
    data: bytes = b""
    method: int = DEFLATED
    flags: int = UTF8
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    local_name: str | None = None
    attributes: int = 0
    extra: bytes = b""
    at: int | None = None


def to_zip(members: Iterable[Member], *, count: int | None = None, before: bytes = b"") -> bytes:
    """The container; `count` is what its last record says, `before` stands in front of it."""
    parts, entries, starts, at = [before], [], list[int](), len(before)
    for member in members:
        packed = _packed(member)
        local = b"" if member.at is not None else _local(member, packed)
        starts.append(at if member.at is None else starts[member.at])
        entries.append(_entry(member, packed, starts[-1]))
        parts += [local, packed] if local else []
        at += len(local) + len(packed) if local else 0
    directory = b"".join(entries)
    said = (len(entries) if count is None else count) & 0xFFFF
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, said, said, len(directory), at, 0)
    return b"".join([*parts, directory, end])


def _packed(member: Member) -> bytes:
    if member.method != DEFLATED:
        return member.data
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(member.data) + packer.flush()


def _fields(member: Member, packed: bytes) -> tuple[int, int, int]:
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    packed_size = len(packed) if member.packed_size is None else member.packed_size
    return crc, packed_size, len(member.data) if member.size is None else member.size


def _local(member: Member, packed: bytes) -> bytes:
    name = (member.name if member.local_name is None else member.local_name).encode()
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, member.flags, member.method, 0, 33, *_fields(member, packed),
                       len(name), len(member.extra))  # fmt: skip
    return head + name + member.extra


def _entry(member: Member, packed: bytes, start: int) -> bytes:
    name = member.name.encode()
    head = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, member.flags, member.method, 0, 33,
                       *_fields(member, packed), len(name), len(member.extra), 0, 0, 0, member.attributes,
                       start)  # fmt: skip
    return head + name + member.extra


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a sound container."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, members: Mapping[str, bytes], *more: Member) -> bytes:
    """The same container with these members in place of their own or beside them, and odd ones behind."""
    sound = (Member(name, content) for name, content in {**unpacked(data), **members}.items())
    return to_zip((*sound, *more))
