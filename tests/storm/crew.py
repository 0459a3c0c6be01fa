"""The processes of a run: workers in groups of their own, the sweep, the intake; ended by their own ids only."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

_PATIENCE = 60.0

_LITTLE_ADDRESS_SPACE = {"MALLOC_ARENA_MAX": "1", "MIMALLOC_ARENA_RESERVE": "65536"}
"""What allocators set aside unused (1 GiB, as soon as texts are compared) counts against a sandbox's limit, if it is
forked from the worker; a plain worker starts its sandbox as a program of its own."""


@dataclass(slots=True)
class Crew:
    """Workers forked by a template process, or started plainly."""

    environment: dict[str, str]
    log: Path
    plainly: bool = False
    running: dict[int, subprocess.Popen[bytes] | None] = field(default_factory=dict)
    starts: int = 0
    kills: int = 0
    unasked: list[tuple[int, int]] = field(default_factory=list)
    """Workers that ended without our doing: id and exit code."""
    _template: subprocess.Popen[str] | None = None
    _started: SimpleQueue[int] = field(default_factory=SimpleQueue)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> None:
        """Bring up the template."""
        if self.plainly:
            return
        with self.log.with_suffix(".template.log").open("ab") as errors:
            self._template = subprocess.Popen(
                [sys.executable, "-m", "tests.storm.template"],
                env=self.environment | _LITTLE_ADDRESS_SPACE,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                bufsize=1,
            )
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self) -> int:
        """One worker more; its id, which is that of its group too."""
        self.starts += 1
        if self._template is None:
            return self._start_plainly()
        assert self._template.stdin
        self._template.stdin.write(f"start {self.log}\n")
        self._template.stdin.flush()
        return self._started.get(timeout=_PATIENCE)

    def _start_plainly(self) -> int:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "workers", "worker"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running[process.pid] = process
        return process.pid

    def kill_one(self, chance: random.Random, *, least: int = 1) -> bool:
        """SIGKILL to the whole group of some worker, if others stay; whether one was."""
        self.reap()
        with self._lock:
            if len(self.running) <= least:
                return False
            pid = chance.choice(sorted(self.running))
            self._kill(pid)
        self.kills += 1
        return True

    def _kill(self, pid: int) -> None:
        process = self.running.pop(pid)
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            self.kills -= 1
        if process is not None:
            process.wait()

    def reap(self) -> None:
        """Notice plainly started workers that ended."""
        for pid, process in tuple(self.running.items()):
            if process is not None and (code := process.poll()) is not None:
                self.running.pop(pid, None)
                self.unasked.append((pid, code))

    def _listen(self) -> None:
        assert self._template
        assert self._template.stdout
        for line in self._template.stdout:
            word, *numbers = line.split()
            with self._lock:
                if word == "started":
                    self.running[int(numbers[0])] = None
                    self._started.put(int(numbers[0]))
                elif self.running.pop(int(numbers[0]), 0) is None:
                    self.unasked.append((int(numbers[0]), int(numbers[1])))

    def close(self) -> None:
        """End all of them, and the template."""
        with self._lock:
            for pid in tuple(self.running):
                self._kill(pid)
        if self._template is not None:
            assert self._template.stdin
            self._template.stdin.close()
            self._template.wait(10)


@dataclass(slots=True)
class Helper:
    """One of Gouji's other processes: `gouji sweep`, `gouji intake`; or a proxy of the tests."""

    command: tuple[str, ...]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it in a group of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.command],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if self.command[0].startswith("tests.") else log,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def tell(self, order: str) -> str:
        """One line to it, one line back."""
        assert self.process
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def hear(self) -> str:
        """What it says when it is ready."""
        assert self.process
        assert self.process.stdout
        return self.process.stdout.readline()

    def kill(self) -> None:
        """SIGKILL to its group."""
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    pipe.close()
