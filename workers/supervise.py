"""Child processes of `gouji up`: one log, restarts with a growing pause, an orderly end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from workers.embedded.process import Server
from workers.lifeline import tethered
from workers.readable import Output

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 30.0
"""A process that lived so long starts again with the first pause."""

REFUSALS = range(70, 80)


@dataclass(slots=True)
class Pause:
    """How long to wait before the next start: doubles while starts keep failing."""

    seconds: float = _FIRST_PAUSE
    until: float = 0.0

    def begin(self, now: float, lived: float) -> float:
        """Note a death after so many seconds of life; returns the pause that begins now."""
        self.seconds = _FIRST_PAUSE if lived >= _STEADY_SECONDS else self.seconds
        pause, self.seconds = self.seconds, min(_LONGEST_PAUSE, self.seconds * 2)
        self.until = now + pause
        return pause


@dataclass(slots=True)
class Child:
    """One of Gouji's own processes: `gouji <word>`."""

    word: str
    label: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    output: Output
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    starts: int = 0
    pause: Pause = field(default_factory=Pause)

    def start(self) -> None:
        """Start it, tied to this process. Call from the main thread (see lifeline)."""
        command = [sys.executable, "-m", "workers", self.word, *self.arguments]
        self.process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
            tethered(command),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C in the terminal is for `gouji up`, which stops all in good order
        )
        self.started = time.monotonic()
        self.starts += 1
        threading.Thread(target=self._copy, args=(self.process,), daemon=True).start()

    def _copy(self, process: subprocess.Popen[bytes]) -> None:
        for line in process.stdout or ():
            self.output.child_line(self.word, self.label, line.decode(errors="replace").rstrip("\n"))

    def tend(self) -> int | None:
        """Restart it when it died. Returns its exit code when it refused its very first start, else None."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            code = self.process.returncode
            self._end_group()
            if self.starts == 1 and code in REFUSALS:
                return code
            pause = self.pause.begin(now, now - self.started)
            self.output.say(f"{self.label}进程意外结束（{_cause(code)}），{pause:g} 秒后重新启动", level="warning")
            self.process = None
        if self.process is None and now >= self.pause.until:
            self.start()
        return None

    def ask_to_end(self) -> None:
        """SIGTERM; the process finishes what it has in hand."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until the deadline, then use force; nothing of its group stays."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass(slots=True)
class Watched:
    """An embedded server that is started again, on the same port and data, when it dies."""

    server: Server
    output: Output
    pause: Pause = field(default_factory=Pause)
    died: bool = False

    def tend(self) -> bool:
        """Restart it when it died; True when it has just come back (its volatile parts may be gone)."""
        now = time.monotonic()
        if self.server.alive() or now < self.pause.until:
            return False
        if not self.died:
            self.output.say(f"内置的 {self.server.recipe.name} 意外结束，正在重新启动", level="warning")
        self.died = True
        self.pause.begin(now, 0.0)
        self.server.start()
        self.output.say(f"内置的 {self.server.recipe.name} 已恢复，数据和地址不变")
        self.died, self.pause = False, Pause()
        return True


def _cause(code: int) -> str:
    return f"信号 {-code}" if code < 0 else f"退出码 {code}"
