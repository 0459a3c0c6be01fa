"""Leases: they save work, and are never needed for a right result.

A message in the queue holds the lease of its job as `queue`, so that the sweep does not send it twice; a worker at work
holds it in its own name and renews it. Both expire, so a lost message or a dead worker is noticed by the sweep.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.context import Context
from tasks.errors import TransientError

QUEUE_OWNER = "queue"
RENEWALS = 3
"""A lease is renewed so often before it would expire."""

_LOOK_SECONDS = 0.2

_LOG = logging.getLogger(__name__)


@contextmanager
def held(context: Context, job: str, asked: str | None = None, patience: float = 0) -> Iterator[bool]:
    """Hold the job while the block runs; False if another worker has it. Without a ledger the work is done anyway.

    `asked`: under which name the queue holds it, where that is not the job's. `patience`: so many seconds another
    worker is waited for.
    """
    try:
        context.ledger.release(asked or job, QUEUE_OWNER)
        mine = _leased(context, job, patience)
    except TransientError as error:
        _LOG.warning("没有取得租约，照常处理：%s", error)
        yield True
        return
    if not mine:
        yield False
        return
    with _renewed(context, job):
        yield True


def _leased(context: Context, job: str, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while not context.ledger.lease(job, context.worker, context.lease_seconds):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_LOOK_SECONDS)
    return True


@contextmanager
def _renewed(context: Context, job: str) -> Iterator[None]:
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=(context, job, over), daemon=True, name="lease")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        _quietly_release(context, job)


def _renew(context: Context, job: str, over: threading.Event) -> None:
    while not over.wait(context.lease_seconds / RENEWALS):
        try:
            context.ledger.renew(job, context.worker, context.lease_seconds)
        except TransientError as error:
            _LOG.warning("租约没有续上：%s", error)


def _quietly_release(context: Context, job: str) -> None:
    try:
        context.ledger.release(job, context.worker)
    except TransientError as error:
        _LOG.warning("租约没有交还，到期自动失效：%s", error)
