"""notify: tell the receivers of one job's end at once. What fails waits in the outbox; nothing else notices."""

from __future__ import annotations

from datetime import timedelta

from tasks import deliveries
from tasks.context import Context
from tasks.events import job_to_prefix
from tasks.outbox import HEAD_START, deliver_each

LIMIT = 50
SECONDS = timedelta(seconds=60)


def notify(context: Context, job: str) -> int:
    """Deliver what waits for this job and was not yet tried, or is due again; how many were tried."""
    now = context.clock()
    waiting = deliveries.waiting(context, job_to_prefix(job))
    due = tuple(one for one in waiting if one.due <= now + HEAD_START)
    return deliver_each(context, due, LIMIT, now + SECONDS)
