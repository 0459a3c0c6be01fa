"""Foreign files through the whole chain: `python -m tests.hostile.run FOLDER` (`make hostile HOSTILE=FOLDER`).

Every file below the folder (in an order without meaning), also those that are no report: read, classified, checked,
read a second time and drawn, each in the real sandbox with the real limits. Prints how they ended, the slowest and the
largest, and what must never happen: a dead process, a file beyond its limit, a bug of ours. Exit code 1 if it did.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.finding import Severity
from parsers.model.source import READ_TWICE
from parsers.notices.drawn import DRAWN_KINDS, Drawn, Mark, Order
from parsers.readers.sniff import bytes_to_kind
from tasks.errors import ConfigurationError, TransientError
from tasks.sandbox import Sandbox
from tasks.sandbox_limits import Limits

LATE = 5.0
"""Seconds beyond its limit that a file may take (issue 5, judged point 3)."""

SHOWN = 8
"""Rows of the slowest and the largest."""

ORDER = Order(
    marks=(Mark(number=1, page=1, box=(90.0, 90.0, 200.0, 120.0), severity=Severity.ERROR, words="一"),), pictured=(1,)
)
"""What is drawn of every file: one cell of its first page."""

BUGS = ("READER_BUG", "BAD_CHILD", "CLASSIFY_BUG", "VALIDATE_BUG", "WARM_PARENT_DIED")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a file: its name, how it ended, wall seconds and the limit that it had."""

    name: str
    end: str
    seconds: float
    limit: float


@dataclass(frozen=True, slots=True)
class Row:
    """One file: its steps, how much larger our own process became (bytes), whether a warm parent died."""

    file: str
    steps: tuple[Step, ...]
    growth: int
    restarts: int

    @property
    def seconds(self) -> float:
        """The longest step."""
        return max(step.seconds for step in self.steps)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What must not happen, in words."""
        late = [f"{s.name}: {s.seconds:.0f} s, limit {s.limit:.0f} s" for s in self.steps if s.seconds > s.limit + LATE]
        bugs = [f"{step.name}: {step.end}" for step in self.steps if step.end.split(" ", 1)[0] in BUGS]
        return (*late, *bugs, *(["a warm parent died"] if self.restarts else []))


class _Run:
    """One file on its way."""

    def __init__(self, sandbox: Sandbox, data: bytes) -> None:
        self.sandbox, self.data = sandbox, data
        self.steps: list[Step] = []

    def step(self, name: str, limit: float, act: Callable[[], object]) -> object:
        """Do it, and note how it ended: "done" or the code."""
        started = time.monotonic()
        value, end = None, "done"
        try:
            value = act()
        except DocumentError as error:
            end = error.code
        except ConfigurationError:
            end = "CONVERTER_MISSING"
        except TransientError:
            end = "WARM_PARENT_DIED"
        except Exception as error:  # noqa: BLE001 - what is looked for: a bug of ours, outside the child
            end = f"{name.upper()}_BUG {error!r}"[:200]
        self.steps.append(Step(name, end, time.monotonic() - started, limit))
        return value

    def all(self) -> tuple[Step, ...]:
        """Every step that the kind of the file allows, whatever came of the one before."""
        sandbox = self.sandbox
        limit = sandbox.limits.wall
        document = self.step("read", limit + sandbox.recognition.wall, lambda: sandbox.read(self.data))
        if isinstance(document, Document):
            self._judged(document)
        kind = bytes_to_kind(self.data)
        if kind in READ_TWICE:
            second = self.step("reread", limit, lambda: sandbox.reread(self.data))
            if isinstance(second, Document):
                self._judged(second)
        if kind in DRAWN_KINDS:
            drawn = self.step("render", sandbox.drawing.wall, lambda: sandbox.render(self.data, ORDER))
            if isinstance(drawn, Drawn) and drawn.remarks:
                self.steps.append(Step("drawn", drawn.remarks[0], 0.0, 1.0))
        return tuple(self.steps)

    def _judged(self, document: Document) -> None:
        """In our own process, as in production: it has no limit but the document's size."""
        limit = self.sandbox.limits.wall
        report = self.step("classify", limit, lambda: parsers.classify(document))
        if report is not None:
            self.step("validate", limit, lambda: parsers.outcome_to_files(parsers.check(report)))  # type: ignore[arg-type]


_SANDBOX: list[Sandbox] = []
"""One of each process of the pool."""


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _begin(limits: Limits) -> None:
    logging.disable(logging.CRITICAL)
    _SANDBOX.append(Sandbox(limits=limits))
    _SANDBOX[0].read("一、总体情况\n".encode())


def run_file(path: str) -> Row:
    """One file, in a process of the pool."""
    sandbox = _SANDBOX[0]
    data = Path(path).read_bytes()
    before, parent = _resident(), sandbox._process
    steps = _Run(sandbox, data).all()
    return Row(path, steps, _resident() - before, int(sandbox._process is not parent))


def run_all(paths: list[str], jobs: int, limits: Limits) -> Iterator[Row]:
    """Every file, in order."""
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(limits,)) as pool:
        for number, row in enumerate(pool.map(run_file, paths), 1):
            for wrong in row.wrong:
                print(f"! {row.file}: {wrong}", file=sys.stderr, flush=True)  # noqa: T201 - not only at the end
            if number % 100 == 0:
                print(f"… {number} of {len(paths)}", file=sys.stderr, flush=True)  # noqa: T201 - a long run shows that it goes on
            yield row


def rows_to_lines(rows: list[Row]) -> list[str]:
    """What is printed: counts, the slowest, the largest, what went wrong."""
    lines = [f"files: {len(rows)}"]
    names = tuple(dict.fromkeys(step.name for row in rows for step in row.steps))
    for name in names:
        ends = Counter(step.end for row in rows for step in row.steps if step.name == name)
        lines.append(f"{name}: " + ", ".join(f"{end} {count}" for end, count in ends.most_common()))
    slowest = sorted(rows, key=lambda row: row.seconds, reverse=True)[:SHOWN]
    largest = sorted(rows, key=lambda row: row.growth, reverse=True)[:SHOWN]
    lines += ["slowest:"] + [f"  {row.seconds:6.1f} s  {row.file}  {_ends(row)}" for row in slowest]
    lines += ["most memory of our own process:"] + [f"  {row.growth >> 20:5} MB  {row.file}" for row in largest]
    wrong = [f"  {row.file}: {'; '.join(row.wrong)}" for row in rows if row.wrong]
    return [*lines, f"violations: {len(wrong)}", *wrong]


def _ends(row: Row) -> str:
    return " ".join(f"{step.name}={step.end}" for step in row.steps)


def main() -> int:
    """Run, print, and say by the exit code whether all went as it must."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--every", type=int, default=1, help="only every n-th file")
    asked.add_argument("--cpu", type=int, default=Limits().cpu, help="seconds of computing that a child may use")
    given = asked.parse_args()
    found = sorted(str(path) for path in given.folder.rglob("*") if path.is_file())
    paths = sorted(found, key=lambda path: hashlib.sha256(path.encode()).digest())[:: given.every]
    if not paths:
        print(f"no file below {given.folder}")  # noqa: T201 - its answer
        return 1
    rows = list(run_all(paths, given.jobs, Limits(cpu=given.cpu)))
    print("\n".join(rows_to_lines(rows)))  # noqa: T201 - its answer
    return int(any(row.wrong for row in rows))


if __name__ == "__main__":
    sys.exit(main())
