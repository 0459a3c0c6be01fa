"""One way over the whole corpus in a process of its own: milliseconds of each document, cells right, peak memory."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import msgspec

import parsers
from benchmarks.scoring import document_to_right, file_to_gold, needs_second_reader
from benchmarks.ways import Way, way_named
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from tasks.sandbox import Sandbox

ISOLATION = "isolation"
"""Not a way of reading: what the sandbox adds to ours."""


NO_READER = "KIND_UNSUPPORTED"
"""The code of a document whose kind nothing reads."""


WARMING = 4
"""Documents read before the clock starts, one of each form: a worker reads thousands in one process."""

ISOLATION_PASSES = 4
"""Of the times by the clock the least is taken: another process on the machine only ever adds."""

PASSES = {"pdf": 1, "docx": 5, "html": 5}
"""How often the corpus is read, and each document's median taken: a millisecond is at the mercy of interruptions.

The whole corpus each time: a document read twice in a row might be remembered.
"""


class Measured(msgspec.Struct, frozen=True):
    """Of one process: milliseconds by document; cells and second by document where asked for; peak memory in MB."""

    milliseconds: dict[str, float] = {}
    right: dict[str, tuple[int, int]] = {}
    second: dict[str, bool] = {}
    peak: float = 0.0
    refused: str = ""


def measure(way: Way, files: Sequence[Path], *, score: bool) -> Measured:
    """Every file, after those that warm up; scoring comes after the clock has stopped."""
    contents = [file.read_bytes() for file in files]
    if refused := _refusal(way, contents[0]):
        return Measured(refused=refused)
    for data in contents[:WARMING]:
        _milliseconds(way, data)
    passes = [[_milliseconds(way, data) for data in contents] for _ in range(PASSES[way.form])]
    taken = {file.stem: median(times) for file, *times in zip(files, *passes, strict=True)}
    peak = peak_memory()
    if not (score and way.to_document):
        return Measured(milliseconds=taken, peak=peak)
    documents = [_document(way, data) for data in contents]
    right = {file.stem: _right(document, file) for file, document in zip(files, documents, strict=True)}
    second = {file.stem: _asks(document) for file, document in zip(files, documents, strict=True) if way.is_ours}
    return Measured(milliseconds=taken, right=right, second=second, peak=peak)


def _refusal(way: Way, data: bytes) -> str:
    """Why there is no reader for this kind."""
    try:
        way.read(data)
    except DocumentError as error:
        return error.reason if error.code == NO_READER else ""
    return ""


def _milliseconds(way: Way, data: bytes) -> float:
    """Of this process's CPU: what others do on the machine is not ours. What cannot be read takes its time as well."""
    start = time.process_time()
    with contextlib.suppress(DocumentError):
        way.read(data)
    return (time.process_time() - start) * 1000


def _document(way: Way, data: bytes) -> Document | None:
    try:
        return way.to_document(way.read(data)) if way.to_document else None
    except DocumentError:
        return None


def _right(document: Document | None, file: Path) -> tuple[int, int]:
    gold = file_to_gold(file)
    return document_to_right(document, gold) if document else 0, len(gold)


def _asks(document: Document | None) -> bool:
    return document is None or needs_second_reader(document)


def measure_isolation(files: Sequence[Path]) -> Measured:
    """Milliseconds through the sandbox less those of the same reading here, of every fourth document.

    These are times by the clock, since the work is in another process: the fastest of some passes on each side.
    """
    sandbox = Sandbox()
    try:
        taken = {file.stem: _added(sandbox, file.read_bytes()) for file in files[::WARMING]}
    finally:
        sandbox.close()
    return Measured(milliseconds=taken, peak=peak_memory())


def _added(sandbox: Sandbox, data: bytes) -> float:
    here = min(_by_the_clock(parsers.read, data) for _ in range(ISOLATION_PASSES))
    there = min(_by_the_clock(sandbox.read, data) for _ in range(ISOLATION_PASSES))
    return there - here


def _by_the_clock(read: Callable[[bytes], object], data: bytes) -> float:
    start = time.perf_counter()
    read(data)
    return (time.perf_counter() - start) * 1000


def peak_memory() -> float:
    """Megabytes this process has held at most; 0 where the kernel does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main(arguments: list[str]) -> int:
    """`python -m benchmarks.child WAY FOLDER [score]`: one line of JSON."""
    name, folder, *rest = arguments
    form = "pdf" if name == ISOLATION else way_named(name).form
    files = sorted((Path(folder) / form).glob(f"*.{form}"))
    measured = measure_isolation(files) if name == ISOLATION else measure(way_named(name), files, score="score" in rest)
    sys.stdout.buffer.write(msgspec.json.encode(measured) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
