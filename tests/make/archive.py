"""Files packed into a ZIP, as Windows, macOS and Linux pack them; the same bytes every time."""

from __future__ import annotations

import io
import zipfile


class _Named(zipfile.ZipInfo):
    """A member whose name is written in an encoding of its own, without the mark of UTF-8."""

    raw: bytes = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own hook
        return self.raw, self.flag_bits


def to_zip(files: dict[str, bytes], encoding: str | None = None) -> bytes:
    """A ZIP of these files by name; `encoding`: of the names, where the ZIP does not say it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            if encoding is not None:
                info = _Named(name)
                info.raw = name.encode(encoding)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
