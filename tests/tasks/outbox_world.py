"""Memory twins, receivers and a store that breaks off: what the tests of the outbox share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from tasks import deliveries, layout
from tasks.context import Context
from tasks.delivery import Delivery, DeliveryState
from tasks.events import Event, EventType
from tasks.messages import SubmissionRef
from tasks.outbox import (
    deliver_due,
)
from tasks.ports.memory_ledger import MemoryLedger
from tasks.ports.memory_poster import MemoryPoster
from tasks.ports.memory_store import MemoryStore
from tasks.ports.poster import Answer, Endpoint
from tasks.ports.store import StoredObject
from tasks.schedule import WHOLE

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
FAILED = Answer(status=500, reason="接收端答复 500。")
TAKEN = Answer(status=200)


@dataclass
class World:
    """Memory twins under one clock that a test moves."""

    now: datetime = START
    endpoints: tuple[Endpoint, ...] = (Endpoint(name="a", url="https://a.example/hook", secrets=("whsec_eHh4",)),)
    answers: dict[str, Answer] = field(default_factory=dict)
    poster: MemoryPoster = field(default_factory=MemoryPoster)
    store: MemoryStore = field(init=False)
    ledger: MemoryLedger = field(init=False)

    def __post_init__(self) -> None:
        self.store = MemoryStore(clock=self.clock)
        self.ledger = MemoryLedger(clock=self.clock)
        self.poster.answering = lambda endpoint, _id, _body: self.answers.get(endpoint.name, TAKEN)

    def clock(self) -> datetime:
        return self.now

    def context(self, store: object = None) -> Context:
        return Context(
            store=store or self.store,  # type: ignore[arg-type] # a store that breaks off, in the crash tests
            ledger=self.ledger,
            poster=self.poster,
            read=lambda _data: pytest.fail("the outbox reads no document"),
            reread=lambda _data: pytest.fail("the outbox reads no document"),
            member=lambda _data, _name: pytest.fail("the outbox reads no document"),
            render=lambda _data, _order: pytest.fail("the outbox draws nothing"),
            inbox="inbox",
            results="results",
            endpoints=self.endpoints,
            clock=self.clock,
            worker="test",
            link=lambda job: f"http://127.0.0.1:8600/documents/{job}",
            enqueue_notify=lambda _job: None,
            enqueue=lambda _ref: None,
            enqueue_across=lambda _job, _reach: None,
        )

    def keys(self, prefix: str) -> list[str]:
        return [stored.key for stored in self.store.walk("results", prefix)]


def event(number: int = 1, **changes: object) -> Event:
    ref = SubmissionRef(bucket="inbox", key=f"2023/住建局{number}.pdf", etag="e" * 32, size=1000 + number)
    fields: dict[str, object] = {
        "type": EventType.COMPLETED,
        "ref": ref,
        "outcome": "c" * 64,
        "marker": layout.done(ref.job),
        "at": START,
        "counts": {"error": 2, "info": 0, "undetermined": 1, "warning": 3},
    }
    return Event(**fields | changes)  # type: ignore[arg-type] # a test names its own fields


def endpoints(*names: str) -> tuple[Endpoint, ...]:
    return tuple(Endpoint(name=n, url=f"https://{n}.example/hook", secrets=("whsec_eHh4",)) for n in names)


def state_of(world: World, delivery_id: str) -> DeliveryState | None:
    found = deliveries.find(world.context(), delivery_id)
    return None if found is None else found.state


class CrashError(BaseException):
    """Not an Exception: nothing may catch it, as nothing catches a killed process."""


@dataclass
class Breaking:
    """The store, broken off before its n-th write."""

    store: MemoryStore
    left: int

    def _write(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise CrashError

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        self._write()
        self.store.put(bucket, key, data, content_type)

    def delete(self, bucket: str, key: str) -> None:
        self._write()
        self.store.delete(bucket, key)

    def get(self, bucket: str, key: str) -> bytes | None:
        return self.store.get(bucket, key)

    def walk(self, bucket: str, prefix: str = "") -> Iterator[StoredObject]:
        return self.store.walk(bucket, prefix)


@dataclass
class Counting(Breaking):
    """The store, with its reads counted."""

    left: int = 10**9
    reads: int = 0

    def get(self, bucket: str, key: str) -> bytes | None:
        self.reads += 1
        return self.store.get(bucket, key)


def wait_until_settled(world: World, delivery_id: str) -> Delivery:
    for _ in range(int(1.3 * WHOLE / timedelta(minutes=1))):
        world.now += timedelta(minutes=1) if world.now - START < timedelta(hours=1) else timedelta(seconds=60)
        deliver_due(world.context())
        found = deliveries.find(world.context(), delivery_id)
        if found is not None and found.state is not DeliveryState.PENDING:
            return found
    raise AssertionError("not settled within the schedule")
