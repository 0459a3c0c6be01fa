"""The sweep: what lies in the inbox without a terminal marker is sent (again), so that a lost message is harmless.

A full pass lists the inbox and `_submissions/`; the passes between look only at keys they have not seen finished.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from tasks import layout
from tasks.across import noted
from tasks.containers import member_names
from tasks.context import Context
from tasks.copies import to_ref
from tasks.counting import count
from tasks.deliveries import forget_dead
from tasks.errors import TransientError
from tasks.finished import terminal
from tasks.kept import read_kept
from tasks.messages import SubmissionRef
from tasks.outbox import deliver_due
from tasks.pipeline import repair
from tasks.ports.ledger import Tally
from tasks.ports.store import StoredObject
from workers import log, reporting
from workers.alongside import settings_alongside
from workers.build import settings_to_context
from workers.celery_app import make_app
from workers.config import load_settings
from workers.dispatch import open_dispatcher
from workers.heartbeat import Heart
from workers.refusals import require_all
from workers.strangers import bring_back

FULL_EVERY = timedelta(minutes=5)
"""A full pass lists all markers; between two of them only unknown submissions are looked up one by one."""

FEW = 200
"""More unknown submissions than that are looked up by one listing instead."""

DEAD_LETTERS_KEPT = timedelta(days=90)
"""So long an operator may send a dead letter again (reliability 8.4)."""

COMPARED_WITHIN = timedelta(seconds=30)
"""A note that lies longer is seen to."""

REPAIRS = 100
"""Finished submissions whose index, copy and picture one pass looks at."""

REPAIR_AGAIN = timedelta(hours=1)
"""Then all of them are looked at once more."""

_LOG = logging.getLogger(__name__)


Standing: TypeAlias = tuple[datetime, SubmissionRef]
"""A submission that lies in the inbox, itself or inside a ZIP, and when it was uploaded."""


def find_pending(
    standing: Iterable[Standing], finished: frozenset[str], not_after: datetime
) -> tuple[SubmissionRef, ...]:
    """What lies in the inbox, is old enough, and whose job is not finished; the oldest first."""
    pending = [(when, ref) for when, ref in standing if when <= not_after and ref.job not in finished]
    return tuple(ref for _, ref in sorted(pending, key=lambda pair: (pair[0], pair[1].key)))


def is_folder(stored: StoredObject) -> bool:
    """Whether this is only the placeholder of a folder; any other empty object is a submission."""
    return stored.key.endswith("/") and stored.size == 0


def finished_jobs(context: Context) -> frozenset[str]:
    """The jobs that have a terminal marker, by one listing."""
    return _list_jobs(context)[0]


def _list_jobs(context: Context) -> tuple[frozenset[str], frozenset[str]]:
    """The jobs that have a terminal marker, and those that are ZIPs, by one listing."""
    listed = context.store.walk(context.results, layout.SUBMISSIONS)
    names = [stored.key.removeprefix(layout.SUBMISSIONS).split("/") for stored in listed]
    records = [(name[0], name[1]) for name in names if len(name) == len(("job", "record"))]
    finished = frozenset(job for job, record in records if record in ("done.json", layout.QUARANTINE))
    return finished, frozenset(job for job, record in records if record == layout.MEMBERS)


def _nothing(ref: SubmissionRef) -> bool:  # noqa: ARG001 - the signature of what sends
    """Nobody asks for anything once more."""
    return False


def _nobody() -> int:
    """No message was set aside."""
    return 0


def _plenty() -> int:
    """The queue takes everything."""
    return sys.maxsize


@dataclass(slots=True)
class Sweeper:
    """One process's sweep. What it remembers only saves requests; a new one finds the same."""

    context: Context
    enqueue: Callable[[SubmissionRef], bool]
    min_age: timedelta
    room: Callable[[], int] = _plenty
    read_again: Callable[[SubmissionRef], bool] = _nothing
    bring_back: Callable[[], int] = _nobody
    compared_within: timedelta = COMPARED_WITHIN
    note: str = ""
    _finished: frozenset[str] = frozenset()
    _containers: frozenset[str] = frozenset()
    _members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _listed_at: datetime | None = None
    _sound: frozenset[str] = frozenset()
    _sound_since: datetime | None = None

    def sweep(self) -> int:
        """One pass; how many submissions were sent. Raises TransientError."""
        now = self.context.clock()
        if self._listed_at is None or now - self._listed_at >= FULL_EVERY:
            self._list(now)
        standing = self._standing()
        pending = self._pending(standing, now)
        sent = self._send_all(pending) + self._send_wished(now)
        self.bring_back()
        told = deliver_due(self.context)  # before what takes longest, and may be cut off by a store that stutters
        repaired = self._repair(standing, now)
        compared = self._compare(now)
        self.note = f"等待 {len(pending)} 份，补发 {sent} 份，修复 {repaired} 处，比对 {compared} 份，推送 {told} 次"
        if sent or repaired or compared or told:
            _LOG.info("核对：%s", self.note)
        return sent

    def _send_all(self, pending: tuple[SubmissionRef, ...]) -> int:
        """How many were sent: as many as the queue has room for. What is in the queue or at work takes none."""
        room, sent = self.room(), 0
        for ref in pending:
            if sent >= room:
                break
            sent += self._send(ref)
        return sent

    def _send_wished(self, now: datetime) -> int:
        """What an operator asked to be read once more, and the message for it was lost."""
        listed = self.context.store.walk(self.context.results, layout.AGAIN)
        lying = [stored.key for stored in listed if stored.last_modified <= now - COMPARED_WITHIN]
        refs = (read_kept(self.context, key, SubmissionRef) for key in lying)
        return sum(self.read_again(ref) for ref in refs if ref is not None)

    def _send(self, ref: SubmissionRef) -> bool:
        """Whether it had to be sent, counted by why: nobody told of it, or its message or its worker was lost."""
        is_known = self.context.ledger.entry(ref.job) is not None
        sent = self.enqueue(ref)
        if sent:
            count(self.context.ledger, Tally.SWEPT, "lost" if is_known else "untold")
        return sent

    def _standing(self) -> tuple[Standing, ...]:
        """Every upload, and every member of the ZIPs that were taken apart."""
        listed = self.context.store.walk(self.context.inbox)
        uploads = [(s.last_modified, to_ref(self.context.inbox, s)) for s in listed if not is_folder(s)]
        apart = [(when, ref) for when, ref in uploads if ref.job in self._containers and ref.job in self._finished]
        return (*uploads, *((when, ref.of_member(name)) for when, ref in apart for name in self._names(ref.job)))

    def _names(self, job: str) -> tuple[str, ...]:
        """The members of this ZIP, read once."""
        if job not in self._members:
            self._members[job] = member_names(self.context, job)
        return self._members[job]

    def _pending(self, standing: tuple[Standing, ...], now: datetime) -> tuple[SubmissionRef, ...]:
        """What to send; refreshes what is known of finished jobs as far as needed.

        What somebody has is under way: in a burst of ten thousand the store is asked only of what just ended.
        """
        waiting = find_pending(standing, self._finished, now - self.min_age)
        held = self.context.ledger.held(ref.job for ref in waiting)
        pending = tuple(ref for ref in waiting if ref.job not in held)
        if len(pending) > FEW:
            self._list(now)
        else:
            ended = (ref.job for ref in pending if terminal(self.context, ref.job) is not None)
            self._finished |= frozenset(ended)
        return tuple(ref for ref in pending if ref.job not in self._finished)

    def _list(self, now: datetime) -> None:
        self._finished, self._containers = _list_jobs(self.context)
        self._listed_at = now

    def _repair(self, standing: tuple[Standing, ...], now: datetime) -> int:
        """Look after finished submissions that were not looked at lately: do people see what the record says?"""
        if self._sound_since is None or now - self._sound_since >= REPAIR_AGAIN:
            self._sound, self._sound_since = frozenset(), now
            forget_dead(self.context, now - DEAD_LETTERS_KEPT)
        doubtful = [ref for _, ref in standing if ref.job in self._finished and ref.job not in self._sound][:REPAIRS]
        repaired = sum(self._repair_one(ref) for ref in doubtful)
        self._sound |= frozenset(ref.job for ref in doubtful)
        return repaired

    def _compare(self, now: datetime) -> int:
        """Comparisons that were noted and not made: their messages were lost, or they came while another was made."""
        lying = noted(self.context, now - self.compared_within)
        return sum(bool(self.context.enqueue_across(job, reach)) for job, reach in lying)

    def _repair_one(self, ref: SubmissionRef) -> bool:
        """Whether anything was to be done. One that cannot be looked after must not keep the sweep from the others."""
        try:
            end = terminal(self.context, ref.job)
            return self.enqueue(ref) if end is None else repair(self.context, end)
        except TransientError:
            raise
        except Exception:  # noqa: BLE001 - it is logged with its places
            _LOG.exception("%s 的结果没能核对，其余照常", ref.job[:12])
            return False


