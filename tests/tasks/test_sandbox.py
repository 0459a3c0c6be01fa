"""What a child does to itself or to us becomes a reason, and the next document is read as if nothing was."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from tasks.enclosure import Layer
from tasks.errors import TransientError
from tasks.sandbox import GRACE_SECONDS, Sandbox
from tasks.sandbox_limits import Limits

HOSTILE = (sys.executable, "-I", str(Path(__file__).with_name("hostile_server.py")))
LIMITS = Limits(memory=512 * 1024 * 1024, cpu=10, wall=2.5, file_size=64 * 1024 * 1024)
TEXT = "一、总体情况\n".encode()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(limits=LIMITS, command=HOSTILE)
    yield made
    made.close()


def code(sandbox: Sandbox, data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        sandbox.read(data)
    assert caught.value.reason.endswith("。")
    assert caught.value.advice.endswith("。")
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"allocate", "LIMIT_MEMORY"),
        (b"allocate-and-hide", "LIMIT_MEMORY"),
        (b"sleep", "LIMIT_TIME"),
        (b"die 9", "CHILD_CRASHED"),
        (b"die 11", "CHILD_CRASHED"),
        (b"die 15", "CHILD_CRASHED"),
        (b"exit 3", "CHILD_CRASHED"),
        (b"exit 0", "BAD_CHILD"),
        (b"ignore-signals", "LIMIT_TIME"),
        (b"fill", "LIMIT_FILE"),
        (b"many-files", "READER_BUG"),
        (b"many-forks", "READER_BUG"),
        (b"flood-pipe", "BAD_CHILD"),
        (b"half", "BAD_CHILD"),
        (b"kill-parent", "READER_BUG"),
        (b"rubbish gouji.document/1", "BAD_CHILD"),
        (b"flood", "BAD_CHILD"),
        (b"bug x", "READER_BUG"),
        (b"refuse", "ENCRYPTED"),
    ],
)
def test_each_end_has_its_code_and_the_next_document_is_read(sandbox: Sandbox, data: bytes, expected: str) -> None:
    assert code(sandbox, data) == expected
    assert sandbox.read(TEXT) == parsers.read(TEXT)


@pytest.mark.parametrize(("data", "expected"), [(b"spin", "LIMIT_CPU"), (b"many-keys", "BAD_CHILD")])
def test_what_needs_its_time_has_its_code_too(sandbox: Sandbox, data: bytes, expected: str) -> None:
    limits = structs.replace(LIMITS, cpu=1 if data == b"spin" else 20, wall=30.0)
    with pytest.raises(DocumentError) as caught:
        sandbox._answered("read", data, limits, Document)
    assert caught.value.code == expected


def test_the_wall_limit_holds(sandbox: Sandbox) -> None:
    started = time.monotonic()
    code(sandbox, b"sleep")
    assert LIMITS.wall <= time.monotonic() - started < LIMITS.wall + GRACE_SECONDS


def test_a_bug_is_logged_by_type_and_place_without_the_documents_text(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        code(sandbox, "bug 张三".encode())
    assert "KeyError at hostile_server.py" in caplog.text
    assert "张三" not in caplog.text


def test_what_the_child_started_ends_with_it(sandbox: Sandbox) -> None:
    mark = "61.25"
    limits = structs.replace(LIMITS, processes=16, programs=True)
    sandbox._answered("read", b"orphan " + mark.encode(), limits, Document)
    deadline = time.monotonic() + 1
    while [line for line in commands() if f"time.sleep({mark})" in line]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_programs_that_may_start_are_counted(sandbox: Sandbox) -> None:
    if sandbox.layer() is not Layer.NAMESPACES:
        pytest.skip("only there are they counted apart")
    limits = structs.replace(LIMITS, processes=8, programs=True)
    with pytest.raises(DocumentError) as caught:
        sandbox._answered("read", b"many-forks", limits, Document)
    assert caught.value.code == "READER_BUG"
    assert sandbox.read(TEXT) == parsers.read(TEXT)


def test_a_dead_warm_parent_is_replaced(sandbox: Sandbox) -> None:
    sandbox.read(TEXT)
    assert sandbox._process is not None
    os.kill(sandbox._process.pid, signal.SIGKILL)
    assert sandbox.read(TEXT) == parsers.read(TEXT)


def test_a_warm_parent_that_dies_at_each_document_leaves_it_to_the_sweep() -> None:
    made = Sandbox(limits=LIMITS, command=(*HOSTILE, "dies"))
    with pytest.raises(TransientError):
        made.read(TEXT)
    made.close()


def test_nobody_is_left_when_the_client_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from tests.tasks.test_sandbox import HOSTILE; from tasks.sandbox import Sandbox\n"
        f"made = Sandbox(command=(*HOSTILE, 'x{tmp_path.name}')); made.layer(); print('up', flush=True)\n"
        "made.read(b'sleep')"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"up\n"
        time.sleep(0.2)
        mark = f"x{tmp_path.name}"
        assert len([line for line in commands() if "hostile_server" in line and mark in line]) >= 2
        client.kill()
    deadline = time.monotonic() + 1
    while [line for line in commands() if "hostile_server" in line and mark in line]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_after_close_no_process_is_left() -> None:
    made = Sandbox(limits=LIMITS, command=HOSTILE)
    made.read(TEXT)
    assert made._process is not None
    pid = made._process.pid
    made.close()
    assert not Path(f"/proc/{pid}").exists()


def read_in_child(data: bytes) -> Document:
    sandbox = Sandbox()
    try:
        return sandbox.read(data)
    finally:
        sandbox.close()


def test_the_real_server_reads_as_the_core_does() -> None:
    assert read_in_child(TEXT) == parsers.read(TEXT)


def test_the_real_server_passes_a_refusal_on() -> None:
    with pytest.raises(DocumentError) as caught:
        read_in_child(b"")
    with pytest.raises(DocumentError) as expected:
        parsers.read(b"")
    assert (caught.value.code, caught.value.reason) == (expected.value.code, expected.value.reason)


def commands() -> list[str]:
    """The command lines of all processes."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(entry.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found
