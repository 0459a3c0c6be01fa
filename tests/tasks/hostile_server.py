"""A sandbox server whose `read` does what the bytes say: the hostile documents of the sandbox's tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from parsers.model.document import Document, Line
from parsers.model.errors import DocumentError
from parsers.readers import bytes_to_document
from tasks import sandbox_server
from tasks.enclosure import Layer
from tests.tasks import hostile_looks

CHUNK = 8 * 1024 * 1024


def read(data: bytes) -> object:
    """What the first word says, with the rest; any other bytes are text."""
    word, _, rest = data.decode().partition(" ")
    if word in DEEDS:
        DEEDS[word](rest)
        return bytes_to_document(b"text")
    return ANSWERS[word](rest) if word in ANSWERS else bytes_to_document(data)


def spin(_: str) -> NoReturn:
    while True:
        pass


def ignore_signals(_: str) -> None:
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    time.sleep(60)


def refuse(_: str) -> NoReturn:
    raise DocumentError("ENCRYPTED", "文件已加密。", "请去除密码。")


def bug(rest: str) -> NoReturn:
    raise KeyError(rest)


def orphan(rest: str) -> None:
    subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({rest})"], start_new_session=True)


def fill(_: str) -> None:
    """More than a file may have, where files can be written at all."""
    with Path(tempfile.gettempdir(), "large").open("wb") as file:
        while True:
            file.write(bytes(CHUNK))


def many_files(_: str) -> None:
    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(100)]
    raise AssertionError(len(kept))


def many_forks(_: str) -> None:
    for _number in range(1000):
        if os.fork() == 0:
            time.sleep(60)


def flood_pipe(_: str) -> None:
    """Past the program that would count: as much as can be written into every descriptor."""
    for descriptor in range(3, 64):
        with suppress(OSError):
            while True:
                os.write(descriptor, bytes(CHUNK))


def half(_: str) -> NoReturn:
    """Half of an answer, as if the pipe had broken."""
    for descriptor in range(3, 16):
        with suppress(OSError):
            os.write(descriptor, b'{"tag":"value","peak":1}\n{"source":')
    os._exit(0)


def leave(rest: str) -> None:
    """A file for the next document to find."""
    Path(tempfile.gettempdir(), rest).write_text("left", encoding="utf-8")


def by_signal(rest: str) -> None:
    os.kill(os.getpid(), int(rest))


def kill_parent(_: str) -> None:
    os.kill(os.getppid(), signal.SIGKILL)


DEEDS: dict[str, Callable[[str], object]] = {
    "spin": spin,
    "sleep": lambda _: time.sleep(60),
    "ignore-signals": ignore_signals,
    "die": by_signal,
    "exit": lambda rest: os._exit(int(rest)),
    "refuse": refuse,
    "bug": bug,
    "orphan": orphan,
    "fill": fill,
    "many-files": many_files,
    "many-forks": many_forks,
    "flood-pipe": flood_pipe,
    "half": half,
    "leave": leave,
    "kill-parent": kill_parent,
}
ANSWERS: dict[str, Callable[[str], object]] = {
    "allocate": lambda _: [bytes(CHUNK) for _ in range(1000)],
    "allocate-and-hide": lambda _: _allocate_and_hide(),
    "rubbish": lambda rest: {"schema": rest},
    "many-keys": lambda _: {f"key {number}": number for number in range(1_000_000)},
    "flood": lambda _: "x" * (40 * 1024 * 1024),
    "look": lambda rest: to_lines(hostile_looks.look(rest)),
}


def to_lines(texts: Iterable[str]) -> Document:
    """A document whose lines say this."""
    document = bytes_to_document(b"text")
    first = document.blocks[0]
    assert isinstance(first, Line)
    lines = tuple(Line(text=text, place=first.place) for text in texts)
    return Document(source=document.source, pages=(), blocks=lines)


def _allocate_and_hide() -> NoReturn:
    """As libraries do: the want of memory is told as something else."""
    kept = []
    try:
        while True:
            kept.append(bytes(CHUNK))
    except MemoryError:
        message = "XMLSyntaxError: unknown error"
        raise ValueError(message) from None


if __name__ == "__main__":
    if "dies" in sys.argv:
        sys.exit(1)
    sys.argv[1:] = [word for word in sys.argv[1:] if word.isdigit() or word == Layer.LIMITS]  # the rest are marks
    sandbox_server.run(lambda _: {"read": read})
