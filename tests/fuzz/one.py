"""One target in a process of its own, which libFuzzer never gives back: `python -m tests.fuzz.one TARGET [options]`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["parsers", "tasks", "workers"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer's own limits say stop; its exit code is 0 unless something was found."""
    target = next(found for found in TARGETS if found.name == sys.argv[1])

    def test_one(data: bytes) -> None:
        target.run(data)

    atheris.Setup([sys.argv[0], *sys.argv[2:]], test_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
