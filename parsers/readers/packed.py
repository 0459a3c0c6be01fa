"""ZIP containers (DOCX, OFD, ODT), opened with distrust: limits are counted while inflating, nothing meets a disk.

Limits and refusals are those of reliability.md S9.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from itertools import pairwise

from parsers.model.errors import DocumentError

MOST_MEMBERS = 2_000
MOST_MEMBER_BYTES = 100_000_000
MOST_BYTES = 300_000_000
MOST_RATIO = 200
RATIO_FROM = 1_000_000
"""Below so many inflated bytes a high ratio is only a short, dull member."""

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile raises for a container that is damaged or packed in an unknown way; found by damaging thousands."""

CHUNK = 1 << 20
ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Flags of a member, of a strongly encrypted one, and of a directory whose fields are masked (APPNOTE 4.4.4)."""

LOCAL_HEADER = 30
"""Bytes before a member's name, at least, where its own bytes lie."""

_ENTRY_MARK = b"PK\x01\x02"
_MOST_MARKS = 100 * MOST_MEMBERS
"""Entries of directories in a file, those of files inside it counted; zipfile makes an object of each before one can
say no."""


class Packed:
    """The members of one ZIP by name; each is inflated when asked for, and all together within the limits."""

    def __init__(self, data: bytes) -> None:
        require_few_members(data)
        self._archive = _open(data)
        self._inflated = 0
        infos = self._archive.infolist()
        _require_plain(infos)
        _require_apart(infos, self._archive.start_dir)
        self._infos = {info.filename: info for info in infos if not info.filename.endswith("/")}
        self.names = tuple(self._infos)
        """The names of the members, in the order of the container's directory."""

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """This member's bytes. Raises KeyError when there is none, DocumentError when it is damaged or too large."""
        info = self._infos[name]
        parts: list[bytes] = []
        size = 0
        try:
            with self._archive.open(info) as stream:
                while part := stream.read(CHUNK):
                    size += len(part)
                    self._inflated += len(part)
                    self._require_within_limits(info, size)
                    parts.append(part)
        except DAMAGE:
            raise _broken() from None
        return b"".join(parts)

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a member that nobody reads otherwise: nothing where it is damaged. Raises KeyError."""
        try:
            with self._archive.open(self._infos[name]) as stream:
                return stream.read(size)
        except DAMAGE:
            return b""

    def _require_within_limits(self, info: zipfile.ZipInfo, size: int) -> None:
        ratio = size / max(info.compress_size, 1)
        too_dense = size > RATIO_FROM and ratio > MOST_RATIO
        if size > MOST_MEMBER_BYTES or self._inflated > MOST_BYTES or too_dense:
            raise DocumentError(
                "ZIP_LIMIT",
                "文件解压后过大，超过了上限。",
                "请只上传报告本身，图片请压缩后再插入。",
            )


def require_few_members(data: bytes) -> None:
    """Raise DocumentError for so many members that even listing them would cost too much."""
    count = data.count(_ENTRY_MARK)
    if count > _MOST_MARKS:
        raise _too_many(count)


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE:
        raise _broken() from None


def _require_plain(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse what no office program writes: too many, encrypted, doubled or climbing names."""
    if len(infos) > MOST_MEMBERS:
        raise _too_many(len(infos))
    if any(info.flag_bits & ENCRYPTED for info in infos):
        raise DocumentError("ENCRYPTED", "文件已加密，没有口令无法打开。", "请上传未加密的文件。")
    names = [info.filename for info in infos]
    # zipfile ends a name at a zero byte; as it was written it is another one
    written = [info.orig_filename for info in infos]
    if len(set(names)) < len(names) or any(_climbs(name) for name in written) or any(map(_is_link, infos)):
        raise DocumentError("ZIP_UNSAFE", "文件内部的成员名称重复或不合规范。", "请用原来的软件重新保存后上传。")


def _require_apart(infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Refuse members that share bytes, as newer zipfiles do: by them a small file becomes as large as one likes."""
    spans = sorted((i.header_offset, i.header_offset + LOCAL_HEADER + i.compress_size) for i in infos)
    starts = [*(start for start, _ in spans), directory]
    if any(end > start for (_, end), (_, start) in zip(spans, pairwise(starts), strict=True)):
        raise DocumentError("ZIP_UNSAFE", "文件内部的成员相互重叠。", "请用原来的软件重新保存后上传。")


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _climbs(name: str) -> bool:
    """No name, an absolute one, one that leaves its folder, or one with a zero byte."""
    parts = name.replace("\\", "/").split("/")
    return not name or name.startswith(("/", "\\")) or ".." in parts or "\x00" in name or ":" in parts[0]


def _too_many(count: int) -> DocumentError:
    reason = f"文件内含 {count} 个成员，超过 {MOST_MEMBERS} 个的上限。"
    return DocumentError("ZIP_LIMIT", reason, "请拆分后重新上传。")


def _broken() -> DocumentError:
    return DocumentError(
        "ZIP_BROKEN", "文件已损坏，无法读取其中的内容。", "请重新保存后上传，或换一个能正常打开的文件。"
    )
