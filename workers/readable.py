"""What `gouji up` prints: one line an event, for people or (`--log json`) for machines; and the table of addresses."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from rich.cells import cell_len

LABEL_CELLS = 6
_LEVELS = {"warning": "警告 ", "error": "错误 "}


def _write(line: str) -> None:
    # a reader who left (a closed pipe) must not stop the work
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        return


@dataclass(slots=True)
class Output:
    """The one log. Lines of several threads never mix."""

    json: bool
    clock: Callable[[], datetime] = field(default=lambda: datetime.now().astimezone())
    write: Callable[[str], object] = _write
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, sentence: str, level: str = "info") -> None:
        """A line of `gouji up` itself."""
        self._line("up", "总控", sentence, level)

    def child_line(self, word: str, label: str, line: str) -> None:
        """A line of a child: JSON passes as it is, a bare line is given its name and time."""
        if self.json and _is_json_object(line):
            self._print(line)
        elif line.strip():
            self._line(word, label, line, "info")

    def plain(self, text: str) -> None:
        """Text for people only (the table of addresses); machines do not get it."""
        if not self.json:
            self._print(text)

    def _line(self, word: str, label: str, sentence: str, level: str) -> None:
        now = self.clock()
        if self.json:
            found = {"event": sentence, "level": level, "process": word, "timestamp": now.isoformat()}
            self._print(json.dumps(found, ensure_ascii=False))
        else:
            self._print(f"{now:%H:%M:%S}  {padded(label, LABEL_CELLS)}{_LEVELS.get(level, '')}{sentence}")

    def _print(self, line: str) -> None:
        with self._lock:
            self.write(line)


def padded(text: str, cells: int) -> str:
    """The text filled up to so many cells; a Chinese character takes two."""
    return text + " " * max(1, cells - cell_len(text))


def table(rows: tuple[tuple[str, str], ...]) -> str:
    """Two aligned columns."""
    width = max(cell_len(name) for name, _ in rows) + 2
    return "\n".join(f"  {padded(name, width)}{value}" for name, value in rows)


def _is_json_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
