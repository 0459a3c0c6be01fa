"""A broker in memory with what Celery promises under late acknowledgement: a message stays until it is acknowledged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tasks.celery_tasks import QUEUES, route
from workers.celery_app import KEY_PREFIX


@dataclass(frozen=True, slots=True)
class Message:
    """A task's name and its arguments as JSON; `queue` is where it was sent."""

    task: str
    arguments: str
    queue: str


@dataclass(slots=True)
class Lengths:
    """A pipeline that asks for nothing but lengths."""

    broker: Broker
    found: list[int] = field(default_factory=list)

    def llen(self, key: str) -> None:
        self.found.append(len(self.broker.waiting[key.removeprefix(KEY_PREFIX)]))

    def execute(self) -> list[int]:
        return self.found


@dataclass(slots=True)
class Broker:
    """Stands for the Celery application (`send_task`) and for the Redis client (`pipeline`) of a Dispatcher."""

    waiting: dict[str, list[Message]] = field(default_factory=lambda: {queue: [] for queue in QUEUES})
    taken: list[Message] = field(default_factory=list)

    def send_task(self, name: str, *, kwargs: dict[str, Any], queue: str | None = None) -> None:
        message = Message(name, json.dumps(kwargs), queue or route(name))
        self.waiting[message.queue].append(message)

    @contextmanager
    def pipeline(self, *, transaction: bool) -> Iterator[Lengths]:
        assert not transaction
        yield Lengths(self)

    def take(self, number: int = 0) -> Message | None:
        """One of the waiting messages, whichever `number` says; it is somebody's until he acknowledges it."""
        everything = self.everything()
        if not everything:
            return None
        message = everything[number % len(everything)]
        self.waiting[message.queue].remove(message)
        self.taken.append(message)
        return message

    def everything(self) -> list[Message]:
        """All that waits, queue by queue."""
        return [message for queue in QUEUES for message in self.waiting[queue]]

    def ack(self, message: Message) -> None:
        """It is done with; nothing happens when the queue was wiped meanwhile."""
        if message in self.taken:
            self.taken.remove(message)

    def redeliver(self) -> None:
        """What somebody took and never acknowledged waits again: the visibility timeout."""
        for message in self.taken:
            self.waiting[message.queue].append(message)
        self.taken.clear()

    def destroy(self, number: int) -> None:
        """One waiting message is gone without a trace."""
        message = self.take(number)
        if message is not None:
            self.taken.remove(message)

    def wipe(self) -> None:
        """Redis lost everything."""
        self.taken.clear()
        for messages in self.waiting.values():
            messages.clear()

    def __len__(self) -> int:
        return len(self.everything())
