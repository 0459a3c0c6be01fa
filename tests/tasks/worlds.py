"""A world in memory for the chain: its store, its ledger, a clock that only moves forward, one receiver."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import parsers
from parsers.model.document import Document
from tasks.context import Context
from tasks.copies import to_ref
from tasks.messages import Reach, SubmissionRef
from tasks.ports.memory_ledger import MemoryLedger
from tasks.ports.memory_poster import MemoryPoster
from tasks.ports.memory_store import MemoryStore
from tasks.ports.poster import Endpoint
from tasks.ports.store import Store

INBOX, RESULTS = "inbox", "results"
TEXT = "铜官区示例局2023年政府信息公开工作年度报告\n一、总体情况\n主动公开信息3条。\n".encode()


@dataclass(slots=True)
class Clock:
    """Each look at it is a second later."""

    now: datetime = datetime(2024, 1, 31, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(slots=True)
class World:
    """What a test of the chain may touch."""

    store: MemoryStore
    ledger: MemoryLedger
    context: Context
    clock: Clock
    told: list[str] = field(default_factory=list)
    sent: list[SubmissionRef] = field(default_factory=list)
    to_compare: list[tuple[str, Reach]] = field(default_factory=list)

    def upload(self, key: str = "2023/铜官区 住建局.txt", data: bytes = TEXT) -> SubmissionRef:
        self.store.put(INBOX, key, data, "text/plain")
        return self.standing(key)

    def standing(self, key: str) -> SubmissionRef:
        found = self.store.head(INBOX, key)
        assert found is not None
        return to_ref(INBOX, found)

    def reading(self, read: Callable[[bytes], Document]) -> Context:
        return replace(self.context, read=read)

    def storing(self, store: Store) -> Context:
        return replace(self.context, store=store)

    def sending(self, enqueue: Callable[[SubmissionRef], bool]) -> Context:
        return replace(self.context, enqueue=enqueue)

    def results(self, prefix: str = "") -> dict[str, bytes]:
        listed = self.store.walk(RESULTS, prefix)
        return {stored.key: self.store.get(RESULTS, stored.key) or b"" for stored in listed}


def make_world(*, versioned: bool = False) -> World:
    """An empty world."""
    clock = Clock()
    store = MemoryStore(versioned=frozenset({INBOX}) if versioned else frozenset(), clock=clock)
    ledger = MemoryLedger(clock=clock)
    told: list[str] = []
    sent: list[SubmissionRef] = []
    to_compare: list[tuple[str, Reach]] = []
    context = Context(
        store=store,
        ledger=ledger,
        poster=MemoryPoster(),
        read=parsers.read,
        reread=parsers.reread,
        member=parsers.member,
        render=parsers.render,
        inbox=INBOX,
        results=RESULTS,
        endpoints=(Endpoint(name="办公系统", url="https://example.org/hook", secrets=("whsec_" + "A" * 32,)),),
        clock=clock,
        worker="host:1",
        link=lambda job: f"http://localhost/documents/{job}",
        enqueue_notify=told.append,
        enqueue=sent.append,
        enqueue_across=lambda job, reach: to_compare.append((job, reach)),
        version="0",
    )
    return World(store=store, ledger=ledger, context=context, clock=clock, told=told, sent=sent, to_compare=to_compare)


def same_bytes(one: dict[str, bytes], other: dict[str, bytes]) -> bool:
    """Two results buckets hold the same, but for what may tell the time, the outbox, the count of attempts."""
    return _lasting(one) == _lasting(other)


def _lasting(results: dict[str, bytes]) -> dict[str, bytes]:
    may_differ = ("/run.json", "/current.json")
    return {
        key: re.sub(rb'"attempts": \d+', b"", data)
        for key, data in results.items()
        if not key.endswith(may_differ) and not key.startswith(("_attempts/", "_outbox"))
    }
