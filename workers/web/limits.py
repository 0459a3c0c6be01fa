"""How often something may be tried: at most so many times in a minute under one name."""

from __future__ import annotations

import ipaddress
import threading
from collections import deque
from collections.abc import Callable

LOGIN_ATTEMPTS = 5
"""Wrong passwords or tokens a minute, from one address and for one user (S26)."""

BEARER_REQUESTS = 60
"""Requests of programs a minute with one token (S29)."""

WINDOW_SECONDS = 60.0

NETWORK_BITS = 64
"""An IPv6 network has one owner, who has all its addresses."""


class Window:
    """Counts tries under names over the last minute; safe to use from threads."""

    def __init__(self, limit: int, now: Callable[[], float]) -> None:
        self._limit = limit
        self._now = now
        self._tries: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, *names: str) -> bool:
        """Count one try under each of these names, if all of them may still try; else count nothing."""
        with self._lock:
            self._forget_old()
            is_open = all(len(self._tries.get(name, ())) < self._limit for name in names)
            for name in names if is_open else ():
                self._tries.setdefault(name, deque()).append(self._now())
            return is_open

    def give_back(self, *names: str) -> None:
        """The last try under each of these names was a good one: it does not count."""
        with self._lock:
            for name in names:
                if self._tries.get(name):
                    self._tries[name].pop()

    def _forget_old(self) -> None:
        oldest = self._now() - WINDOW_SECONDS
        for name in tuple(self._tries):
            tries = self._tries[name]
            while tries and tries[0] <= oldest:
                tries.popleft()
            if not tries:
                del self._tries[name]


def address_to_source(address: str) -> str:
    """Under which name this address is counted: itself, or its IPv6 network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, NETWORK_BITS), strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004 - IPv6
