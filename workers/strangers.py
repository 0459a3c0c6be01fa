"""Messages for tasks that only another release knows are set aside; the sweep brings them back till they are known.

Celery discards them (reliability F7). Put back at once they would go round and round while no worker knows them.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any

import redis
from celery import Celery
from celery.worker.consumer import Consumer as CeleryConsumer
from kombu.exceptions import KombuError, OperationalError

from tasks.celery_tasks import HEAVY, QUEUES
from tasks.errors import TransientError
from tasks.ports.redis_ledger import PREFIX, redis_client
from workers.dispatch import utc_now

ASIDE = f"{PREFIX}aside"
"""The list in Redis: a JSON object a message, with task, kwargs, queue, and since when."""

SINCE = "gouji_since"
"""The header that a message carries when it comes back: when it was first set aside."""

KEPT = timedelta(days=7)
"""Longer than any exchange of releases; then it is said and given up. No document is lost: the sweep knows those."""

_LOG = logging.getLogger(__name__)


class Consumer(CeleryConsumer):  # type: ignore[misc] # celery has no types
    """The worker's consumer: it sets aside what it does not know."""

    def on_unknown_task(self, body: object, message: Any, exc: Exception) -> None:
        """Keep it first, acknowledge it then; where Redis refuses, it goes back to its queue."""
        stranger = message_to_stranger(message)
        if stranger is None:
            super().on_unknown_task(body, message, exc)
            return
        try:
            with redis_client(self.app.conf.broker_url) as client:
                client.rpush(ASIDE, json.dumps(stranger, sort_keys=True))
        except redis.RedisError:
            message.reject_log_error(_LOG, self.connection_errors, requeue=True)
            return
        _LOG.warning("收到不认识的任务 %s（可能来自另一版本），已暂存，稍后再排队", stranger["task"])
        message.ack_log_error(_LOG, self.connection_errors)


def message_to_stranger(message: Any) -> dict[str, Any] | None:
    """What is kept of a message; None if it is not of the form in which we send any."""
    try:
        _, kwargs, _ = message.decode()
        task, queue = message.headers["task"], message.delivery_info.get("routing_key")
    except (KeyError, TypeError, ValueError, KombuError):
        return None
    since = message.headers.get(SINCE) or utc_now().isoformat()
    return {"task": task, "kwargs": kwargs, "queue": queue if queue in QUEUES else HEAVY, "since": since}


def bring_back(app: Celery, client: redis.Redis) -> int:
    """Send once more what was set aside; how many. A crash in between sends one twice. Raises TransientError."""
    try:
        kept: Any = client.lrange(ASIDE, 0, -1)
        for line in kept:
            _send(app, json.loads(line))
            client.lrem(ASIDE, 1, line)
    except (OperationalError, KombuError, redis.RedisError, OSError) as error:
        raise TransientError(f"broker {type(error).__name__}") from error
    return len(kept)


def _send(app: Celery, stranger: dict[str, Any]) -> None:
    if utc_now() - datetime.fromisoformat(stranger["since"]) > KEPT:
        _LOG.error("任务 %s 暂存已超过 %d 天，没有进程认识它，不再保留", stranger["task"], KEPT.days)
        return
    headers = {SINCE: stranger["since"]}
    app.send_task(stranger["task"], kwargs=stranger["kwargs"], queue=stranger["queue"], headers=headers)
