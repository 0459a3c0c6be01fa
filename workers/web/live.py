"""The live stream: one reader of the ledger's changes a process, fanned out to every open page.

However many pages are open, the ledger is asked once. What comes faster than people read is sent in batches.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

from tasks.errors import TransientError
from tasks.ports.ledger import Change, State
from workers.web.present.words import UNDER_WAY
from workers.web.site import Site

WAIT_SECONDS = 1.0
"""How long one question to the ledger waits for news; also how long stopping takes at most."""

PAUSE_SECONDS = 0.3
"""The least time between two batches."""

KEPT = 2000
"""Changes kept for pages that come back after a break."""

KEEP_ALIVE_SECONDS = 20.0
SAMPLE_EVERY = timedelta(minutes=1)
SAMPLES = 60

log = logging.getLogger(__name__)


class Live:
    """Follows the ledger from `start` to `stop`; pages subscribe. Keeps the last hour's counts, minute by minute."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: deque[Change] = deque(maxlen=KEPT)
        self._news = asyncio.Condition()
        self._total = 0
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self.samples: deque[tuple[datetime, dict[State, int]]] = deque(maxlen=SAMPLES)

    def start(self) -> None:
        """Begin to follow."""
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End the stream of every page, then our own reading."""
        self._stopped = True
        async with self._news:
            self._news.notify_all()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self) -> None:
        after = ""
        while not self._stopped:
            try:
                after = after or await asyncio.to_thread(self._site.context.ledger.position)
                await self._sample()
                changes = await asyncio.to_thread(self._site.context.ledger.changes, after, WAIT_SECONDS)
            except TransientError:
                log.warning("台账没有应答，页面暂不更新")
                await asyncio.sleep(WAIT_SECONDS)
                continue
            if changes:
                after = changes[-1].id
                await self._publish(changes)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _sample(self) -> None:
        now = self._site.context.clock()
        if not self.samples or now - self.samples[-1][0] >= SAMPLE_EVERY:
            self.samples.append((now, await asyncio.to_thread(self._site.context.ledger.counts)))

    async def _publish(self, changes: tuple[Change, ...]) -> None:
        async with self._news:
            self._kept.extend(changes)
            self._total += len(changes)
            self._news.notify_all()

    async def stream(
        self,
        last_id: str,
        seen_of: Callable[[tuple[Change, ...]], tuple[Change, ...]] = tuple,
        is_welcome: Callable[[], bool] = lambda: True,
    ) -> AsyncIterator[str]:
        """Server-sent events for one page: `moved` with [[job, state], …]; `resync` when too much was missed.

        `seen_of` leaves of some changes what this person may know; the stream ends when nobody `is_welcome` any more.
        """
        yield "retry: 2000\n\n"
        seen = self._total
        if last_id:
            missed = self._missed(last_id)
            yield _event("resync", [], "") if missed is None else _moved(await asyncio.to_thread(seen_of, missed))
        while not self._stopped:
            changes = await self._next(seen)
            seen = self._total
            if not await asyncio.to_thread(is_welcome):
                return
            told = await asyncio.to_thread(seen_of, changes)
            yield _moved(told) if told else ": still here\n\n"

    def _missed(self, last_id: str) -> tuple[Change, ...] | None:
        """What came after this id; None if it is no longer known."""
        kept = tuple(self._kept)
        position = next((i for i, change in enumerate(kept) if change.id == last_id), None)
        return None if position is None else kept[position + 1 :]

    async def _next(self, seen: int) -> tuple[Change, ...]:
        async with self._news:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(
                    self._news.wait_for(lambda: self._total > seen or self._stopped), KEEP_ALIVE_SECONDS
                )
            fresh = min(self._total - seen, len(self._kept))
            return tuple(self._kept)[len(self._kept) - fresh :]


BEGINNING = (State.QUEUED, State.EXTRACT)
"""By these a page knows that a report is new to it: one that passed through all states at once must not lack them."""


def _moved(changes: tuple[Change, ...]) -> str:
    """The newest state of each job, and before it the one with which a job began among these."""
    if not changes:
        return ": nothing missed\n\n"
    began = {change.job: change.state.value for change in reversed(changes) if change.state in BEGINNING}
    newest = {change.job: change.state.value for change in changes}
    told = [[job, state] for job, state in newest.items() for state in dict.fromkeys((began.get(job, state), state))]
    return _event("moved", told, changes[-1].id)


def _event(name: str, data: list[list[str]], event_id: str) -> str:
    number = f"id: {event_id}\n" if event_id else ""
    return f"{number}event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"


def samples_to_trend(
    samples: tuple[tuple[datetime, dict[State, int]], ...], states: tuple[State, ...]
) -> tuple[int, ...]:
    """The sum over these states at each sample, oldest first."""
    return tuple(sum(counts.get(state, 0) for state in states) for _, counts in samples)


WAITING = (State.QUEUED,)
WORKING = UNDER_WAY
