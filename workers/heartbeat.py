"""A process's sign of life on the dashboard: every ten seconds, from a thread of its own."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from tasks.errors import TransientError
from tasks.ports.ledger import Heartbeat, Ledger
from workers.config import version

SECONDS = 10.0

log = structlog.get_logger("heartbeat")


class Heart:
    """Beats until the process ends. A ledger that cannot be reached is only a gap in the picture."""

    def __init__(self, ledger: Ledger, process: str, note: Callable[[], str] = str) -> None:
        self._ledger = ledger
        self._process = process
        self._note = note
        self._started = datetime.now(UTC)

    def start(self) -> None:
        """Beat at once, then every SECONDS."""
        threading.Thread(target=self._run, daemon=True, name="heartbeat").start()

    def beat(self) -> None:
        """One sign of life. Raises TransientError."""
        instance = f"{socket.gethostname()}:{os.getpid()}"
        self._ledger.beat(
            Heartbeat(
                process=self._process,
                instance=instance,
                at=datetime.now(UTC),
                started=self._started,
                version=version(),
                note=self._note(),
            )
        )

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self.beat()
            except TransientError as error:
                log.debug("未能写入心跳", reason=str(error))
            pause.wait(SECONDS)
