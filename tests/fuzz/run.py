"""`make fuzz`: every target for some seconds, from its seeds; prints executions and coverage, keeps what was found.

An input that raises anything but a promised refusal, takes more than five seconds or 500 MB is written to
`.fuzz/found/<target>/`; it belongs into `tests/fuzz/found.py`, so that it never comes back.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import TARGETS, Target

FOLDER = Path(".fuzz")
SECONDS_EACH, MEGABYTES = 5, 500
_STATS = re.compile(r"#(\d+)\s.*?cov: (\d+) ft: (\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one target: executions, edges and features reached from the seeds and at the end, findings."""

    name: str
    executions: int
    seeded: int
    edges: int
    found: tuple[str, ...]


def run_target(target: Target, seconds: int) -> Row:
    """Fuzz it; inputs that led somewhere new stay for the next time."""
    corpus, found = FOLDER / "corpus" / target.name, FOLDER / "found" / target.name
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    command = [sys.executable, "-m", "tests.fuzz.one", target.name, str(corpus), f"-max_total_time={seconds}"]
    command += [f"-timeout={SECONDS_EACH}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={target.most}"]
    command += [f"-artifact_prefix={found}/", "-print_final_stats=1"]
    answer = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    log = answer.stderr + answer.stdout
    (FOLDER / f"{target.name}.log").write_text(log, encoding="utf-8")
    return _log_to_row(target.name, log, answer.returncode, found)


def _log_to_row(name: str, log: str, code: int, folder: Path) -> Row:
    stats = [tuple(int(number) for number in match.groups()) for match in _STATS.finditer(log)]
    begun = next((edges for count, edges, _ in stats if f"#{count}\tINITED" in log), 0)
    kept = tuple(sorted(path.name for path in folder.iterdir()))
    found = kept if code else ()
    return Row(
        name, stats[-1][0] if stats else 0, begun, stats[-1][1] if stats else 0, found or (("?",) if code else ())
    )


def main() -> int:
    """Run what was asked for; exit code 1 if anything was found."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("targets", nargs="*", help="all, unless some are named")
    asked.add_argument("--seconds", type=int, default=600, help="of each target")
    given = asked.parse_args()
    chosen = [target for target in TARGETS if not given.targets or target.name in given.targets]
    rows = []
    for target in chosen:
        row = run_target(target, given.seconds)
        words = f"found {', '.join(row.found)} (see {FOLDER}/{row.name}.log)" if row.found else "nothing found"
        print(  # noqa: T201 - its answer
            f"{row.name:13} {row.executions:9} runs, {row.edges} edges ({row.seeded} from the seeds): {words}",
            flush=True,
        )
        rows.append(row)
    return int(any(row.found for row in rows))


if __name__ == "__main__":
    sys.exit(main())
