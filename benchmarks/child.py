"""One way over the whole corpus in a process of its own: milliseconds of each document, cells right, peak memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

import parsers
from benchmarks.scoring import document_to_right, file_to_gold, needs_second_reader
from benchmarks.ways import Way, way_named
from parsers.model.errors import DocumentError
from tasks.sandbox import Sandbox

ISOLATION = "isolation"
"""Not a way of reading: what the sandbox adds to ours."""


class Measured(msgspec.Struct, frozen=True):
    """Of one process: milliseconds by document; cells and second by document where asked for; peak memory in MB."""

    milliseconds: dict[str, float] = {}
    right: dict[str, tuple[int, int]] = {}
    second: dict[str, bool] = {}
    peak: float = 0.0
    refused: str = ""


def measure(way: Way, files: Sequence[Path], *, score: bool) -> Measured:
    """Every file once, after one that warms up; scoring comes after the clock has stopped."""
    contents = [file.read_bytes() for file in files]
    try:
        way.read(contents[0])
    except DocumentError as error:
        return Measured(refused=error.reason)
    taken: dict[str, float] = {}
    for file, data in zip(files, contents, strict=True):
        start = time.perf_counter()
        way.read(data)
        taken[file.stem] = (time.perf_counter() - start) * 1000
    peak = peak_memory()
    right = {file.stem: _right(way, file) for file in files} if score and way.to_document else {}
    second = {file.stem: needs_second_reader(way.read(file.read_bytes())) for file in files if score and way.is_ours}
    return Measured(milliseconds=taken, right=right, second=second, peak=peak)


def _right(way: Way, file: Path) -> tuple[int, int]:
    gold = file_to_gold(file)
    if way.to_document is None:
        return 0, len(gold)
    return document_to_right(way.to_document(way.read(file.read_bytes())), gold), len(gold)


def measure_isolation(files: Sequence[Path]) -> Measured:
    """Milliseconds of each document through the sandbox, less those of the same reading in this process."""
    sandbox = Sandbox()
    try:
        sandbox.read(files[0].read_bytes())
        parsers.read(files[0].read_bytes())
        taken = {file.stem: _added(sandbox, file.read_bytes()) for file in files}
    finally:
        sandbox.close()
    return Measured(milliseconds=taken, peak=peak_memory())


def _added(sandbox: Sandbox, data: bytes) -> float:
    start = time.perf_counter()
    parsers.read(data)
    middle = time.perf_counter()
    sandbox.read(data)
    return (time.perf_counter() - middle - (middle - start)) * 1000


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
