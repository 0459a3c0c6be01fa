"""Gouji's processes started one by one, each with its role's keys alone; and a webhook receiver on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import TypeVar

import httpx2

GOUJI = Path(sysconfig.get_path("scripts")) / "gouji"
END_SECONDS = 30
T = TypeVar("T")


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(ask: Callable[[], T | None], seconds: float) -> T:
    """What `ask` answers once it is not None; AssertionError after so long."""
    deadline = time.monotonic() + seconds
    while (answer := ask()) is None:
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)
    return answer


@dataclass(slots=True)
class Process:
    """One `gouji …` process, with its log."""

    command: str
    log_file: Path
    popen: subprocess.Popen[bytes]

    def log(self) -> str:
        """What it has said so far."""
        return self.log_file.read_text(encoding="utf-8")

    def end(self) -> int:
        """Ask it to end, as an operator or a container engine would; its exit code."""
        self.popen.terminate()
        return self.popen.wait(END_SECONDS)

    def kill_all(self) -> None:
        """SIGKILL for the process and everything it started."""
        os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait(END_SECONDS)


def start(command: str, environment: dict[str, str], folder: Path) -> Process:
    """Start `gouji <command>` with this environment and nothing of the test's own."""
    folder.mkdir(parents=True, exist_ok=True)
    log_file = folder / f"{command.replace(' ', '-')}.log"
    told = {"PATH": "/usr/bin:/bin", "GOUJI_LOG": "json", "GOUJI_STATE_DIR": str(folder / "state"), **environment}
    with log_file.open("ab") as log:
        popen = subprocess.Popen(
            [GOUJI, *command.split()], env=told, cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
    return Process(command, log_file, popen)


def wait_for_port(process: Process, port: int) -> None:
    """Until the process answers /healthz; at most half a minute."""

    def answers() -> bool | None:
        assert process.popen.poll() is None, process.log()
        try:
            return httpx2.get(f"http://127.0.0.1:{port}/healthz", timeout=2).is_success or None
        except httpx2.TransportError:
            return None

    eventually(answers, 30)


@dataclass(frozen=True, slots=True)
class Posted:
    """One POST that a webhook receiver got."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A webhook receiver that answers 204 to everything."""

    port: int = 0
    posted: Queue[Posted] = field(default_factory=Queue)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on loopback for as long as the block lasts."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.posted.put(Posted({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
