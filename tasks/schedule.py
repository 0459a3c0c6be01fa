"""When a delivery is tried again: the schedule of Standard Webhooks, with a jitter that the delivery's id decides."""

from __future__ import annotations

import hashlib
from datetime import timedelta

DELAYS = (0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""Seconds before each attempt, counted from the one before: 0, 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h."""

ATTEMPTS = len(DELAYS)
WHOLE = timedelta(seconds=sum(DELAYS))
"""75 h 35 min: how long a delivery is tried."""

JITTER = 0.2
MAX_RETRY_AFTER = DELAYS[-1]
"""A receiver may ask for a day's patience, not for more."""

RETRY_AFTER_STATUSES = (429, 502, 503, 504)


def delay_before(delivery_id: str, attempt: int) -> timedelta:
    """The wait before attempt number `attempt` (from 1), within ±20 % of the schedule; always the same for one id."""
    digest = hashlib.sha256(f"{delivery_id}:{attempt}".encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    return timedelta(seconds=DELAYS[attempt - 1] * (1 - JITTER + 2 * JITTER * share))


def patience(status: int | None, retry_after: int | None) -> timedelta:
    """What the receiver asked for by Retry-After, where the status gives it a meaning; else nothing."""
    if status not in RETRY_AFTER_STATUSES or not retry_after or retry_after < 0:
        return timedelta()
    return timedelta(seconds=min(retry_after, MAX_RETRY_AFTER))
