"""The worker's watchdog: a worker that is alive, connected, and never consumes again must end and be restarted (F2).

Every ten seconds the parent's own loop touches a file (its age is the liveness probe), beats in the ledger, and looks
whether messages wait although a slot is free. A thread looks whether that loop still turns.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
from celery import bootsteps, signals
from celery.worker import state

from tasks.counting import count
from tasks.errors import TransientError
from tasks.ports.ledger import Heartbeat, Tally
from tasks.ports.redis_ledger import RedisLedger
from workers.celery_app import KEY_PREFIX
from workers.config import Settings, version
from workers.dispatch import utc_now

EXIT_WATCHDOG = 69
"""Not a refusal: start me again."""

TICK_SECONDS = 10.0
DEAF_SECONDS = 60.0
STUCK_SECONDS = 120.0

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Ear:
    """Decides whether the worker is deaf: messages wait, a slot is free, and for a minute nothing came."""

    since: float | None = None

    def is_deaf(self, now: float, *, waiting: int, free: bool, received: float) -> bool:
        """`now` and `received` (when the last message came) in the same seconds."""
        if not waiting or not free:
            self.since = None
            return False
        if self.since is None or received > self.since:
            self.since = now
        return now - self.since >= DEAF_SECONDS


class Watchdog:
    """Lives in the worker's parent process."""

    def __init__(self, settings: Settings, queues: Callable[[], tuple[str, ...]]) -> None:
        self._client: Any = redis.Redis.from_url(settings.redis_url, socket_timeout=3, socket_connect_timeout=3)
        self._ledger = RedisLedger(self._client)
        self._queues = queues
        self._file = settings.state_dir / f"worker-{os.getpid()}.alive"
        self._started = utc_now()
        self._ear = Ear()
        self._heard: Counter[str] = Counter()
        self._received = self._turned = time.monotonic()
        settings.state_dir.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        """Hear of messages, and watch the loop from a thread."""
        signals.task_received.connect(self._on_received, weak=False)
        threading.Thread(target=self._watch_loop, daemon=True, name="watchdog").start()

    def tick(self, slots: int) -> None:
        """One turn of the loop. Ends the process when the worker is deaf."""
        self._turned = time.monotonic()
        self._file.touch()
        busy = len(state.reserved_requests)
        try:
            self._beat(busy)
            self._tell_heard()
            waiting = self._waiting()
        except (TransientError, redis.RedisError) as error:
            _LOG.warning("Redis 暂时没有应答：%s", error)
            return
        if self._ear.is_deaf(self._turned, waiting=waiting, free=busy < slots, received=self._received):
            self._end("deaf", "有任务在等，却收不到")

    def stop(self) -> None:
        """An orderly end: the file goes."""
        self._file.unlink(missing_ok=True)

    def _on_received(self, request: Any = None, **_: object) -> None:
        self._received = time.monotonic()
        is_again = bool(getattr(request, "delivery_info", None) and request.delivery_info.get("redelivered"))
        self._heard["redelivered" if is_again else "new"] += 1

    def _tell_heard(self) -> None:
        """Hand on what was counted since the last turn."""
        for label, number in sorted(self._heard.items()):
            self._ledger.count(Tally.RECEIVED, label, number)
        self._heard.clear()

    def _beat(self, busy: int) -> None:
        self._ledger.beat(
            Heartbeat(
                process="worker",
                instance=f"{socket.gethostname()}:{os.getpid()}",
                at=utc_now(),
                started=self._started,
                version=version(),
                note=f"正在处理 {busy} 份",
            )
        )

    def _waiting(self) -> int:
        return sum(self._client.llen(KEY_PREFIX + queue) for queue in self._queues())

    def _watch_loop(self) -> None:
        """The loop may rest while the broker is away (it waits to connect), never while the broker answers."""
        while True:
            time.sleep(TICK_SECONDS)
            if time.monotonic() - self._turned > STUCK_SECONDS and self._answers():
                self._end("stuck", "主循环停住了")

    def _answers(self) -> bool:
        try:
            return bool(self._client.ping())
        except redis.RedisError:
            self._turned = time.monotonic()
            return False

    def _end(self, reason: str, why: str) -> None:
        _LOG.critical("工作进程自行退出，等待重启：%s", why)
        count(self._ledger, Tally.WATCHDOG, reason)
        self.stop()
        os._exit(EXIT_WATCHDOG)


def alive_files(folder: Path) -> tuple[Path, ...]:
    """The liveness files of the workers on this state directory."""
    return tuple(sorted(folder.glob("worker-*.alive")))


class WatchdogStep(bootsteps.StartStopStep):  # type: ignore[misc] # celery has no types
    """Puts the watchdog into the worker's loop; armed anew after each reconnection."""

    requires = ("celery.worker.components:Hub", "celery.worker.components:Pool")

    def __init__(self, worker: Any, **_: object) -> None:  # noqa: ARG002 - the boot-step's signature
        self.timer: Any = None
        self.watchdog: Watchdog | None = None

    def start(self, worker: Any) -> None:
        """When the worker starts."""
        self.watchdog = Watchdog(worker.app.settings, lambda: tuple(worker.app.amqp.queues.consume_from))
        self.watchdog.start()

    def stop(self, worker: Any) -> None:  # noqa: ARG002 - the boot-step's signature
        """When the worker stops."""
        if self.watchdog:
            self.watchdog.stop()

    def register_with_event_loop(self, worker: Any, hub: Any) -> None:
        """Celery calls it each time the loop begins."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = hub.call_repeatedly(TICK_SECONDS, self._tick, worker)
        hub.call_soon(self._tick, worker)  # the first sign of life says that the worker is ready

    def _tick(self, worker: Any) -> None:
        if self.watchdog:
            self.watchdog.tick(worker.max_concurrency or worker.concurrency)
