"""Complete uv's bill of materials by what the system adds and what decides a result as well (S33).

    uv export --frozen --format cyclonedx1.5 … | python deploy/sbom.py > gouji.cdx.json

Added are the interpreter, the programs that read (LibreOffice, antiword), the embedded server, the models that
recognise scans, and the Chinese fonts: each with its version or hash, as it stands on this machine; what is not
there is not listed. The same machine and lock always give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
import sys
import sysconfig
import uuid
from pathlib import Path
from typing import Any

Component = dict[str, Any]

PROGRAMS = (("libreoffice", "soffice", ("--version",)), ("antiword", "antiword", ("-h",)))
"""Name, command, and how it tells its version."""

MODELS = "rapidocr/models"
MODEL_KINDS = {".onnx", ".txt", ".ttf"}
SECONDS = 60


def main() -> None:
    """Read one from standard input, write the completed one to standard output."""
    bill = json.load(sys.stdin)
    print(json.dumps(completed(bill, system_components()), ensure_ascii=False, indent=1, sort_keys=True))


def completed(bill: dict[str, Any], more: list[Component]) -> dict[str, Any]:
    """The bill with these components; its number is made of its content and its moment left out."""
    told = {name: value for name, value in bill["metadata"].items() if name != "timestamp"}
    whole = bill | {"metadata": told, "components": [*bill["components"], *more]}
    whole.pop("serialNumber", None)
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(whole, sort_keys=True))
    return whole | {"serialNumber": f"urn:uuid:{number}"}


def system_components() -> list[Component]:
    """What this machine adds, in a fixed order."""
    python = component("platform", "python", platform.python_version())
    return [python, *programs(), *models(Path(sysconfig.get_path("purelib"))), *fonts()]


def component(kind: str, name: str, version: str, *, sha256: str = "") -> Component:
    """One entry."""
    entry: Component = {"type": kind, "bom-ref": f"system-{name}@{version}", "name": name, "version": version}
    return entry | ({"hashes": [{"alg": "SHA-256", "content": sha256}]} if sha256 else {})


def programs() -> list[Component]:
    """The programs that are there; one that tells no version is known by the hash of its file."""
    found = [(name, shutil.which(command), words) for name, command, words in PROGRAMS]
    return [
        component("application", name, told_by(path, words), sha256=sha256_of(Path(path).resolve()))
        for name, path, words in found
        if path
    ]


def told_by(path: str, words: tuple[str, ...]) -> str:
    """The line in which a program tells its version, or "unknown"."""
    ended = subprocess.run([path, *words], capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - a program that the system's path names
    lines = [line.strip() for line in (ended.stdout + ended.stderr).splitlines() if any(map(str.isdigit, line))]
    return lines[0] if lines else "unknown"


def models(packages: Path) -> list[Component]:
    """The models of the extra `ocr`, which come inside a package."""
    files = sorted(path for path in (packages / MODELS).rglob("*") if path.suffix in MODEL_KINDS)
    return [component("machine-learning-model", path.name, "as packaged", sha256=sha256_of(path)) for path in files]


def fonts() -> list[Component]:
    """The font files for Chinese: they decide the line breaks of what LibreOffice lays out."""
    program = shutil.which("fc-list")
    if program is None:
        return []
    query = [program, ":lang=zh-cn", "--format", "%{file}\t%{fontversion}\n"]
    listed = subprocess.run(query, capture_output=True, text=True, timeout=SECONDS, check=True).stdout  # noqa: S603 - the same
    rows = dict(line.split("\t") for line in listed.splitlines())
    return [component("file", Path(f).name, v, sha256=sha256_of(Path(f))) for f, v in sorted(rows.items())]


def sha256_of(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
