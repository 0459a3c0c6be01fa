"""Run by test_refused_starts.py: every process is started in every unsound world, one after the other, in one Python.

Prints a JSON line a start: process, world, exit code, what it said.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from unittest import mock

import redis

from workers import celery_app, cli, refusals
from workers.config import load_settings

PROCESSES = ("worker", "intake", "sweep", "web")


@contextlib.contextmanager
def configured(name: str, value: str) -> Iterator[None]:
    """A broker on which an administrator changed this setting."""
    with redis.Redis.from_url(load_settings().redis_url, decode_responses=True) as client:
        before = client.config_get(name)[name]
        client.config_set(name, value)
        try:
            yield
        finally:
            client.config_set(name, before)


def versioned(name: str, version: str) -> contextlib.AbstractContextManager[object]:
    """An environment in which another version of this library is installed."""
    real = importlib.metadata.version
    return mock.patch.object(refusals, "installed", lambda asked: version if asked == name else real(asked))


def late(seconds: float) -> contextlib.AbstractContextManager[object]:
    """A machine whose clock is off by so much."""
    real = time.time
    return mock.patch("time.time", new=lambda: real() + seconds)  # noqa: PT008 - the time goes on


def store_late(seconds: float) -> contextlib.AbstractContextManager[object]:
    """A store whose clock is off by so much, beside a Redis that is right."""
    real = refusals.require_same_date
    return mock.patch.object(refusals, "require_same_date", lambda told, ours: real(told, ours + seconds))


def named(inbox: str) -> contextlib.AbstractContextManager[object]:
    """An inbox of this name beside the results in `in-refused`."""
    return mock.patch.dict("os.environ", GOUJI_INBOX_BUCKET=inbox, GOUJI_RESULTS_BUCKET="in-refused")


WORLDS: dict[str, Callable[[], contextlib.AbstractContextManager[object]]] = {
    "policy": lambda: configured("maxmemory-policy", "allkeys-lru"),
    "aof": lambda: configured("appendonly", "no"),
    "pool": lambda: mock.patch.dict(celery_app.SETTINGS, worker_pool="threads"),
    "pickle": lambda: mock.patch.dict(celery_app.SETTINGS, accept_content=["json", "pickle"]),
    "kombu": lambda: versioned("kombu", "5.6.2"),
    "redis-py": lambda: versioned("redis", "9.0.0"),
    "clock": lambda: late(5),
    "store clock": lambda: store_late(-5),
    "same bucket": lambda: mock.patch.dict(
        "os.environ", GOUJI_INBOX_BUCKET="in-refused", GOUJI_RESULTS_BUCKET="in-refused"
    ),
    "bucket prefix": lambda: mock.patch.dict(
        "os.environ", GOUJI_INBOX_BUCKET="in-ref", GOUJI_RESULTS_BUCKET="in-refused"
    ),
}


def start(process: str) -> tuple[int, str]:
    """The exit code, and what was said."""
    said = io.StringIO()
    with mock.patch.object(sys, "argv", ["gouji", process]), contextlib.redirect_stderr(said):
        try:
            cli.main()
        except SystemExit as end:
            return int(end.code or 0), said.getvalue().strip()
    return -1, said.getvalue()


def main() -> None:
    """Every process in every world."""
    for world, make in WORLDS.items():
        for process in PROCESSES:
            with make():
                code, sentence = start(process)
            line = json.dumps({"process": process, "world": world, "code": code, "sentence": sentence})
            print(line, flush=True)  # noqa: T201 - the answer to the test


if __name__ == "__main__":
    main()
