"""`gouji up`: the wanted embedded servers and the four processes; restarts what dies, leaves nothing behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import redis

from tasks.enclosure import Layer
from tasks.errors import ConfigurationError
from tasks.ports.s3_store import s3_client
from tasks.walls import require_walls
from workers import embedded
from workers.clients import sqs_client
from workers.config import load_settings
from workers.embedded.state import announce, prepare, sole_use
from workers.exit_codes import EXIT_BROKER, EXIT_SETTINGS
from workers.greeting import greet, is_ready
from workers.judging import settings_to_judge
from workers.lifeline import die_with_parent
from workers.plan import Plan, child_environment, plan_to_environment, settings_to_plan
from workers.readable import Output
from workers.receivers import settings_to_endpoints, settings_to_openings
from workers.setup import ensure_buckets, ensure_notification, ensure_queue
from workers.supervise import Child, Watched

_TICK_SECONDS = 0.1
_STOP_SECONDS = 8.0
_PATIENCE_SECONDS = 30.0

_CHILDREN = (("worker", "处理"), ("intake", "接收"), ("sweep", "核对"), ("web", "看板"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Everything that runs, and what it was told."""

    plan: Plan
    environment: dict[str, str]
    children: tuple[Child, ...]
    servers: tuple[Watched, ...]
    output: Output
    started: datetime


def run(config: Path | None, log: str) -> int:
    """Start everything and stay until Ctrl-C or SIGTERM. Raises ConfigurationError; returns the exit code."""
    started = datetime.now(UTC)
    if os.environ.pop("GOUJI_TETHERED", ""):
        die_with_parent(signal.SIGTERM)  # `make up`: nothing stays when make is killed
    if log not in {"text", "json"}:
        raise ConfigurationError("--log 只能是 text 或 json", EXIT_SETTINGS)
    settings = load_settings(config)
    settings_to_endpoints(settings)  # refused here, before anything starts, and once: not by each process
    settings_to_openings(settings)
    settings_to_judge(settings)
    require_walls(accept_limits=settings.sandbox == Layer.LIMITS)
    stop = _stop_on_signals()
    prepare(settings.state_dir)
    with sole_use(settings.state_dir):
        plan = settings_to_plan(settings)
        servers = embedded.start(plan.folder, with_valkey=plan.with_valkey, with_s3=plan.with_s3)
        try:
            running = _start(plan, servers, Output(json=log == "json"), config, started)
            return _stay(running, stop)
        finally:
            servers.stop()


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def _note(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _note)
    return stop


def _start(plan: Plan, servers: embedded.Embedded, output: Output, config: Path | None, started: datetime) -> Running:
    """Settle what the processes are told, prepare broker and store, and name the processes (not yet started)."""
    environment = plan_to_environment(plan, servers.environment, "json" if output.json else "text")
    os.environ.update(environment)  # boto3 finds its keys there
    _require_broker(environment["REDIS_URL"])
    environment |= set_up_store(plan)
    announce(plan.folder, environment)
    arguments = ("--config", str(config)) if config else ()
    told = child_environment(plan, environment)
    return Running(
        plan=plan,
        environment=environment,
        children=tuple(Child(word, label, arguments, told, output) for word, label in _CHILDREN),
        servers=tuple(Watched(server, output) for server in servers.servers),
        output=output,
        started=started,
    )


def set_up_store(plan: Plan) -> dict[str, str]:
    """Buckets; for the embedded store also its queue (whose address is returned) and notification.

    Raises ConfigurationError.
    """
    s3 = s3_client(os.environ["S3_ENDPOINT_URL"])
    inbox, results = plan.settings.inbox_bucket, plan.settings.results_bucket
    ensure_buckets(s3, (inbox, results))
    if not plan.with_s3:
        return {}
    sqs = sqs_client(os.environ["S3_ENDPOINT_URL"])
    queue_url = ensure_queue(sqs)
    ensure_notification(s3, sqs, inbox, queue_url)
    return {"GOUJI_EVENTS_QUEUE_URL": queue_url}


def _require_broker(address: str) -> None:
    try:
        with redis.Redis.from_url(address, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        reason = str(error).replace(address, "该地址")
        raise ConfigurationError(f"连不上 Redis，请检查 REDIS_URL：{reason}", EXIT_BROKER) from None


def _stay(running: Running, stop: threading.Event) -> int:
    """Watch everything until the end is asked for; then end it in good order."""
    try:
        for child in running.children:
            child.start()
        return _watch(running, stop)
    finally:
        _end(running)


def _watch(running: Running, stop: threading.Event) -> int:
    greeted = False
    while not stop.wait(_TICK_SECONDS):
        for server in running.servers:
            _tend_server(running, server)
        for child in running.children:
            if (refusal := child.tend()) is not None:
                return refusal
        greeted = greeted or _greet_when_ready(running)
    return 0


def _greet_when_ready(running: Running) -> bool:
    waited = (datetime.now(UTC) - running.started).total_seconds()
    if not is_ready(running.environment, running.started) and waited < _PATIENCE_SECONDS:
        return False
    plan = running.plan
    greet(
        running.output,
        running.environment,
        waited,
        is_embedded=plan.is_embedded,
        is_limits_only=plan.settings.sandbox == Layer.LIMITS,
    )
    return True


def _tend_server(running: Running, server: Watched) -> None:
    try:
        if server.tend():
            set_up_store(running.plan)  # an emulator that was killed forgets its queue and notification
    except ConfigurationError as error:
        running.output.say(error.sentence, level="error")


def _end(running: Running) -> None:
    running.output.say("正在停止，等手头的文件处理完")
    for child in running.children:
        child.ask_to_end()
    deadline = time.monotonic() + _STOP_SECONDS
    for child in running.children:
        child.end(deadline)
    running.output.say("已停止")
