"""What, beside the bytes, decides a result: the code and data of the core, and the versions of what it calls.

The digests are over the text of our own files, so an edit changes them and nothing else does.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_READER_PARTS = ("model", "readers")
_READER_LIBRARIES = ("lxml", "olefile", "pdfminer.six", "pdfplumber", "pypdfium2", "selectolax", "xlrd")
_EXTRA_LIBRARIES = ("onnxruntime", "opencv-python-headless", "pillow", "rapidocr")
"""Of the extra `ocr`: with them a scan is another document than without."""

_JUDGE_PARTS = (
    "model",
    "agencies",
    "causes",
    "claims",
    "editions",
    "notices",
    "readings",
    "rules",
    "sections",
    "tables",
    "text",
)


@cache
def reader_digest() -> str:
    """Everything that makes document.json: sixteen hex digits."""
    return _digest(_READER_PARTS, tuple(f"{name} {_version(name)}" for name in (*_READER_LIBRARIES, *_EXTRA_LIBRARIES)))


@cache
def judging_code_digest() -> str:
    """Our part of the judge digest (parsers/model/judge.py adds what the operator gives): sixteen hex digits."""
    return _digest(_JUDGE_PARTS, ())


def _digest(parts: tuple[str, ...], words: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        for name, data in _texts(files("parsers") / part, part):
            digest.update(f"{name} {len(data)}\n".encode() + data)
    digest.update("\n".join(words).encode())
    return digest.hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _texts(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    """Our files below a folder, by name, in the order of the names."""
    found: list[tuple[str, bytes]] = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir() and item.name != "__pycache__":
            found += _texts(item, f"{path}/{item.name}")
        elif item.name.endswith((".py", ".toml", ".html")):
            found.append((f"{path}/{item.name}", item.read_bytes()))
    return found
