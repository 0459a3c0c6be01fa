"""Every hostile file alone, through the real sandbox with lowered limits: it ends as it must, and harms nobody."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

import parsers
from parsers.model.document import Document, Line
from parsers.model.errors import DocumentError
from parsers.model.source import READ_TWICE
from parsers.readers.sniff import bytes_to_kind
from tasks.sandbox import Sandbox
from tasks.sandbox_limits import Limits
from tests.hostile import images, pdf_bombs, pdf_lies, pdf_pages
from tests.hostile.calls import HOST, PORT
from tests.hostile.entry import READ, Entry
from tests.hostile.run import BUGS, LATE, ORDER

ENTRIES: tuple[Entry, ...] = (*pdf_bombs.ENTRIES, *pdf_pages.ENTRIES, *pdf_lies.ENTRIES, *images.ENTRIES)

LIMITS = Limits(cpu=3, wall=20)
"""The memory is the real limit; of time there is a fortieth, so that the suite takes minutes."""

LIMITS_OF_ALL = ("LIMIT_CPU", "LIMIT_MEMORY", "LIMIT_TIME")

MOST_GROWTH = 20 * 1024 * 1024
"""Bytes by which our own process may grow with one file."""

GOOD = pdf_lies.report()

EACH = [pytest.param(entry, id=str(entry), marks=() if entry.quick else pytest.mark.hostile) for entry in ENTRIES]
PDFS = [
    pytest.param(entry, id=str(entry), marks=() if entry.quick else pytest.mark.hostile)
    for entry in (*pdf_bombs.ENTRIES, *pdf_pages.ENTRIES, *pdf_lies.ENTRIES)
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(limits=LIMITS, recognition=LIMITS, drawing=LIMITS)
    made.read(GOOD)
    yield made
    made.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Where hostile files call to; it never blocks."""
    with closing(socket.create_server((HOST, PORT))) as server:
        server.settimeout(0)
        yield server


def was_called(listener: socket.socket) -> bool:
    try:
        listener.accept()
    except BlockingIOError:
        return False
    return True


def resident() -> int:
    """Bytes of memory of this process now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def is_recognised(entry: Entry) -> bool:
    """Whether this is a picture to the reader, and the extra is here: recognition of such may use up its limits."""
    return "OCR_MISSING" in entry.ends and find_spec("rapidocr") is not None


def ended(act: Callable[[], object]) -> tuple[str, object]:
    """READ and the value, or the code of the refusal; both in time."""
    started, refusal, value = time.monotonic(), None, None
    try:
        value = act()
    except DocumentError as error:
        refusal = error
    assert time.monotonic() - started < LIMITS.wall + LATE
    if refusal is None:
        return READ, value
    assert refusal.reason.endswith("。")
    assert refusal.advice.endswith("。")
    return refusal.code, None


def text_of(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Line))


@pytest.mark.parametrize("entry", EACH)
def test_a_hostile_file_ends_as_it_must_and_costs_the_parent_nothing(
    entry: Entry, sandbox: Sandbox, listener: socket.socket
) -> None:
    data = entry.build()
    before, parent, here = resident(), sandbox._process, sorted(Path.cwd().iterdir())
    end, document = ended(lambda: sandbox.read(data))
    assert end in entry.ends or (is_recognised(entry) and end in LIMITS_OF_ALL)
    assert resident() - before < MOST_GROWTH
    assert sandbox._process is parent
    assert not was_called(listener)
    assert sorted(Path.cwd().iterdir()) == here
    if isinstance(document, Document):
        as_told(entry, document)


def as_told(entry: Entry, document: Document) -> None:
    """What was read says what it must, and nothing else."""
    text, codes = text_of(document), {problem.code for problem in document.problems}
    assert set(entry.problems) <= codes
    assert [word for word in entry.shown if word not in text] == []
    assert [word for word in entry.absent if word in text] == []


@pytest.mark.parametrize("entry", PDFS)
def test_the_second_reader_and_the_drawing_end_too(entry: Entry, sandbox: Sandbox, listener: socket.socket) -> None:
    data = entry.build()
    parent = sandbox._process

    def grown() -> int:
        before = resident()
        if bytes_to_kind(data) in READ_TWICE:
            assert ended(lambda: sandbox.reread(data))[0] not in BUGS
        assert ended(lambda: sandbox.render(data, ORDER))[0] not in BUGS
        return resident() - before

    # the first large answer of a process makes room that is used again: what leaks grows a second time
    assert grown() < MOST_GROWTH or grown() < MOST_GROWTH
    assert sandbox._process is parent
    assert not was_called(listener)


def test_good_documents_between_hostile_ones_are_read_as_ever(sandbox: Sandbox) -> None:
    expected = parsers.read(GOOD)
    for entry in [entry for entry in ENTRIES if entry.quick][::8]:
        ended(partial(sandbox.read, entry.build()))
        assert sandbox.read(GOOD) == expected
