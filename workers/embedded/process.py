"""One embedded server as a child process: started, watched, stopped; a left-over one recognised by its pid file."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import ConfigurationError
from workers.exit_codes import EXIT_EMBEDDED, EXIT_PORT
from workers.lifeline import ON_LINUX, tethered

LOOPBACK = "127.0.0.1"
_STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a server is started: its name, command, environment, port, folder; `before` tidies up after a kill."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    port: int
    folder: Path
    answers: Callable[[], bool]
    before: Callable[[], object] = lambda: None
    patience_seconds: float = 20.0


@dataclass(slots=True)
class Server:
    """A running server. `start` again after its death brings it back on the same port and data."""

    recipe: Recipe
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Launch and wait until it answers. Raises ConfigurationError (port taken, does not come up)."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start the process without waiting for it; a left-over one of ours is stopped first.

        Must be called from the main thread: the kernel ties the child to the thread that started it.
        """
        stop_left_over(self._pid_file)
        require_free(self.recipe.port, self.recipe.name)
        self.recipe.before()
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
                tethered(list(self.recipe.command), signal.SIGTERM),
                env=self.recipe.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal is for `gouji up`, which stops us in good order
            )
        self._pid_file.write_text(f"{self.process.pid} {birth(self.process.pid)}")

    def wait(self) -> None:
        """Wait until it answers. Raises ConfigurationError with the last line of its log."""
        deadline = time.monotonic() + self.recipe.patience_seconds
        while self.alive() and time.monotonic() < deadline:
            if self.recipe.answers():
                return
            time.sleep(0.02)
        self.stop()
        raise ConfigurationError(
            f"内置的 {self.recipe.name} 没有启动成功，原因见 {self._log}：{_last_line(self._log)}", EXIT_EMBEDDED
        )

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End it: politely first, after some seconds by force."""
        if self.process is not None:
            end(self.process)
            self.process = None
        self._pid_file.unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return self.recipe.folder / "pid"

    @property
    def _log(self) -> Path:
        return self.recipe.folder / "server.log"


def end(process: subprocess.Popen[bytes], patience_seconds: float = _STOP_SECONDS) -> None:
    """SIGTERM, wait, SIGKILL; returns when the process is gone."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(patience_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stop_left_over(pid_file: Path) -> None:
    """Stop the server this pid file names, if that very process still lives (another may have got its number)."""
    try:
        number, _, born = pid_file.read_text().partition(" ")
        pid = int(number)
    except (FileNotFoundError, ValueError):
        return
    deadline = time.monotonic() + _STOP_SECONDS
    while born and birth(pid) == born:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL)
        time.sleep(0.05)
    pid_file.unlink(missing_ok=True)


def birth(pid: int) -> str:
    """When the process was started, in the system's own words; empty when there is none (or only its shell)."""
    if ON_LINUX:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] == "Z" else fields[19]  # proc(5): state is field 3, starttime field 22
    command = ["ps", "-o", "lstart=", "-p", str(pid)]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()  # noqa: S603 - a fixed command


def free_port(preferred: int = 0) -> int:
    """The preferred port of the loopback if nobody has it, else one the system picks."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((LOOPBACK, port))
                return int(probe.getsockname()[1])
    raise ConfigurationError("本机没有可用的端口", EXIT_PORT)


def require_free(port: int, what: str, host: str = LOOPBACK) -> None:
    """Raise ConfigurationError when this port cannot be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(_port_sentence(port, what, host, error), EXIT_PORT) from None


def _port_sentence(port: int, what: str, host: str, error: OSError) -> str:
    reasons = {
        errno.EADDRINUSE: "已被其他程序占用，请关闭那个程序，或换一个端口",
        errno.EACCES: "没有使用权限，请换一个 1024 以上的端口",
        errno.EADDRNOTAVAIL: "所在的地址不属于本机，请检查设置",
    }
    return f"{what} 要用的端口 {host}:{port} {reasons.get(error.errno or 0, f'不能使用（{error.strerror}）')}"


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "没有留下日志"
