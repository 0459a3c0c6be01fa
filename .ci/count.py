"""Count what ran: `count.py FOLDER MARKER…` reads the JUnit files and prints one line.

Fails when a marked test was skipped, or a marker had none.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

OUTCOMES = ("tests", "failures", "errors", "skipped")


def counts(path: Path) -> dict[str, int]:
    """How many tests of one run ended how."""
    suites = ET.parse(path).getroot().iter("testsuite")  # noqa: S314 - written by our own pytest a moment ago
    found = dict.fromkeys(OUTCOMES, 0)
    for suite in suites:
        for name in OUTCOMES:
            found[name] += int(suite.get(name, "0"))
    return found


def troubles(marker: str, found: dict[str, int]) -> list[str]:
    """What is wrong with a marked run."""
    wrong = [f"{marker}: {found[name]} {name}" for name in OUTCOMES[1:] if found[name]]
    return wrong or ([] if found["tests"] else [f"{marker}: no test ran"])


def main() -> None:
    """Print the line of counts."""
    folder, *markers = sys.argv[1:]
    runs = {name: counts(Path(folder) / f"{name}.xml") for name in ("plain", *markers)}
    print("; ".join(f"{name}: {run['tests']} run, {run['skipped']} skipped" for name, run in runs.items()))
    wrong = [trouble for marker in markers for trouble in troubles(marker, runs[marker])]
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
