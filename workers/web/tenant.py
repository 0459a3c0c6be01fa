"""What one person may know of everything: every question about documents goes through here, and only here (S27).

A person sees the folders of the inbox that the users' file names. Whatever lies elsewhere is as if it were not there:
it is in no list, no count, no stream, and its address does not exist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import msgspec
from starlette.requests import HTTPConnection

from tasks import deliveries
from tasks.delivery import Delivery, DeliveryState
from tasks.ports.ledger import ENDS, Change, Entry, Heartbeat, Query, State
from workers.people.person import Person
from workers.web.session import person_of
from workers.web.site import Site, site_of
from workers.web.tally import EVERYTHING, SEVERITIES, Tally, entry_to_year

MAX_KNOWN = 20_000
"""So many jobs' keys are remembered for one live page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted over the documents of some folders."""

    states: dict[State, int]
    ended: tuple[tuple[datetime, State], ...]
    severities: dict[str, int]
    codes: dict[int, dict[str, int]]


class Tenant:
    """One person's view of ledger and deliveries."""

    def __init__(self, site: Site, person: Person, tally: Tally) -> None:
        self._context = site.context
        self._ledger = site.context.ledger
        self._tally = tally
        self._keys: dict[str, str] = {}
        self.person = person

    def entry(self, job: str) -> Entry | None:
        """What is known of this job; None for a foreign one."""
        found = self._ledger.entry(job)
        return found if found and self.person.sees(found.ref.key) else None

    def entries(self, query: Query) -> tuple[tuple[Entry, ...], int]:
        """One page of this person's entries, and how many there are."""
        return self._ledger.entries(msgspec.structs.replace(query, within=self.person.prefixes))

    def counts(self) -> dict[State, int]:
        """How many of this person's documents stand in each state."""
        return self._ledger.counts() if self.person.sees_everything else self._figures.states

    def finished_between(self, start: datetime, end: datetime) -> tuple[tuple[datetime, State], ...]:
        """When this person's documents ended in this span; ordered by time."""
        if self.person.sees_everything:
            return self._ledger.finished_between(start, end)
        return tuple((at, state) for at, state in self._figures.ended if start <= at < end)

    def by_severity(self) -> dict[str, int]:
        """Reports with at least one finding of each severity that the first page tells."""
        return self._tally.by_severity(self._ledger) if self.person.sees_everything else self._figures.severities

    def by_code(self, year: int) -> dict[str, int]:
        """For each code, in how many reports received this year it was found."""
        if self.person.sees_everything:
            return self._tally.by_code(self._ledger, year)
        return self._figures.codes.get(year, {})

    def heartbeats(self) -> tuple[Heartbeat, ...]:
        """The processes; what they did last counts everybody's documents, and is told to those who see them all."""
        beats = self._ledger.heartbeats()
        if self.person.sees_everything:
            return beats
        return tuple(msgspec.structs.replace(beat, note="") for beat in beats)

    def changes(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Those of this person's documents."""
        if self.person.sees_everything:
            return changes
        return tuple(change for change in changes if self.person.sees(self._key(change.job)))

    def sees_job(self, job: str) -> bool:
        """May this person ask for this job? To one who sees everything also what the ledger has forgotten is open."""
        return self.person.sees_everything or self.entry(job) is not None

    def sees_delivery(self, delivery_id: str) -> bool:
        """May this person ask for this delivery?"""
        if self.person.sees_everything:
            return True
        found = deliveries.find(self._context, delivery_id)
        return found is not None and self._sees(found)

    def delivery_ids(self, ids: Iterable[str]) -> list[str]:
        """Those of them that this person may ask for."""
        return [delivery_id for delivery_id in ids if self.sees_delivery(delivery_id)]

    def deliveries(
        self, *, endpoint: str | None, state: DeliveryState | None, offset: int, limit: int
    ) -> tuple[tuple[Delivery, ...], bool]:
        """Deliveries newest first, and whether there are more."""
        wanted = None if self.person.sees_everything else self._sees
        return deliveries.page(self._context, endpoint=endpoint, state=state, offset=offset, limit=limit, wanted=wanted)

    def _sees(self, delivery: Delivery) -> bool:
        return self.sees_job(delivery.job)

    def _key(self, job: str) -> str:
        """The inbox key of a job, which never changes. Of an unknown one a key that nobody's folder begins."""
        if job not in self._keys:
            entry = self._ledger.entry(job)
            if entry is None:
                return ""
            if len(self._keys) >= MAX_KNOWN:
                self._keys.clear()
            self._keys[job] = entry.ref.key
        return self._keys[job]

    @cached_property
    def _figures(self) -> Figures:
        prefixes = self.person.prefixes
        return self._tally.patient(f"folders {prefixes!r}", lambda: entries_to_figures(self._everything()))

    def _everything(self) -> tuple[Entry, ...]:
        return self.entries(Query(limit=EVERYTHING))[0]


def entries_to_figures(entries: tuple[Entry, ...]) -> Figures:
    """One pass over the documents of some folders."""
    states = Counter(entry.state for entry in entries)
    codes: dict[int, Counter[str]] = {}
    for entry in entries:
        codes.setdefault(entry_to_year(entry), Counter()).update(tuple(entry.codes))
    return Figures(
        states={state: states[state] for state in State},
        ended=tuple(sorted((e.finished, e.state) for e in entries if e.finished is not None and e.state in ENDS)),
        severities={name: sum(1 for e in entries if e.counts.get(name, 0) > 0) for name in SEVERITIES},
        codes={year: dict(found) for year, found in codes.items()},
    )


def tenant_of(request: HTTPConnection) -> Tenant:
    """The view of whoever is signed in. Raises LookupError for nobody: no page may be reached without a person."""
    person = person_of(request)
    if person is None:
        msg = "a question about documents without a person"
        raise LookupError(msg)
    return Tenant(site_of(request), person, request.app.state.tally)
