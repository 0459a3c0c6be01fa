"""Our own look at an office file before an office program sees it: locked and damaged ones are refused here.

MS-CFB for the container, MS-DOC 2.5.2 for the first bytes of a Word document.
"""

from __future__ import annotations

import io

import olefile

from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from parsers.readers.packed import Packed

_WORD = "WordDocument"
_LOCKED_PACKAGE = "EncryptedPackage"
"""A DOCX or XLSX with a password is an OLE file with this stream (MS-OFFCRYPTO 2.3.4)."""

_HEAD = 32
_FLAGS_AT = 10
_IS_ENCRYPTED = 0x0100
_TEXT_FROM, _TEXT_TO = 0x18, 0x1C
"""fcMin and fcMac (MS-DOC 2.5.4)."""

_WORD_MARK = b"\xec\xa5"

_MANIFEST = "META-INF/manifest.xml"
_ODF_LOCK = b"encryption-data"
"""ODF 1.3 part 2, 4.8: only a file with a password has it."""


def require_convertible(data: bytes, kind: Kind) -> None:
    """Raise DocumentError for a file of this kind (DOC, OLE, ODT, RTF) that has a password or is damaged."""
    if kind in {Kind.DOC, Kind.OLE}:
        _require_open_ole(data, kind)
    elif kind is Kind.ODT:
        _require_open_odt(data)


def _require_open_ole(data: bytes, kind: Kind) -> None:
    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as ole:
            is_locked = ole.exists(_LOCKED_PACKAGE)
            head = ole.openstream(_WORD).read(_HEAD) if ole.exists(_WORD) else b""
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - only the library runs inside; it raises many types for a damaged file
        raise _broken() from None
    if is_locked or int.from_bytes(head[_FLAGS_AT : _FLAGS_AT + 2], "little") & _IS_ENCRYPTED:
        raise _encrypted()
    if kind is Kind.DOC and not head.startswith(_WORD_MARK):
        raise _broken()


def count_cell_ends(data: bytes) -> int:
    """How many cells and rows the text of a .doc ends (U+0007, MS-DOC 2.4.3): what a lossy converter must match.

    The text stands between two offsets of the head when Word saved it in one piece; else the count is of that piece.
    """
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        stream: bytes = ole.openstream(_WORD).read()
    first, end = (int.from_bytes(stream[at : at + 4], "little") for at in (_TEXT_FROM, _TEXT_TO))
    text = stream[first:end]
    wide = sum(text[at : at + 2] == b"\x07\x00" for at in range(0, len(text), 2))
    return wide or text.count(b"\x07")


def _require_open_odt(data: bytes) -> None:
    packed = Packed(data)
    if _MANIFEST in packed and _ODF_LOCK in packed.read(_MANIFEST):
        raise _encrypted()


def _encrypted() -> DocumentError:
    return DocumentError("ENCRYPTED", "文档设有口令，没有口令无法打开。", "请去除口令后重新上传。")


def _broken() -> DocumentError:
    return DocumentError("DOC_BROKEN", "Word 文档已损坏，无法读取。", "请用 Word 或 WPS 打开后另存，再重新上传。")
