"""Sending a submission on its way: one message, one line in the ledger, and a lease that says it is in the queue."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import redis
from celery import Celery
from kombu.exceptions import KombuError, OperationalError

from parsers.model.files import value_to_json
from tasks import attempts, layout
from tasks.across import across_lease
from tasks.celery_tasks import ACROSS, EXTRACT, HEAVY, OFFICE, PROCESS, QUEUES, RETRY, to_message
from tasks.context import Context
from tasks.errors import TransientError
from tasks.finished import terminal
from tasks.lease import QUEUE_OWNER
from tasks.messages import Reach, SubmissionRef
from tasks.ports.ledger import Entry, Ledger, State
from tasks.ports.redis_ledger import RedisLedger, redis_client
from tasks.records import Done
from workers.celery_app import KEY_PREFIX, make_app
from workers.config import QUEUED_SECONDS, Settings

READING = (HEAVY, OFFICE, RETRY)
"""Queues in which documents wait to be read."""

FEW_WAIT = 5
"""So many waiting documents do not put off a comparison."""

_SECONDS_A_MESSAGE = 0.1
"""Longer by so much for every message before it: a slow machine's share of one document."""

_LOG = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The clock of the processes: aware UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Dispatcher:
    """Sends submissions to the workers. Its methods raise TransientError when the broker refuses."""

    app: Celery
    ledger: Ledger
    client: Any
    clock: Callable[[], datetime] = utc_now
    queued_seconds: int = QUEUED_SECONDS

    def enqueue(self, ref: SubmissionRef) -> bool:
        """Send it, unless it is in the queue or being worked on; whether a message was sent."""
        if not self.ledger.lease(ref.job, QUEUE_OWNER, self._queued_seconds()):
            return False
        try:
            if self.ledger.entry(ref.job) is None:
                self._show_queued(ref)
        except TransientError:
            self._take_back(ref.job)  # else the sender's next try would find it queued already
            raise
        self.send(PROCESS, ref, HEAVY)
        return True

    def enqueue_across(self, job: str, reach: Reach) -> bool:
        """Send a comparison, unless it is in the queue; whether a message was sent. The note stays in either case.

        While documents wait it is left to the sweep: in a burst each new one would have its neighbours compared anew.
        """
        if self._length(READING) > FEW_WAIT:
            return False
        if not self.ledger.lease(across_lease(job, reach), QUEUE_OWNER, self._queued_seconds()):
            return False
        try:
            self.app.send_task(ACROSS, kwargs={"job": job, "reach": reach.value})
        except (OperationalError, KombuError, redis.RedisError, OSError) as error:
            self._take_back(across_lease(job, reach))
            raise TransientError(f"broker {type(error).__name__}") from error
        return True

    def send(self, task: str, ref: SubmissionRef, queue: str | None = None) -> None:
        """One message for this task; without a queue, the task's own."""
        try:
            self.app.send_task(task, kwargs={"ref": to_message(ref)}, queue=queue)
        except (OperationalError, KombuError, redis.RedisError, OSError) as error:
            self._take_back(ref.job)
            raise TransientError(f"broker {type(error).__name__}") from error

    def again(self, context: Context, ref: SubmissionRef) -> None:
        """By an operator. What was quarantined gets a new chance through the retry queue; the rest is read anew."""
        self._take_back(ref.job)
        if isinstance(terminal(context, ref.job), Done):
            context.store.put(context.results, layout.again(ref.job), value_to_json(ref), "application/json")
            self.read_again(ref)
            return
        attempts.forgive(context, ref.job)
        context.store.delete(context.results, layout.quarantine(ref.job))
        self._show_queued(ref)
        self.ledger.lease(ref.job, QUEUE_OWNER, self.queued_seconds)
        self.send(PROCESS, ref, RETRY)

    def read_again(self, ref: SubmissionRef) -> bool:
        """Send what an operator wants read anew, unless it is in the queue or at work; whether a message was sent."""
        if not self.ledger.lease(ref.job, QUEUE_OWNER, self._queued_seconds()):
            return False
        self.send(EXTRACT, ref)
        return True

    def _queued_seconds(self) -> int:
        return self.queued_seconds + round(self.queue_length() * _SECONDS_A_MESSAGE)

    def queue_length(self) -> int:
        """How many messages wait, in all queues."""
        return self._length(QUEUES)

    def _length(self, queues: tuple[str, ...]) -> int:
        try:
            with self.client.pipeline(transaction=False) as pipe:
                for queue in queues:
                    pipe.llen(KEY_PREFIX + queue)
                return sum(pipe.execute())
        except redis.RedisError as error:
            raise TransientError(f"Redis {type(error).__name__}") from error

    def _take_back(self, name: str) -> None:
        """Give the queue's lease back; where Redis does not answer, it runs out."""
        with contextlib.suppress(TransientError):
            self.ledger.release(name, QUEUE_OWNER)

    def _show_queued(self, ref: SubmissionRef) -> None:
        self.ledger.record(Entry(job=ref.job, ref=ref, state=State.QUEUED, received=self.clock()))


def open_dispatcher(settings: Settings, app: Celery | None = None) -> Dispatcher:
    """A dispatcher on the broker of these settings; connects when first used."""
    client = redis_client(settings.redis_url)
    return Dispatcher(
        app=app or make_app(settings.redis_url),
        ledger=RedisLedger(client),
        client=client,
        queued_seconds=settings.queued_seconds,
    )