def run(config: Path | None, *, once: bool) -> int:
    """Sweep until SIGTERM, or once. Raises ConfigurationError."""
    settings = settings_alongside(config) if once else load_settings(config)
    log.configure(settings.log, "sweep")
    reporting.configure(settings, "sweep")
    app = make_app(settings.redis_url, settings.visibility_seconds)
    require_all(settings, app)
    context = settings_to_context(settings, app)
    dispatcher = open_dispatcher(settings, app)
    sweeper = Sweeper(
        context=context,
        enqueue=dispatcher.enqueue,
        min_age=timedelta(seconds=0 if once else settings.sweep_min_age_seconds),
        read_again=dispatcher.read_again,
        bring_back=lambda: bring_back(app, dispatcher.client),
        room=lambda: settings.queue_limit - dispatcher.queue_length(),
        compared_within=timedelta(seconds=settings.queued_seconds / 2),
    )
    if once:
        print(f"已补发 {sweeper.sweep()} 份")  # noqa: T201 - the answer to the command
        return 0
    Heart(context.ledger, "sweep", lambda: sweeper.note).start()
    _sweep_for_ever(sweeper, settings.sweep_seconds)
    return 0


def _sweep_for_ever(sweeper: Sweeper, seconds: float) -> None:
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    while not over.is_set():
        try:
            sweeper.sweep()
        except TransientError as error:
            sweeper.note = "对象存储或 Redis 暂时没有应答"
            _LOG.warning("核对未完成，稍后再来：%s", error)
        over.wait(seconds)
