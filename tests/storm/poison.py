"""Documents that hurt whoever reads them, and the reader that lets them: only the harness's own workers have it.

The product has no hook for this. The harness forks its workers from its own template, and there the reader meets poison
first. What a poison does is done in the child that reads it, except DEADLY, which kills the worker itself.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from enum import StrEnum

import msgspec

import parsers
import workers.build
import workers.refusals
from tasks.sandbox_limits import READING
from tasks.walls import require_walls
from tests.storm.forked import Forked

MARK = b"GOUJI-STORM-POISON:"
"""With it a poison begins; it reads as a text document."""


class Poison(StrEnum):
    """What a document does to its reader."""

    CRASH = "crash"
    SLEEP = "sleep"
    ALLOCATE = "allocate"
    DEADLY = "deadly"


CODES = {
    Poison.CRASH: ("CHILD_CRASHED",),
    Poison.SLEEP: ("LIMIT_TIME",),
    Poison.ALLOCATE: ("LIMIT_MEMORY",),
    Poison.DEADLY: ("SUSPECT",),
}
"""The reason codes that a quarantine of each may have."""

MOST_ATTEMPTS = {Poison.CRASH: 3, Poison.SLEEP: 3, Poison.ALLOCATE: 3, Poison.DEADLY: 10}
"""How often each may be tried."""

WALL_SECONDS = 2.0
"""The harness's limit for a child, so that sleepers do not sleep for five minutes."""


def poison_to_bytes(poison: Poison, number: int) -> bytes:
    """A document of this kind."""
    return MARK + f"{poison.value} {number}\n一、总体情况\n".encode()


def bytes_to_poison(data: bytes) -> Poison | None:
    """Which poison this is, if any."""
    if not data.startswith(MARK):
        return None
    return Poison(data[len(MARK) :].split(b" ", 1)[0].decode())


def act(data: bytes) -> None:
    """Do to this process what these bytes do."""
    poison = bytes_to_poison(data)
    if poison is Poison.CRASH:
        os.kill(os.getpid(), signal.SIGKILL)
    if poison is Poison.SLEEP:
        time.sleep(3600)
    if poison is Poison.ALLOCATE:
        hoard = bytearray()
        while True:
            hoard += bytes(64 * 1024 * 1024)


def arm() -> None:
    """In the template: workers forked from now on have sandboxes whose children can be hurt.

    Their warm parents are forked from the worker, in which the readers lie ready, and raise the product's own walls.
    """
    hurting()
    walls = require_walls(accept_limits=False)

    def open_sandbox(*, accept_limits: bool) -> _Deadly:
        wall = float(os.environ.get("STORM_WALL_SECONDS", "300"))
        return _Deadly(Forked(limits=msgspec.structs.replace(READING, wall=wall), accept_limits=accept_limits))

    workers.build.Sandbox = open_sandbox  # type: ignore[assignment, attr-defined] # it has all that is asked of a sandbox
    workers.refusals.require_walls = lambda **_: walls  # type: ignore[attr-defined] # asked once


class _Deadly:
    """A sandbox in whose worker DEADLY documents take the whole group down."""

    def __init__(self, sandbox: object) -> None:
        self._sandbox = sandbox

    def __getattr__(self, name: str) -> object:
        found: Callable[[bytes], object] = getattr(self._sandbox, name)
        if name not in ("read", "read_directly"):
            return found

        def guarded(data: bytes) -> object:
            if bytes_to_poison(data) is Poison.DEADLY:
                os.killpg(0, signal.SIGKILL)
            return found(data)

        return guarded


def hurting() -> None:
    """From now on the readers of this process, and of those that it forks, meet poison first."""
    read = parsers.read_written

    def hurt(data: bytes) -> object:
        act(data)
        return read(data)

    parsers.read_written = hurt  # type: ignore[assignment] # a document all the same
