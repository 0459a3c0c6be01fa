"""Attempts at reading, written before and after each one, so that a document that kills workers is found out.

Limits of CPU and memory do not depend on what else the machine does: such a document is quarantined at once. A child
that crashed, or took too long by the clock, may have been unlucky: it is tried again, three times in all. An attempt
without an end means that the whole process died, which happens to innocent documents too when workers are killed:
from the third such death on the document runs through the `retry` queue, and after the tenth it is quarantined.
"""

from __future__ import annotations

import msgspec

from parsers import reader_digest
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json
from tasks import layout
from tasks.context import Context
from tasks.counting import count
from tasks.errors import AgainError
from tasks.kept import read_kept
from tasks.ports.ledger import Tally
from tasks.records import Attempt, End

MEASURED_CODES = ("LIMIT_CPU", "LIMIT_MEMORY", "LIMIT_TIME", "CHILD_CRASHED", "BAD_CHILD")
"""The child hit a limit or died: measured, not said by it."""

TRY_AGAIN_CODES = ("LIMIT_TIME", "CHILD_CRASHED")

MOST_MEASURED = 3
ALONE_FROM = 3
SUSPECT_FROM = 10
JSON = "application/json"

UNATTRIBUTED = "unattributed"
"""How an attempt without an end is counted, when the next one begins."""


def counting(context: Context, job: str) -> tuple[Attempt, ...]:
    """The attempts that count: by these readers, since an operator last forgave."""
    return _counting(_all(context, job))


def _counting(known: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    since: list[Attempt] = []
    for attempt in known:
        since = [] if attempt.end is End.FORGIVEN else [*since, attempt]
    return tuple(attempt for attempt in since if attempt.reader_digest == reader_digest())


def _all(context: Context, job: str) -> tuple[Attempt, ...]:
    """Every attempt, in order."""
    listed = context.store.walk(context.results, f"{layout.ATTEMPTS}{job}/")
    found = (read_kept(context, stored.key, Attempt) for stored in listed)
    return tuple(attempt for attempt in found if attempt is not None)


def begin(context: Context, job: str, *, alone: bool) -> Attempt:
    """Write down that reading begins. Raises DocumentError for a suspect, AgainError for what must run apart."""
    known = _all(context, job)
    deaths = sum(attempt.end is None for attempt in _counting(known))
    if known and known[-1].end is None:
        count(context.ledger, Tally.ATTEMPTS, UNATTRIBUTED)
    if deaths >= SUSPECT_FROM:
        raise DocumentError(
            "SUSPECT",
            f"读取这个文件时工作进程先后 {deaths} 次意外终止，已停止尝试。",
            "请检查文件是否损坏；确认无误后可在看板上重试。",
        )
    if deaths >= ALONE_FROM and not alone:
        raise AgainError(job)
    attempt = Attempt(
        job=job,
        number=max((found.number for found in known), default=0) + 1,
        reader_digest=reader_digest(),
        worker=context.worker,
        started=context.clock(),
    )
    _write(context, attempt)
    return attempt


def finish(context: Context, attempt: Attempt, end: End, code: str | None = None) -> None:
    """Write down how it ended."""
    count(context.ledger, Tally.ATTEMPTS, end.value)
    _write(context, msgspec.structs.replace(attempt, ended=context.clock(), end=end, code=code))


def forgive(context: Context, job: str) -> None:
    """An operator's retry: what came before no longer counts, and stays readable."""
    now = context.clock()
    number = max((found.number for found in _all(context, job)), default=0) + 1
    forgiven = Attempt(
        job=job,
        number=number,
        reader_digest=reader_digest(),
        worker=context.worker,
        started=now,
        ended=now,
        end=End.FORGIVEN,
    )
    _write(context, forgiven)


def may_try_again(context: Context, job: str, error: DocumentError) -> bool:
    """Whether this end may have been bad luck, and the document has luck left."""
    if error.code not in TRY_AGAIN_CODES:
        return False
    return sum(attempt.end is End.MEASURED for attempt in counting(context, job)) < MOST_MEASURED


def _write(context: Context, attempt: Attempt) -> None:
    key = layout.attempt(attempt.job, attempt.number)
    context.store.put(context.results, key, value_to_json(attempt), JSON)
