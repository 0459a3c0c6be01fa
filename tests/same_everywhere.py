"""T13: the same made documents by one process and by eight, in another order, language, time zone and hash seed.

`python -m tests.same_everywhere --documents 500` prints JSON: how many documents and outcomes, and those that differ.
It ends with 1 if one does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import parsers
from parsers.model.errors import DocumentError
from workers.corpus.formats import FORMATS
from workers.corpus.write import seed_to_reports

ROOT = Path(__file__).parents[1]

PLACES = (
    {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"},
    {"LC_ALL": "zh_CN.GB18030", "TZ": "Asia/Shanghai"},
    {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/Los_Angeles"},
    {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "PYTHONUTF8": "0"},
)
"""Where a process may stand; a locale that is not installed is that of C to the C library. Else the seed is random."""

FAULTY = 0.3
MANY = 8


def number_to_hash(seed: int, number: int, data: bytes) -> str:
    """One hash over all files that are published of these bytes, or over why none are."""
    try:
        outcome = parsers.assess(data)
        order = parsers.outcome_to_order(outcome)
        files = parsers.outcome_to_files(outcome, parsers.render(data, order) if order else None)
    except DocumentError as error:
        files = {"code": error.code.encode()}
    whole = b"".join(name.encode() + b"\0" + hashlib.sha256(files[name]).digest() for name in sorted(files))
    return f"{seed}-{number}:{hashlib.sha256(whole).hexdigest()}"


def part(documents: int, seed: int, offset: int, step: int, order: int) -> list[str]:
    """Every `step`-th document from `offset` on, in an order of its own."""
    made = list(enumerate(seed_to_reports(documents, seed, FORMATS, FAULTY)))[offset::step]
    random.Random(order).shuffle(made)  # noqa: S311 - an order, no secret
    return [number_to_hash(seed, number, one.content) for number, one in made]


def elsewhere(documents: int, seed: int, processes: int) -> list[str]:
    """All documents, by so many processes at once, each in a place of its own."""
    begun = [_begin(documents, seed, number, processes) for number in range(processes)]
    answers = [process.communicate()[0] for process in begun]
    if any(process.returncode for process in begun):
        raise RuntimeError("a process did not end well")
    return sorted(found for answer in answers for found in json.loads(answer))


def _begin(documents: int, seed: int, number: int, processes: int) -> subprocess.Popen[bytes]:
    place = PLACES[(number + processes) % len(PLACES)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random", **place}
    asked = [str(value) for value in (documents, seed, number, processes, number + processes)]
    command = [sys.executable, "-m", "tests.same_everywhere", "--part", *asked]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT)


def differing(documents: int, seed: int) -> tuple[int, list[str]]:
    """How many outcomes there were in all, and those that are not what one process makes of the document."""
    runs = [elsewhere(documents, seed, processes) for processes in (1, MANY, 1, MANY)]
    return sum(len(run) for run in runs), sorted({found for run in runs for found in set(run) ^ set(runs[0])})


def main() -> int:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--part", type=int, nargs=5)
    given = asked.parse_args()
    if given.part:
        print(json.dumps(part(*given.part)))  # noqa: T201 - the answer
        return 0
    outcomes, found = differing(given.documents, given.seed)
    print(json.dumps({"documents": given.documents, "outcomes": outcomes, "differing": found}))  # noqa: T201 - the same
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
