"""Count what ran: `count.py PLAIN.xml MARKED.xml… MARKER…` reads the JUnit files and prints one line.

Fails when a marked test failed or was skipped, or when a marker had none.
"""

from __future__ import annotations

import sys
from collections import Counter
from xml.etree import ElementTree as ET

BAD = ("failure", "error", "skipped")


def tests_in(path: str) -> list[ET.Element]:
    """Every test of a run."""
    return list(ET.parse(path).getroot().iter("testcase"))  # noqa: S314 - written by our own pytest a moment ago


def outcome(test: ET.Element) -> str:
    """How it ended."""
    return next((name for name in BAD if test.find(name) is not None), "passed")


def markers_of(test: ET.Element) -> tuple[str, ...]:
    """Its markers, as tests/conftest.py wrote them down."""
    return tuple(p.get("value", "") for p in test.iter("property") if p.get("name") == "marker")


def told(name: str, counted: Counter[str]) -> str:
    """One part of the line."""
    return f"{name}: " + (", ".join(f"{counted[word]} {word}" for word in sorted(counted)) or "0 run")


def main() -> None:
    """Print the line of counts."""
    plain, *others = sys.argv[1:]
    markers = [word for word in others if not word.endswith(".xml")]
    tests = [test for word in others if word.endswith(".xml") for test in tests_in(word)]
    counts = {name: Counter(outcome(test) for test in tests if name in markers_of(test)) for name in markers}
    print(told("make test", Counter(outcome(test) for test in tests_in(plain))), end="; ")
    print("; ".join(told(name, counted) for name, counted in counts.items()))
    wrong = [name for name, counted in counts.items() if not counted["passed"] or set(counted) != {"passed"}]
    sys.exit(f"skipped, failed or without a test: {', '.join(wrong)}" if wrong else 0)


if __name__ == "__main__":
    main()
