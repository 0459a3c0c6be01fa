"""Figures for which the ledger must look at every entry: an answer is kept for as long as it was dear."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from tasks.ports.ledger import Entry, Ledger, Query
from workers.zone import SHANGHAI

SEVERITIES = ("error", "undetermined")

PATIENCE = 20
"""An answer is kept for so many times as long as it took: at once in a small office, seconds with ten thousand."""

T = TypeVar("T")

EVERYTHING = 1_000_000
"""More entries than a ledger is meant for."""


class Tally:
    """The counts, asked anew when the last answer has paid for itself."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Any]] = {}

    def by_severity(self, ledger: Ledger) -> dict[str, int]:
        """Reports with at least one finding of each of SEVERITIES."""
        return self.patient("severity", lambda: severity_counts(ledger))

    def by_code(self, ledger: Ledger, year: int) -> dict[str, int]:
        """For each code, in how many reports received this year it was found."""
        return self.patient(f"code {year}", lambda: code_counts(ledger, year))

    def patient(self, name: str, ask: Callable[[], T]) -> T:
        """The answer to the question of this name: the kept one until it has paid for itself."""
        with self._lock:
            start = self._now()
            until, counts = self._kept.get(name, (start, None))
            if start >= until:
                counts = ask()
                end = self._now()
                self._kept[name] = (end + PATIENCE * (end - start), counts)
            return cast("T", counts)


def severity_counts(ledger: Ledger) -> dict[str, int]:
    """Asked of the ledger, one severity after the other."""
    return {severity: ledger.entries(Query(severity=severity, limit=1))[1] for severity in SEVERITIES}


def code_counts(ledger: Ledger, year: int) -> dict[str, int]:
    """Over everything that was received in this year of Shanghai."""
    entries, _ = ledger.entries(Query(limit=EVERYTHING))
    counts: dict[str, int] = {}
    for entry in entries:
        if entry_to_year(entry) == year:
            for code in entry.codes:
                counts[code] = counts.get(code, 0) + 1
    return counts


def entry_to_year(entry: Entry) -> int:
    """The year of Shanghai in which it was received."""
    return entry.received.astimezone(SHANGHAI).year
