"""A real worker with what the tests of workers need: short waits, tasks that another release knows, a task that lasts.

`python -m tests.workers.odd_worker '{"watchdog": {"DEAF_SECONDS": 3}, "transport": {…}, "tasks": true}'`
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from celery import shared_task

from tasks.ports.redis_ledger import redis_client
from workers import app, celery_app, watchdog
from workers.config import load_settings

LAST = "gouji.last"
NEW = "gouji.new"
DONE = "odd:done"
"""What these tasks have done: a list in the broker."""


def tell(word: str) -> None:
    """Say to the test that something happened."""
    with redis_client(load_settings().redis_url) as client:
        client.rpush(DONE, word)


def last(seconds: float, **_unknown: object) -> None:
    """A task that lasts so long."""
    tell("begun")
    time.sleep(seconds)
    tell("ended")


def new(word: str, **_unknown: object) -> None:
    """A task that the release before does not know."""
    tell(word)


def main(wanted: dict[str, Any]) -> int:
    """The worker of `gouji worker`, changed as wanted."""
    for name, value in wanted.get("watchdog", {}).items():
        setattr(watchdog, name, value)
    celery_app.TRANSPORT.update(wanted.get("transport", {}))
    shared_task(name=LAST, max_retries=2, default_retry_delay=1)(last)
    if wanted.get("tasks"):
        shared_task(name=NEW)(new)
    return app.run(None)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
