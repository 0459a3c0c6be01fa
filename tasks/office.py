"""Conversion of DOC, WPS, RTF and ODT, in a child of its own: no network, no files, two minutes (reliability.md S7).

LibreOffice gives DOCX. Where only antiword is installed, .doc gives text. Nothing runs but behind namespaces
(tasks/enclosure.py), where the scratch ends with the document.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from parsers.model.value import Value
from tasks.antiword import docbook_to_text, text_to_cell_ends
from tasks.office_programs import antiword, soffice
from tasks.sandbox_limits import die_with_parent
from tasks.view import SCRATCH

SECONDS = 120.0
"""Within the child's wall limit, so that the child can still say what happened."""

_ENVIRONMENT = {
    "HOME": str(SCRATCH),
    "TMPDIR": str(SCRATCH),
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "SAL_USE_VCLPLUGIN": "svp",
}
_ARGUMENTS = (
    f"-env:UserInstallation=file://{SCRATCH}/profile",
    *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
    *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(SCRATCH / "out")),
)
_OURS = (("Common/Security/Scripting", "MacroSecurityLevel", 3), ("Writer/Content/Update", "Link", 0))
_OURS_TRUE = ("DisableMacrosExecution", "BlockUntrustedRefererLinks")
_SCHEMA = "http://openoffice.org/2001/registry"
_DROPPED = ("word/media/", "word/embeddings/")
"""Pictures and objects inside the DOCX: no reader looks into them, and they may be large."""


class Converted(Value):
    """What a converter made: DOCX or text."""

    data: bytes


def convert(kind: Kind, data: bytes) -> Converted:
    """These bytes of this kind as DOCX or text. Raises DocumentError; call it in a child behind namespaces."""
    office, small = soffice(), antiword()
    if office is not None:
        return Converted(data=_with_libreoffice(office, _to_scratch(kind, data)))
    if small is not None:
        expected = _count_cell_ends(data)
        text = _with_antiword(small, _to_scratch(kind, data))
        _require_every_cell(text, expected)
        return Converted(data=text.encode())
    raise _failed()


def refuse(kind: Kind, data: bytes) -> Converted:  # noqa: ARG001 - called in place of the other
    """The same where there are no namespaces: nothing is converted."""
    raise DocumentError(
        "OFFICE_NOT_ISOLATED",
        "DOC、WPS、RTF 和 ODT 文档只在断网的隔离环境中转换，而本机不允许建立这样的环境，因此没有转换。",
        "请管理员允许本程序使用 Linux 用户命名空间（user namespaces）后重试，或另存为 DOCX、PDF 后上传。",
    )


def _to_scratch(kind: Kind, data: bytes) -> Path:
    """The document, written where the program will look for it."""
    source = SCRATCH / f"report.{kind.value}"
    source.write_bytes(data)
    return source


def _with_libreoffice(program: Path, source: Path) -> bytes:
    profile = SCRATCH / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    _run([str(program), *_ARGUMENTS, str(source)], subprocess.DEVNULL)
    result = SCRATCH / "out" / f"{source.stem}.docx"
    if not result.is_file():
        raise _failed()
    return _without_pictures(result.read_bytes())


def _with_antiword(program: Path, source: Path) -> str:
    result = SCRATCH / "report.xml"
    with result.open("wb") as output:
        _run([str(program), "-x", "db", str(source)], output.fileno())
    return docbook_to_text(result.read_text(encoding="utf-8", errors="replace"))


def _count_cell_ends(data: bytes) -> int:
    from parsers.readers.office import count_cell_ends

    return count_cell_ends(data)


def _require_every_cell(text: str, expected: int) -> None:
    """Antiword drops rows of tables with merged cells without a word; a table half read would accuse the agency."""
    if not text.strip():
        raise _failed()
    if text_to_cell_ends(text) < expected:
        raise DocumentError(
            "OFFICE_INCOMPLETE",
            "本机没有安装 LibreOffice，而 antiword 读不全这个文件里的表格，因此没有采用。",
            "请管理员安装 LibreOffice Writer（Debian、Ubuntu：apt install libreoffice-writer-nogui）后重试，"
            "或另存为 DOCX、PDF 后上传。",
        )


def _run(command: list[str], output: int) -> None:
    """Run it to its end; it is the first of its process namespace, so nothing it started outlives it."""
    try:
        subprocess.run(  # noqa: S603 - a fixed command line, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd=SCRATCH,
            timeout=SECONDS,
            check=False,
            preexec_fn=die_with_parent,
        )
    except subprocess.TimeoutExpired:
        raise DocumentError(
            "LIMIT_TIME",
            f"把这个文件转换成 DOCX 超过了时限（{SECONDS:.0f} 秒）。",
            "请用 Word 或 WPS 打开后另存为 DOCX 再上传。",
        ) from None


def _settings() -> str:
    """Macros never run, links are never followed."""
    values = [(path, name, str(value)) for path, name, value in _OURS]
    values += [(_OURS[0][0], name, "true") for name in _OURS_TRUE]
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in values
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{_SCHEMA}">{items}</oor:items>'


def _without_pictures(docx: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as whole, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as lean:
        for info in whole.infolist():
            if not info.filename.startswith(_DROPPED):
                lean.writestr(info, whole.read(info))
    return buffer.getvalue()


def _failed() -> DocumentError:
    return DocumentError(
        "OFFICE_FAILED",
        "这个文件不能转换成 DOCX，可能已损坏。",
        "请用 Word 或 WPS 打开后另存为 DOCX，再重新上传。",
    )
