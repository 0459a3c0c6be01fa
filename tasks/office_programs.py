"""The outside programs that turn old Word files, RTF and ODT into what our readers read, and their versions."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from parsers.model.errors import DocumentError
from parsers.model.source import Kind

_PATH = "/usr/local/bin:/usr/bin:/bin"
"""The sandbox has no environment, and so no PATH of its own."""

_SOFFICE, _ANTIWORD = "soffice", "antiword"
_ELSEWHERE = ("opt/libreoffice*/program/soffice", "usr/lib*/libreoffice/program/soffice")
"""Where LibreOffice stands when nothing in the path leads to it, seen from the root."""

_VERSION = re.compile(r"(\d+(?:\.\d+)+)")
_ASK_SECONDS = 30.0


def soffice() -> Path | None:
    """LibreOffice's program, links followed."""
    found = shutil.which(_SOFFICE, path=_PATH)
    places = [Path(found)] if found else [path for pattern in _ELSEWHERE for path in sorted(Path("/").glob(pattern))]
    return places[0].resolve() if places else None


def antiword() -> Path | None:
    """The small program that reads the text of .doc alone."""
    found = shutil.which(_ANTIWORD, path=_PATH)
    return Path(found).resolve() if found else None


def require_converter(kind: Kind) -> str:
    """The name and version of the program that converts this kind; they decide the result.

    Raises DocumentError where it is not installed.
    """
    name = converter(kind)
    if name is None:
        raise DocumentError(
            "OFFICE_MISSING",
            "这是 DOC、WPS、RTF 或 ODT 文档，需要 LibreOffice 转换后才能读取，而本机没有安装。",
            "请管理员安装 LibreOffice Writer（Debian、Ubuntu：apt install libreoffice-writer-nogui）后重试，"
            "或另存为 DOCX、PDF 后上传。",
        )
    return name


@cache
def converter(kind: Kind) -> str | None:
    """The same, or None."""
    office = soffice()
    if office is not None:
        return f"LibreOffice {_version(office, '--version')}"
    small = antiword() if kind is Kind.DOC else None
    return None if small is None else f"antiword {_version(small)}"


def _version(program: Path, *arguments: str) -> str:
    """What the program says about itself; asked once a process, without any document."""
    try:
        told = subprocess.run(  # noqa: S603 - a fixed command line, no shell
            [str(program), *arguments],
            capture_output=True,
            text=True,
            timeout=_ASK_SECONDS,
            check=False,
            env={"PATH": _PATH, "LANG": "C.UTF-8"},
            cwd="/",
        )
    except (OSError, subprocess.TimeoutExpired):
        return "?"
    found = _VERSION.search(told.stdout + told.stderr)
    return found[1] if found else "?"
