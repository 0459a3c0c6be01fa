"""The product's sandbox with a warm parent that is forked from this process, in which the readers lie ready.

What it does from then on is the product's own: walls, one child a document, limits, verdicts. It is spared the third
of a second of CPU that importing the readers takes, which a worker that lives for four seconds cannot pay.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass
from typing import NoReturn

from tasks.enclosure import NoWallsError, enter
from tasks.sandbox import START_SECONDS, Sandbox, _receive
from tasks.sandbox_limits import die_with_parent
from tasks.sandbox_server import Hello, say, serve, to_verbs
from tasks.walls import no_walls

_MOST_DESCRIPTORS = 4096


class Forked(Sandbox):
    """A sandbox for workers of the storm."""

    __slots__ = ()

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        worker = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_warm_parent(theirs, worker)
        theirs.close()
        self._process = _Process(pid)  # type: ignore[assignment] # all that is asked of it
        self._channel = ours
        self._layer = _receive(ours, time.monotonic() + START_SECONDS, Hello).layer
        if self._layer is None:
            self.close()
            raise no_walls()


@dataclass(slots=True)
class _Process:
    """What a sandbox asks of its warm parent."""

    pid: int
    _code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, once it ended."""
        if self._code is None:
            self._collect(os.WNOHANG)
        return self._code

    def kill(self) -> None:
        """End it."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        """Until it ended."""
        if self._code is None:
            self._collect(0)

    def _collect(self, how: int) -> None:
        try:
            pid, status = os.waitpid(self.pid, how)
        except ChildProcessError:  # the pool's own care for children came first
            pid, status = self.pid, 0
        if pid:
            self._code = os.waitstatus_to_exitcode(status)


def _be_warm_parent(channel: socket.socket, worker: int) -> NoReturn:
    """Nothing of the worker's but its memory: no descriptor, no signal, no group."""
    code = 1
    try:
        os.setsid()
        die_with_parent()
        if os.getppid() != worker:
            os._exit(0)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGUSR1, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _close_all_but(channel.fileno())
        try:
            enclosure = enter(accept_limits=False)
        except NoWallsError:
            say(channel, Hello(layer=None))
        else:
            serve(channel, to_verbs(enclosure.layer), enclosure)
        code = 0
    except BaseException:  # noqa: BLE001 - the last line of a process
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _close_all_but(kept: int) -> None:
    signal.set_wakeup_fd(-1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    with contextlib.suppress(OSError):
        os.closerange(3, kept)
    os.closerange(kept + 1, _MOST_DESCRIPTORS)
