"""What both entrances do with an event body: hints, submissions, the queue; the unknown is kept for a person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from tasks import layout
from tasks.errors import TransientError
from tasks.messages import SubmissionRef
from tasks.ports.store import Store
from workers.intake.events import ObjectHint, UnknownShapeError, body_to_hints
from workers.intake.resolve import hint_to_ref, is_wanted


class StrangeBucketError(Exception):
    """Every object of this event lies in a bucket that is not our inbox."""


class QueueFullError(TransientError):
    """The queue is as long as it may become; the sender should keep its event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The outside of both entrances. `enqueue` and `queue_length` raise TransientError when the broker refuses."""

    store: Store
    inbox: str
    results: str
    enqueue: Callable[[SubmissionRef], object]
    queue_length: Callable[[], int]
    queue_limit: int

    def receive(self, body: bytes) -> tuple[SubmissionRef, ...] | None:
        """Queue what the body names and return it; None when the shape was unknown and the body was kept.

        Raises TransientError (nothing may be lost: let the sender repeat it) and StrangeBucketError.
        """
        try:
            hints = body_to_hints(body)
        except UnknownShapeError:
            self._keep(body)
            return None
        return self._queue(self._ours(hints))

    def _ours(self, hints: tuple[ObjectHint, ...]) -> tuple[ObjectHint, ...]:
        ours = tuple(hint for hint in hints if hint.bucket == self.inbox)
        if hints and not ours:
            raise StrangeBucketError(hints[0].bucket)
        return tuple(hint for hint in ours if is_wanted(hint))

    def _queue(self, hints: tuple[ObjectHint, ...]) -> tuple[SubmissionRef, ...]:
        if hints and self.queue_length() >= self.queue_limit:
            raise QueueFullError
        refs = tuple(ref for hint in hints if (ref := hint_to_ref(self.store, hint)) is not None)
        for ref in refs:
            self.enqueue(ref)
        return refs

    def _keep(self, body: bytes) -> None:
        name = f"{layout.EVENTS}{hashlib.sha256(body).hexdigest()}.json"
        self.store.put_new(self.results, name, body, "application/octet-stream")
