"""The Celery tasks: a message becomes a reference, the stage does the work, nothing is returned but the state's name.

Names are never changed in one release, unknown arguments are tolerated (reliability F7). No task raises for a bad
document or for the outside being down: the sweep brings back what has no terminal marker.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from celery import Task, shared_task

from tasks.across import across, across_lease
from tasks.context import Context
from tasks.errors import AgainError, OfficeError, TransientError
from tasks.lease import held
from tasks.messages import Reach, SubmissionRef
from tasks.notify import notify
from tasks.pipeline import process, rerun
from tasks.ports.ledger import State

PROCESS = "gouji.process"
EXTRACT = "gouji.extract"
NOTIFY = "gouji.notify"
ACROSS = "gouji.across"

HEAVY = "heavy"
LIGHT = "light"
RETRY = "retry"
OFFICE = "office"
NOTIFY_QUEUE = "notify"
QUEUES = (LIGHT, HEAVY, OFFICE, NOTIFY_QUEUE, RETRY)
"""By need: light computes on what was read, heavy reads, office is for LibreOffice, retry holds suspects."""

PATIENCE = 15
"""Seconds that a re-run waits for whoever has its job, mostly a comparison: no sweep would bring it back."""

LATER = "later"
ELSEWHERE = "elsewhere"

_LOG = logging.getLogger(__name__)
_OPTIONS: dict[str, Any] = {"bind": True, "max_retries": 2, "default_retry_delay": 5}
"""Only for `task_retry_on_worker_lost`: a task whose process died runs three times at most."""


F = TypeVar("F", bound=Callable[..., object])


def _task(name: str) -> Callable[[F], F]:
    """Celery's decorator, with a type."""
    decorator: Callable[[F], F] = shared_task(name=name, **_OPTIONS)
    return decorator


def to_message(ref: SubmissionRef) -> dict[str, Any]:
    """A reference as the JSON of a message."""
    message: dict[str, Any] = msgspec.to_builtins(ref)
    return message


def to_ref(message: dict[str, Any]) -> SubmissionRef:
    """The reference of a message; fields that a newer release added are passed over."""
    known = {name: message[name] for name in SubmissionRef.__struct_fields__ if name in message}
    return msgspec.convert(known, SubmissionRef)


@_task(PROCESS)
def process_task(self: Task, ref: dict[str, Any], alone: bool = False, **more: object) -> str:  # noqa: FBT001, FBT002 - a field of the message
    """The whole way of one submission."""
    return _work(self, ref, more | {"alone": alone}, lambda context, found: process(context, found, alone=alone))


@_task(EXTRACT)
def extract_task(self: Task, ref: dict[str, Any], **more: object) -> str:
    """Read anew, then everything after it."""
    return _work(self, ref, more, lambda context, found: rerun(context, found, State.EXTRACT))


@_task("gouji.classify")
def classify_task(self: Task, ref: dict[str, Any], **more: object) -> str:
    """From the kept document onward."""
    return _work(self, ref, more, lambda context, found: rerun(context, found, State.CLASSIFY))


@_task("gouji.validate")
def validate_task(self: Task, ref: dict[str, Any], **more: object) -> str:
    """From the published report onward, where the judge is the same; else from the kept document."""
    return _work(self, ref, more, lambda context, found: rerun(context, found, State.VALIDATE))


@_task("gouji.publish")
def publish_task(self: Task, ref: dict[str, Any], **more: object) -> str:
    """Index and copy for people of what is published."""
    return _work(self, ref, more, lambda context, found: rerun(context, found, State.PUBLISH))


@_task(NOTIFY)
def notify_task(self: Task, job: str, **_unknown: object) -> int:
    """Send what waits in the outbox for this job; what fails stays there for the sweep."""
    try:
        return notify(self.app.context, job)
    except TransientError as error:
        _LOG.warning("%s 的推送未完成（%s），留待定期核对", job[:12], error)
        return 0


@_task(ACROSS)
def across_task(self: Task, job: str, reach: str = Reach.ALONE, **_unknown: object) -> str:
    """Compare a finished report with its neighbours; what fails stays noted for the sweep."""
    asked = across_lease(job, Reach(reach))
    with _comparisons_after(self.app.context) as context, held(context, job, asked=asked) as mine:
        if not mine:
            return ELSEWHERE
        try:
            return across(context, job, Reach(reach)).value
        except TransientError as error:
            _LOG.warning("%s 的比对未完成（%s），留待定期核对", job[:12], error)
            return LATER


@contextmanager
def _comparisons_after(context: Context) -> Iterator[Context]:
    """Comparisons are sent when the job's lease is given back: an idle worker would find the job taken."""
    sent: list[tuple[str, Reach]] = []
    yield replace(context, enqueue_across=lambda job, reach: sent.append((job, reach)))
    for job, reach in sent:
        context.enqueue_across(job, reach)


def route(name: str) -> str:
    """The queue of a task: bytes are read in heavy, everything else is light."""
    if name == NOTIFY:
        return NOTIFY_QUEUE
    return HEAVY if name in (PROCESS, EXTRACT) else LIGHT


Work = Callable[[Context, SubmissionRef], State]


def _work(task: Task, message: dict[str, Any], more: dict[str, object], work: Work) -> str:
    """Do it here, or send it where it belongs. What came through a queue of its own converts what needs converting."""
    ref = to_ref(message)
    patience = 0 if task.name == PROCESS else PATIENCE
    with _comparisons_after(task.app.context) as context, held(context, ref.job, patience=patience) as mine:
        if not mine:
            return ELSEWHERE
        try:
            return work(context.with_office() if more.get("office") or more.get("alone") else context, ref).value
        except TransientError as error:
            _LOG.warning("%s %s 暂时不能完成（%s），留待定期核对补发", task.name, ref.job[:12], error)
            return LATER
        except AgainError:
            name, sign, queue = PROCESS, "alone", RETRY
        except OfficeError:
            name, sign, queue = task.name, "office", OFFICE
    task.app.send_task(name, kwargs={"ref": message, sign: True}, queue=queue)
    return LATER
