"""The ledger: a picture of what goes on, for people. Never the truth; `gouji reindex` rebuilds it from the buckets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from parsers.model.value import Value
from tasks.messages import SubmissionRef


class State(StrEnum):
    """Where a submission stands. The five verbs are stages under way; the last four are ends."""

    QUEUED = "queued"
    EXTRACT = "extract"
    CLASSIFY = "classify"
    VALIDATE = "validate"
    PUBLISH = "publish"
    DONE = "done"
    QUARANTINED = "quarantined"
    SUPERSEDED = "superseded"
    DELETED = "deleted"


ENDS = (State.DONE, State.QUARANTINED, State.SUPERSEDED, State.DELETED)


class StageRun(Value):
    """One run of one stage: an entry of the timeline on a document's page."""

    stage: str
    started: datetime
    ended: datetime
    attempt: int = 1
    worker: str = ""
    note: str = ""


class Entry(Value):
    """What the dashboard knows of one submission. Times are aware UTC."""

    job: str
    ref: SubmissionRef
    state: State
    received: datetime
    finished: datetime | None = None
    content: str | None = None
    judge_digest: str | None = None
    kind: str | None = None
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    edition: str | None = None
    counts: dict[str, int] = {}
    codes: dict[str, int] = {}
    reason_code: str | None = None
    reason: str | None = None
    advice: str | None = None
    stages: tuple[StageRun, ...] = ()


EVERY_KEY = ("",)
"""The prefix that every key has."""


class Query(Value):
    """A filter over the ledger; empty fields do not filter. `search` looks in key, agency and title.

    `within` are prefixes of which the key must have one: by default all keys do, and without any prefix none does.
    """

    search: str = ""
    state: State | None = None
    year: int | None = None
    severity: str | None = None
    code: str | None = None
    prefix: str = ""
    within: tuple[str, ...] = EVERY_KEY
    sort: str = "-received"
    offset: int = 0
    limit: int = 50


class Change(Value):
    """One line of the stream that live pages follow; `id` resumes it."""

    id: str
    job: str
    state: State


class Heartbeat(Value):
    """A process says that it lives: its name (worker, intake, sweep, web), who, since when, and what it did last."""

    process: str
    instance: str
    at: datetime
    started: datetime
    version: str
    note: str = ""


class Tally(StrEnum):
    """Figures that only add up, each by labels: how an attempt ended, why a document was quarantined or swept, …"""

    ATTEMPTS = "attempts"
    QUARANTINED = "quarantined"
    SWEPT = "swept"
    RECEIVED = "received"
    WATCHDOG = "watchdog"


AT_A_NAME = 4
"""So many others are seen under one name, those with the lowest ids: a crowd must not cost its square."""


class Met(Value):
    """Whom a job meets: `seen` under each name, in the order of ids; `around` are all who see it, sorted."""

    seen: tuple[tuple[str, ...], ...]
    around: tuple[str, ...]


class Ledger(Protocol):
    """The picture. Every write is idempotent; a lost write is repaired by the sweep or by reindex."""

    def record(self, entry: Entry) -> None:
        """Set the whole entry, update the indexes, and tell the live pages."""

    def entry(self, job: str) -> Entry | None:
        """What is known of this job."""

    def entries(self, query: Query) -> tuple[tuple[Entry, ...], int]:
        """One page of matching entries, and how many match in all."""

    def counts(self) -> dict[State, int]:
        """How many submissions stand in each state."""

    def finished_between(self, start: datetime, end: datetime) -> tuple[tuple[datetime, State], ...]:
        """When submissions ended in this span, for throughput; ordered by time."""

    def position(self) -> str:
        """The id of the newest change: ask before the first `changes`, so that nothing falls in between."""

    def changes(self, after: str, wait_seconds: float) -> tuple[Change, ...]:
        """Changes since `after` ("" = from now on); waits at most so long for the first one."""

    def lease(self, job: str, owner: str, seconds: int) -> bool:
        """Take the work for so long; False if anybody has it, the owner included. Never needed for correctness."""

    def held(self, jobs: Iterable[str]) -> frozenset[str]:
        """Those of these jobs that somebody has: a worker, or the queue."""

    def renew(self, job: str, owner: str, seconds: int) -> bool:
        """Keep one's own lease for so long from now; False if it is no longer one's own."""

    def release(self, job: str, owner: str) -> None:
        """Give a lease back."""

    def beat(self, heartbeat: Heartbeat) -> None:
        """Note that a process lives (kept for two minutes)."""

    def heartbeats(self) -> tuple[Heartbeat, ...]:
        """The processes heard of in the last two minutes, by name and instance."""

    def count(self, tally: Tally, label: str, number: int = 1) -> None:
        """Add to a figure."""

    def tallied(self, tally: Tally) -> dict[str, int]:
        """A figure by its labels, in their order; a ledger that was emptied begins anew."""

    def meet(self, group: str, names: Iterable[str], job: str) -> Met:
        """Leave this job under each of these names of a group, and see who else was there."""

    def forget(self, jobs: Iterable[str]) -> None:
        """Remove entries that the buckets no longer know (used by reindex)."""
