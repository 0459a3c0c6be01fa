"""A ZIP of reports: its document is the list of its members, each to be submitted on its own (reliability.md S9)."""

from __future__ import annotations

import posixpath
import re

from parsers.model.document import Document, Line, Place, Problem
from parsers.model.errors import DocumentError
from parsers.model.member import Member
from parsers.model.source import Source
from parsers.readers.packed import Packed

MOST_MEMBER_BYTES = 20_000_000
"""A member's bytes go through the child's answer, which is bounded; a report has some million."""

MOST_NAME = 600
"""Bytes of a member's name: it becomes part of a key, which has a thousand."""

_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._|~\$)", re.IGNORECASE)
"""What systems and open programs leave in folders; nobody filed it."""


def read(data: bytes, source: Source) -> Document:
    """One Line a member, in the order of the container. Raises DocumentError for damage, encryption and emptiness."""
    names = tuple(name for name in _named(Packed(data)) if not _JUNK.search(name))
    kept = tuple(name for name in names if len(name.encode()) <= MOST_NAME)
    if not kept:
        raise DocumentError("ZIP_EMPTY", "压缩包里没有文件。", "请将报告放进压缩包后重新上传，或直接上传报告。")
    lines = tuple(Line(text=name, place=Place(path=name)) for name in kept)
    problems = tuple(_too_long(name) for name in names if name not in kept)
    return Document(source=source, pages=(), blocks=lines, problems=problems)


def bytes_to_member(data: bytes, name: str) -> Member:
    """The bytes of the member that `read` lists under this name. Raises DocumentError: none, damaged, too large."""
    packed = Packed(data)
    raw = _named(packed).get(name)
    if raw is None:
        raise DocumentError("ZIP_BROKEN", "压缩包里已没有这个文件。", "请重新上传压缩包。")
    taken = packed.read(raw)
    if len(taken) > MOST_MEMBER_BYTES:
        reason = f"压缩包里的这个文件有 {len(taken)} 字节，超过 {MOST_MEMBER_BYTES // 1_000_000} MB 的上限。"
        raise DocumentError("ZIP_LIMIT", reason, "请不经压缩单独上传这个文件。")
    return Member(data=taken)


def _named(packed: Packed) -> dict[str, str]:
    """Each member's name for people, and its name in the container."""
    named = {_decoded(name): name for name in packed.names}
    if len(named) < len(packed.names):
        raise DocumentError("ZIP_UNSAFE", "压缩包里有同名的文件。", "请重新打包后上传。")
    return named


def _decoded(name: str) -> str:
    """A name without the mark of UTF-8 was taken for code page 437: macOS writes UTF-8 there, Chinese Windows GBK."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _too_long(name: str) -> Problem:
    short = posixpath.basename(name)[:20]
    return Problem(code="MEMBER_NAME_TOO_LONG", message=f"文件“{short}…”的名称过长，没有读取", place=None)
