"""The ledger's memory twin, for tests and for trying things out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tasks.ports.ledger import AT_A_NAME, ENDS, Change, Entry, Heartbeat, Met, Query, State, Tally
from tasks.ports.ledger_query import page

HEARTBEAT_SECONDS = 120


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class MemoryLedger:
    """The Ledger in dictionaries; `clock` decides when leases and heartbeats end."""

    clock: Callable[[], datetime] = _now
    _entries: dict[str, Entry] = field(default_factory=dict)
    _changes: list[Change] = field(default_factory=list)
    _leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _beats: dict[tuple[str, str], Heartbeat] = field(default_factory=dict)
    _meetings: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _tallies: dict[Tally, dict[str, int]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def record(self, entry: Entry) -> None:
        """Set the whole entry and tell the live pages."""
        with self._lock:
            self._entries[entry.job] = entry
            number = len(self._changes) + 1
            self._changes.append(Change(id=f"{number}-0", job=entry.job, state=entry.state))

    def entry(self, job: str) -> Entry | None:
        """What is known of this job."""
        return self._entries.get(job)

    def entries(self, query: Query) -> tuple[tuple[Entry, ...], int]:
        """One page of matching entries, and how many match in all."""
        return page(tuple(self._entries.values()), query)

    def counts(self) -> dict[State, int]:
        """How many submissions stand in each state."""
        found = [entry.state for entry in self._entries.values()]
        return {state: found.count(state) for state in State}

    def finished_between(self, start: datetime, end: datetime) -> tuple[tuple[datetime, State], ...]:
        """When submissions ended in this span; ordered by time."""
        ended = [
            (e.finished, e.state)
            for e in self._entries.values()
            if e.finished is not None and e.state in ENDS and start <= e.finished < end
        ]
        return tuple(sorted(ended))

    def position(self) -> str:
        """The id of the newest change."""
        return self._changes[-1].id if self._changes else "0-0"

    def changes(self, after: str, wait_seconds: float) -> tuple[Change, ...]:
        """Changes since `after`; waits at most so long for the first one."""
        seen = int((after or self.position()).partition("-")[0])
        deadline = time.monotonic() + wait_seconds
        while len(self._changes) <= seen and time.monotonic() < deadline:
            time.sleep(0.01)
        return tuple(self._changes[seen:])

    def lease(self, job: str, owner: str, seconds: int) -> bool:
        """Take the work for so long; False if anybody has it."""
        now = self.clock()
        with self._lock:
            if self._holder(job, now):
                return False
            self._leases[job] = (owner, now + timedelta(seconds=seconds))
            return True

    def renew(self, job: str, owner: str, seconds: int) -> bool:
        """Keep one's own lease for so long from now."""
        now = self.clock()
        with self._lock:
            if self._holder(job, now) != owner:
                return False
            self._leases[job] = (owner, now + timedelta(seconds=seconds))
            return True

    def release(self, job: str, owner: str) -> None:
        """Give one's own lease back."""
        with self._lock:
            if self._holder(job, self.clock()) == owner:
                del self._leases[job]

    def beat(self, heartbeat: Heartbeat) -> None:
        """Note that a process lives."""
        self._beats[heartbeat.process, heartbeat.instance] = heartbeat

    def heartbeats(self) -> tuple[Heartbeat, ...]:
        """The processes heard of in the last two minutes."""
        oldest = self.clock() - timedelta(seconds=HEARTBEAT_SECONDS)
        return tuple(self._beats[name] for name in sorted(self._beats) if self._beats[name].at > oldest)

    def count(self, tally: Tally, label: str, number: int = 1) -> None:
        """Add to a figure."""
        with self._lock:
            figure = self._tallies.setdefault(tally, {})
            figure[label] = figure.get(label, 0) + number

    def tallied(self, tally: Tally) -> dict[str, int]:
        """A figure by its labels, in their order."""
        return dict(sorted(self._tallies.get(tally, {}).items()))

    def meet(self, group: str, names: Iterable[str], job: str) -> Met:
        """Leave this job under each of these names of a group, and see who else was there."""
        with self._lock:
            places = [self._meetings.setdefault((group, name), set()) for name in names]
            for place in places:
                place.add(job)
            everyone = [sorted(place) for place in places]
        seen = tuple(tuple(other for other in ids[: AT_A_NAME + 1] if other != job)[:AT_A_NAME] for ids in everyone)
        around = {other for ids in everyone if job in ids[: AT_A_NAME + 1] for other in ids}
        return Met(seen=seen, around=tuple(sorted(around - {job})))

    def forget(self, jobs: Iterable[str]) -> None:
        """Remove entries that the buckets no longer know."""
        with self._lock:
            for job in jobs:
                self._entries.pop(job, None)

    def _holder(self, job: str, now: datetime) -> str:
        holder, until = self._leases.get(job, ("", now))
        return holder if until > now else ""
