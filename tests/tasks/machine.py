"""The whole of Gouji in memory, run step by step: intake, dispatch, queue, workers, sweep, receivers, under one clock.

The code is the product's own down to the ports; only the broker, the bucket, the ledger and the receivers are twins.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import parsers
from parsers.model.document import Document
from tasks import layout
from tasks.celery_tasks import ACROSS, EXTRACT, NOTIFY, PROCESS, across_task, extract_task, notify_task, process_task
from tasks.context import Context
from tasks.copies import to_ref
from tasks.messages import SubmissionRef
from tasks.ports.memory_ledger import MemoryLedger
from tasks.ports.memory_poster import MemoryPoster
from tasks.ports.memory_store import MemoryStore
from tasks.ports.poster import Endpoint
from tests.tasks.broker import Broker, Message
from tests.tasks.life import CrashError, Life, Mortal, mortal
from workers.dispatch import Dispatcher
from workers.intake.receive import Intake, QueueFullError
from workers.sweep import Sweeper
from workers.verbs import Operator

INBOX, RESULTS = "inbox", "results"
START = datetime(2024, 1, 31, tzinfo=UTC)
LOOK = timedelta(milliseconds=1)
"""Every look at the clock takes so long, so that no two things happen at the same time."""

WORST = timedelta(minutes=10)
"""After it every lease has expired, and every note and delivery is due."""

TASKS: dict[str, Any] = {PROCESS: process_task, EXTRACT: extract_task, NOTIFY: notify_task, ACROSS: across_task}

IMMUTABLE = (layout.SUBMISSIONS, "_documents/")
"""What stands here is never written with other bytes, but for run.json and the next outcome of a job."""


@dataclass(slots=True)
class Clock:
    """Moves a little with each look, and as far as a test says."""

    now: datetime = START

    def __call__(self) -> datetime:
        self.now += LOOK
        return self.now


@dataclass(slots=True)
class WatchedStore(MemoryStore):
    """The store that remembers what was ever written under each of our keys, and lets nobody touch the inbox."""

    written: dict[str, set[str]] = field(default_factory=dict)
    uploading: bool = False

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        """Write, and remember the hash."""
        assert bucket == RESULTS or self.uploading, f"our own process wrote {key} into the inbox"
        if bucket == RESULTS and key.startswith(IMMUTABLE) and not key.endswith("/run.json"):
            self.written.setdefault(_outcome(key, data), set()).add(hashlib.sha256(data).hexdigest())
        MemoryStore.put(self, bucket, key, data, content_type)

    def delete(self, bucket: str, key: str) -> None:
        """Remove."""
        assert bucket == RESULTS or self.uploading, f"our own process removed {key} from the inbox"
        MemoryStore.delete(self, bucket, key)


def _outcome(key: str, data: bytes) -> str:
    """The key, and of a marker which outcome it tells: the next one of a job may read otherwise."""
    if key.endswith("/quarantine.json"):
        return f"{key} {json.loads(data)['attempts']}"
    return f"{key} {json.loads(data)['sequence']}" if key.endswith("/done.json") else key


@dataclass(slots=True)
class Machine:
    """What a test may do to it, and what may be seen of it."""

    read: Callable[[bytes], Document]
    versioned: bool = False
    read_office: Callable[[bytes], Document] | None = None
    clock: Clock = field(default_factory=Clock)
    broker: Broker = field(default_factory=Broker)
    poster: MemoryPoster = field(default_factory=MemoryPoster)
    store: WatchedStore = field(init=False)
    ledger: MemoryLedger = field(init=False)
    queue_limit: int = 100_000
    deaths: int = 0
    deeds: int = 0
    receiver_failed: bool = False
    unanswered: list[bytes] = field(default_factory=list)
    workers: int = 0

    def __post_init__(self) -> None:
        kept = frozenset({INBOX}) if self.versioned else frozenset[str]()
        self.store = WatchedStore(versioned=kept, clock=self.clock)
        self.ledger = MemoryLedger(clock=self.clock)

    # what the world outside does

    def upload(self, key: str, data: bytes) -> SubmissionRef:
        self.store.uploading = True
        self.store.put(INBOX, key, data, "application/octet-stream")
        self.store.uploading = False
        (ref,) = (ref for ref in self.standing() if ref.key == key)
        return ref

    def remove(self, key: str) -> None:
        self.store.uploading = True
        self.store.delete(INBOX, key)
        self.store.uploading = False

    def standing(self) -> tuple[SubmissionRef, ...]:
        """Every object of the inbox, folders too."""
        return tuple(to_ref(INBOX, stored) for stored in self.store.walk(INBOX))

    def pass_time(self, span: timedelta) -> None:
        self.clock.now += span

    def wipe_ledger(self) -> None:
        """Redis lost its data: queue, leases, picture."""
        self.broker.wipe()
        self.ledger = MemoryLedger(clock=self.clock)

    # what our processes do

    def dispatcher(self, life: Life) -> Dispatcher:
        """The way into the queue."""
        broker, ledger = cast("Any", Mortal(self.broker, life)), cast("Any", Mortal(self.ledger, life))
        return Dispatcher(app=broker, ledger=ledger, client=broker, clock=self.clock)

    def context(self, life: Life) -> Context:
        """The ports as a new process has them; workers/build.py in small."""
        self.workers += 1
        dispatcher = self.dispatcher(life)
        context = Context(
            store=self.store,
            ledger=self.ledger,
            poster=self.poster,
            read=self.read,
            reread=parsers.reread,
            member=parsers.member,
            render=parsers.render,
            read_office=self.read_office,
            inbox=INBOX,
            results=RESULTS,
            endpoints=(Endpoint(name="办公系统", url="https://example.org/hook", secrets=("whsec_" + "A" * 32,)),),
            clock=self.clock,
            worker=f"host:{self.workers}",
            link=lambda job: f"http://localhost/documents/{job}",
            enqueue_notify=lambda job: dispatcher.app.send_task(NOTIFY, kwargs={"job": job}),
            enqueue=dispatcher.enqueue,
            enqueue_across=dispatcher.enqueue_across,
            version="0",
        )
        return mortal(context, life)

    def event(self, body: bytes, life: Life | None = None) -> None:
        """An event arrives; its sender keeps it for another time where the intake dies of it or has too much."""
        context = self.context(life or Life())
        intake = Intake(
            store=context.store,
            inbox=INBOX,
            results=RESULTS,
            enqueue=context.enqueue,
            queue_length=self.broker.__len__,
            queue_limit=self.queue_limit,
        )
        try:
            answered = self._alive(lambda: intake.receive(body))
        except QueueFullError:
            answered = False
        if not answered:
            self.unanswered.append(body)

    def work(self, number: int = 0, life: Life | None = None) -> bool:
        """A worker takes one of the messages and acts on it; whether there was one."""
        message = self.broker.take(number)
        if message is not None:
            self._alive(lambda: self._act(message, life or Life()))
        return message is not None

    def again(self, key: str, life: Life) -> None:
        """An operator has the document that stands there tried again, and the audit says so."""
        (ref,) = (ref for ref in self.standing() if ref.key == key)
        context, dispatcher = self.context(life), self.dispatcher(life)
        operator = Operator(context, "tester", again=lambda ref: dispatcher.again(context, ref))
        self.deeds += self._alive(lambda: operator.retry(ref, before=""))

    def sweep(self, life: Life | None = None, *, min_age: timedelta = timedelta()) -> None:
        """One pass by a process that remembers nothing."""
        life = life or Life()
        context, dispatcher = self.context(life), self.dispatcher(life)
        sweeper = Sweeper(
            context=context,
            enqueue=dispatcher.enqueue,
            min_age=min_age,
            room=lambda: self.queue_limit - dispatcher.queue_length(),
            read_again=dispatcher.read_again,
        )
        self._alive(sweeper.sweep)

    def settle(self, life: Life | None = None) -> None:
        """Sweep and work until two passes bring nothing new; then everything is quiet."""
        life = life or Life()
        kept, self.unanswered = self.unanswered, []
        for body in kept:
            self.event(body, life)
        quiet = 0
        while quiet < 2 and not life.dead:
            self.broker.redeliver()
            self.sweep(life)
            quiet = 0 if self._drain(life) else quiet + 1
            self.pass_time(WORST)

    def _drain(self, life: Life) -> int:
        count = 0
        while not life.dead and self.work(life=life):
            count += 1
            assert count < 1000, "work that begets work for ever"
        return count

    def _act(self, message: Message, life: Life) -> None:
        context = self.context(life)
        broker = Mortal(self.broker, life)
        own = SimpleNamespace(name=message.task, app=SimpleNamespace(context=context, send_task=broker.send_task))
        TASKS[message.task].run.__func__(own, **json.loads(message.arguments))
        broker.ack(message)

    def _alive(self, deed: Callable[[], object]) -> bool:
        """Whether the process outlived this."""
        try:
            deed()
        except CrashError:
            self.deaths += 1
            return False
        return True

    # what may be seen

    def results(self, prefix: str = "") -> dict[str, bytes]:
        listed = self.store.walk(RESULTS, prefix)
        return {stored.key: self.store.get(RESULTS, stored.key) or b"" for stored in listed}
