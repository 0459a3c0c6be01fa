"""The servers of a run, each behind a proxy of ours: a real Valkey, the embedded S3 (or the one that is named)."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis

from tasks.ports.s3_store import S3Store, s3_client
from tests.storm.crew import Helper
from tests.storm.trial import Trial
from tests.storm.wire import LOOPBACK, Mode
from workers import embedded
from workers.celery_app import KEY_PREFIX
from workers.embedded.process import free_port
from workers.embedded.valkey import url

EXTERNAL_S3 = "GOUJI_TEST_S3_ENDPOINT"
"""Names another S3 on loopback (Ceph RGW), as for the marked tests; keys come from the usual AWS settings."""


@dataclass(slots=True)
class World:
    """Everything that a trial stands on."""

    folder: Path
    servers: embedded.Embedded
    wire: Helper
    stutter: Helper
    redis_port: int
    s3_port: int
    intake_port: int
    store: S3Store
    puts: Path
    inbox: str = ""
    results: str = ""

    def begin(self, trial: Trial, seed: int, number: int) -> None:
        """Own buckets, an empty Redis, calm proxies."""
        self.inbox, self.results = f"storm-in-{number}", f"storm-out-{number}"
        self.puts.write_text("")
        for bucket in (self.inbox, self.results):
            self.store.client.create_bucket(Bucket=bucket)
        with self.redis() as client:
            client.flushall()
        self.line(Mode.PASS)
        self.weather(trial, seed)

    def weather(self, trial: Trial, seed: int) -> None:
        """The S3 stutters from now on as this trial says."""
        order = {"seed": seed, "rates": trial.weather, "uploads": trial.upload_weather}
        order |= {"stall_seconds": trial.stall, "inbox": self.inbox}
        self.stutter.tell(json.dumps(order))

    def calm(self) -> dict[str, Any]:
        """No faults from now on; how many of each kind there were."""
        order = {"seed": 0, "rates": {}, "uploads": {}, "stall_seconds": 0, "inbox": self.inbox}
        counted: dict[str, Any] = json.loads(self.stutter.tell(json.dumps(order)))
        self.line(Mode.PASS)
        return counted

    def line(self, mode: Mode) -> None:
        """The line to Redis is like this from now on."""
        self.wire.tell(json.dumps({"mode": mode.value}))

    def redis(self) -> Any:
        """A connection past the proxy."""
        port, password = urlsplit(self.servers.environment["REDIS_URL"]).port, self._password()
        return redis.Redis.from_url(url(port or 0, password), socket_timeout=5)

    def _password(self) -> str:
        return urlsplit(self.servers.environment["REDIS_URL"]).password or ""

    def kill_redis(self, *, wipe: bool) -> None:
        """Kill -9; its data thrown away if asked; up again."""
        server = self.servers.servers[0]
        assert server.process
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        if wipe:
            for left in ("appendonlydir", "dump.rdb"):
                found = server.recipe.folder / left
                shutil.rmtree(found, ignore_errors=True) if found.is_dir() else found.unlink(missing_ok=True)
        server.start()

    def environment(self, trial: Trial, receiver: int) -> dict[str, str]:
        """What Gouji's processes are told."""
        hook = {
            "url": f"http://{LOOPBACK}:{receiver}/",
            "secret": "whsec_" + "c3Rvcm0tc3Rvcm0tc3Rvcm0tc3Rvcm0tc3Rvcm0=",
            "name": "storm",
        }
        settings = trial.settings
        return {
            **os.environ,
            **self.servers.environment,
            "REDIS_URL": url(self.redis_port, self._password()),
            "S3_ENDPOINT_URL": f"http://{LOOPBACK}:{self.s3_port}",
            "AWS_ENDPOINT_URL": f"http://{LOOPBACK}:{self.s3_port}",
            "GOUJI_INBOX_BUCKET": self.inbox,
            "GOUJI_RESULTS_BUCKET": self.results,
            "GOUJI_STATE_DIR": str(self.folder / "state"),
            "GOUJI_WORKER_PROCESSES": str(trial.processes),
            "GOUJI_SWEEP_SECONDS": str(settings.sweep),
            "GOUJI_SWEEP_MIN_AGE_SECONDS": str(settings.age),
            "GOUJI_LEASE_SECONDS": str(settings.lease),
            "GOUJI_QUEUED_SECONDS": str(settings.queued),
            "GOUJI_VISIBILITY_SECONDS": str(settings.visibility),
            "GOUJI_INTAKE_SECRET": "storm",
            "GOUJI_INTAKE_PORT": str(self.intake_port),
            "GOUJI_WEBHOOKS": json.dumps([hook]),
            "GOUJI_WEBHOOK_ALLOW": json.dumps([f"{LOOPBACK}/32"]),
            "STORM_WALL_SECONDS": str(trial.wall),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }

    def waiting(self) -> int:
        """Messages in the queues; -1 while Redis is away."""
        try:
            with self.redis() as client:
                return sum(client.llen(key) for key in queue_keys())
        except redis.RedisError:
            return -1

    def close(self) -> None:
        """Stop everything of ours."""
        for helper in (self.wire, self.stutter):
            helper.kill()
        self.servers.stop()


def queue_keys() -> tuple[str, ...]:
    """The lists of the broker."""
    from tasks.celery_tasks import QUEUES

    return tuple(KEY_PREFIX + queue for queue in QUEUES)


def open_world(folder: Path) -> World:
    """Start the servers and the proxies. Raises ConfigurationError."""
    external = os.environ.get(EXTERNAL_S3, "")
    servers = embedded.start(folder / "servers", with_s3=not external)
    os.environ.update(servers.environment)
    endpoint = external or servers.environment["S3_ENDPOINT_URL"]
    behind = {"redis": urlsplit(servers.environment["REDIS_URL"]).port, "s3": urlsplit(endpoint).port}
    puts = folder / "puts.jsonl"
    lines = {name: _line(name, port or 0, puts, folder) for name, port in behind.items()}
    ports = {name: int(json.loads(line.hear())["port"]) for name, line in lines.items()}
    return World(
        folder=folder,
        servers=servers,
        wire=lines["redis"],
        stutter=lines["s3"],
        redis_port=ports["redis"],
        s3_port=ports["s3"],
        intake_port=free_port(18610 + random.randrange(1000)),  # noqa: S311 - a port
        store=S3Store(s3_client(endpoint)),
        puts=puts,
    )


def _line(name: str, target: int, puts: Path, folder: Path) -> Helper:
    helper = Helper(("tests.storm.lines", name, "0", str(target), str(puts)), dict(os.environ), folder / f"{name}.log")
    helper.start()
    return helper
