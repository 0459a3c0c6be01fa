"""What operators do: retry, reprocess, redeliver. Dashboard and command line call the same; each deed has its line.

Nothing is deleted but the claim of a quarantine: attempts, files of earlier judges, histories of deliveries stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from tasks import deliveries, layout, outbox
from tasks.context import Context
from tasks.delivery import Delivery, DeliveryState
from tasks.finished import current, terminal
from tasks.messages import SubmissionRef
from tasks.records import Done, Quarantine, Terminal
from workers import audit

RETRY = "retry"
REPROCESS = "judge_again"
REDELIVER = "redeliver"
REQUEUE = "requeue"
_JOB = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever acts: `who` stands in the audit; `again` brings a submission back to work.

    Its methods raise TransientError; what was done until then has its lines.
    """

    context: Context
    who: str
    again: Callable[[SubmissionRef], None]

    def retry(self, ref: SubmissionRef, before: str) -> None:
        """A new chance for what is quarantined; `before` is its reason code."""
        audit.note(self.context, self.who, RETRY, ref.job, before=before, after="queued")
        self.again(ref)

    def reprocess(self, ref: SubmissionRef, before: str) -> None:
        """Read and judge once more what is finished; `before` is the digest of its judge, whose files stay."""
        audit.note(self.context, self.who, REPROCESS, ref.job, before=before, after=self.context.judge.digest)
        self.again(ref)

    def redeliver(self, delivery_id: str) -> Delivery | None:
        """Send once more, now, under the same id; None if no such delivery is known."""
        before = deliveries.find(self.context, delivery_id)
        if before is None:
            return None
        complete = audit.note(self.context, self.who, REDELIVER, delivery_id, before=delivery_to_words(before))
        after = outbox.redeliver(self.context, delivery_id)
        complete(delivery_to_words(after) if after else "")
        return after

    def requeue(self, delivery_ids: Iterable[str]) -> int:
        """Let settled deliveries wait for the sweep from the start of the schedule, same ids; how many there were."""
        return sum(self._requeue(delivery_id) for delivery_id in delivery_ids)

    def _requeue(self, delivery_id: str) -> int:
        before = deliveries.find(self.context, delivery_id)
        if before is None or before.state is DeliveryState.PENDING:
            return 0
        after = DeliveryState.PENDING.value
        audit.note(self.context, self.who, REQUEUE, delivery_id, before=delivery_to_words(before), after=after)
        return outbox.requeue(self.context, (delivery_id,))


def delivery_to_words(delivery: Delivery) -> str:
    """`dead, 10 sendings, 503`: how it stands, how often it was sent, and what came back last."""
    last = delivery.sendings[-1].status if delivery.sendings else None
    return ", ".join((delivery.state.value, f"{len(delivery.sendings)} sendings", str(last or "-")))


def name_to_terminal(context: Context, name: str) -> Terminal | None:
    """The end of the submission of this name: its job, or the key of an upload (then that which people see)."""
    found = terminal(context, name) if _is_job(name) else None
    shown = None if found else current(context, name)
    return found or (terminal(context, shown.job) if shown else None)


def ends_under(context: Context, prefix: str, judge: str = "") -> Iterator[Done]:
    """What is finished and shown to people, of keys with this prefix, by judges whose digest begins so.

    A ZIP is left out: its members are found by themselves.
    """
    for stored in context.store.walk(context.results, layout.SUBMISSIONS):
        job, _, name = stored.key.removeprefix(layout.SUBMISSIONS).partition("/")
        end = terminal(context, job) if name == layout.DONE else None
        if isinstance(end, Done) and _is_meant(end, prefix, judge) and _is_shown(context, end):
            yield end


def quarantined(end: Terminal | None) -> Quarantine | None:
    """The quarantine, if that is what this is."""
    return end if isinstance(end, Quarantine) else None


def deliveries_between(
    context: Context, endpoint: str | None, start: datetime | None, end: datetime | None, *, only_dead: bool = False
) -> tuple[str, ...]:
    """The ids of what was settled from `start` until before `end`, for one endpoint or any, in the order of time."""
    receiver = None if endpoint is None else deliveries.name_to_receiver(endpoint)
    found = (
        line.id
        for line in deliveries.settled(context)
        if (receiver is None or line.receiver == receiver)
        and (start is None or line.at >= start)
        and (end is None or line.at < end)
        and (not only_dead or line.state is DeliveryState.DEAD)
    )
    return tuple(reversed(list(dict.fromkeys(found))))


def _is_meant(end: Done, prefix: str, judge: str) -> bool:
    return end.ref.key.startswith(prefix) and end.judge_digest.startswith(judge) and not end.is_container


def _is_shown(context: Context, end: Done) -> bool:
    shown = current(context, end.ref.key)
    return shown is not None and shown.job == end.job


def _is_job(name: str) -> bool:
    return _JOB.fullmatch(name) is not None


def chosen(context: Context, names: Iterable[str], prefix: str | None, judge: str) -> Iterator[tuple[str, Done | None]]:
    """What is to be reprocessed: each name with its finished submission (None: there is none), then all that match."""
    named = ((name, _done(name_to_terminal(context, name))) for name in names)
    matching = ends_under(context, prefix or "", judge) if prefix is not None or judge else ()
    yield from chain(named, ((end.ref.key, end) for end in matching))


def _done(end: Terminal | None) -> Done | None:
    return end if isinstance(end, Done) else None
