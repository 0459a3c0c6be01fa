"""notify: tell the receivers of one job's end at once. What fails waits in the outbox; nothing else notices."""

from __future__ import annotations

from datetime import timedelta

from tasks import deliveries
from tasks.context import Context
from tasks.events import job_to_prefix
from tasks.outbox import HEAD_START, PATIENCE_SECONDS, deliver_each

LIMIT = 50
SECONDS = timedelta(seconds=60)
ROUNDED_UP = timedelta(seconds=1)
"""A name tells the due time in whole seconds, rounded up: what was written this very second is meant too."""


def notify(context: Context, job: str) -> int:
    """Deliver what waits for this job and was not yet tried, or is due again; how many were tried.

    A receiver that failed last time is left to the sweep, and none is waited for: one that is down delays no other.
    """
    now = context.clock()
    waiting = deliveries.waiting(context, job_to_prefix(job))
    soon = now + HEAD_START + ROUNDED_UP
    due = tuple(one for one in waiting if one.due <= soon)
    return deliver_each(context, due, LIMIT, now + SECONDS, PATIENCE_SECONDS)
