"""T14: many events for ten receivers, one of them dead and others odd, under a clock that the test moves.

`python -m tests.tasks.receivers 2000` prints the result as JSON. One notify worker, which is the worst case, and the
sweep; a receiver that takes long holds its own line, never the clock of another one.
"""

from __future__ import annotations

import json
import math
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import msgspec

from tasks import deliveries, outbox
from tasks.delivery import DeliveryState
from tasks.notify import notify
from tasks.ports.poster import Answer, Endpoint
from tests.tasks.outbox_world import START, World, endpoints, event

HEALTHY = ("h1", "h2", "h3", "h4", "h5")
ODD = ("dead", "broken", "moved", "gone", "busy")
SETTLED = timedelta(days=5)
EVERY = timedelta(seconds=2)
"""Between two events."""

SWEEP = timedelta(seconds=10)
TIMEOUT = 10.0
QUICK = 0.1
LONG = timedelta(minutes=2)
"""Once all events came, the sweep is looked at less often: what waits then waits for hours."""


class Result(msgspec.Struct, kw_only=True):
    """What came out: latencies in seconds of the clock that the test moves."""

    events: int
    deliveries: int
    delivered: int
    dead_letters: int
    unsettled: int
    ids_that_changed: int
    gaps_outside_jitter: int
    healthy_p95: float
    healthy_p95_alone: float
    posts: int


@dataclass
class Trial(World):
    """The world of the outbox, where time passes for the line that waits and for nobody else."""

    odd: bool = True
    spent: threading.local = field(default_factory=threading.local)
    blocked: list[float] = field(default_factory=list)
    arrived: dict[str, datetime] = field(default_factory=dict)
    taken: dict[tuple[str, str], datetime] = field(default_factory=dict)
    attempts: dict[tuple[str, str], list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.poster.answering = self._answer

    def clock(self) -> datetime:
        return self.now + timedelta(seconds=getattr(self.spent, "seconds", 0.0))

    def _answer(self, endpoint: Endpoint, message_id: str, _body: bytes) -> Answer:
        answer, seconds = behave(endpoint.name if self.odd else "h1", self.clock())
        self.spent.seconds = getattr(self.spent, "seconds", 0.0) + seconds
        self.attempts[endpoint.name, message_id].append(self.clock())
        if answer.delivered:
            self.taken.setdefault((endpoint.name, message_id), self.clock())
        return answer

    def line(self, *args: Any, **kwargs: Any) -> int:
        """One receiver's line, with a clock of its own."""
        self.spent.seconds = 0.0
        tried = LINE(*args, **kwargs)
        self.blocked.append(self.spent.seconds)
        self.spent.seconds = 0.0
        return tried


LINE = outbox._deliver_line


def behave(name: str, now: datetime) -> tuple[Answer, float]:
    """What this receiver does now, and how many seconds it takes."""
    since = now - START
    if name == "dead":
        return Answer(status=None, reason="接收端没有及时应答。"), TIMEOUT
    if name == "broken" and since < timedelta(hours=1):
        return Answer(status=500), QUICK
    if name == "moved":
        return Answer(status=301), QUICK
    if name == "gone":
        return Answer(status=410), QUICK
    if name == "busy" and since < timedelta(minutes=5):
        return Answer(status=429, retry_after=30), QUICK
    return Answer(status=204), QUICK


def run(events: int, *, odd: bool) -> Trial:
    """All events come, and everything is settled or the schedule is over."""
    trial = Trial(endpoints=endpoints(*HEALTHY, *ODD), odd=odd)
    with mock.patch.object(outbox, "_deliver_line", trial.line):
        free, swept = START, START
        for number in range(events):
            arrival = START + number * EVERY
            begin = max(arrival, free)
            while swept <= begin:
                swept = max(swept + SWEEP, _sweep(trial, swept))
            trial.now = arrival
            for delivery_id in outbox.write_records(trial.context(), event(number)):
                trial.arrived[delivery_id] = arrival
            trial.now, trial.blocked = begin, []
            notify(trial.context(), event(number).ref.job)
            free = begin + timedelta(seconds=min(outbox.PATIENCE_SECONDS, max(trial.blocked, default=0.0)))
        while any(deliveries.waiting(trial.context())) and swept < START + SETTLED:
            swept = max(swept + LONG, _sweep(trial, swept))
    return trial


def _sweep(trial: Trial, at: datetime) -> datetime:
    """One pass; when it is over."""
    trial.now, trial.blocked = at, []
    outbox.deliver_due(trial.context())
    return at + timedelta(seconds=max(trial.blocked, default=0.0))


def percentile(values: list[float], share: float) -> float:
    """The nearest rank."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def latencies(trial: Trial) -> list[float]:
    """From event to receipt, for the receivers that are well."""
    return [(at - trial.arrived[i]).total_seconds() for (name, i), at in trial.taken.items() if name in HEALTHY]


def trial_to_result(trial: Trial, alone: Trial, events: int) -> Result:
    """Count what is to be shown."""
    states = [found.state for i in trial.arrived if (found := deliveries.find(trial.context(), i))]
    return Result(
        events=events,
        deliveries=len(trial.arrived),
        delivered=states.count(DeliveryState.DELIVERED),
        dead_letters=states.count(DeliveryState.DEAD),
        unsettled=states.count(DeliveryState.PENDING) + len(trial.arrived) - len(states),
        ids_that_changed=sum(i not in trial.arrived for _, i in trial.attempts),
        gaps_outside_jitter=sum(_early(times) for times in trial.attempts.values()),
        healthy_p95=round(percentile(latencies(trial), 0.95), 3),
        healthy_p95_alone=round(percentile(latencies(alone), 0.95), 3),
        posts=sum(len(times) for times in trial.attempts.values()),
    )


def _early(times: list[datetime]) -> int:
    """Attempts that came before the schedule's wait less a fifth: a held receiver may be late, never early."""
    waits = zip(outbox_delays(len(times)), times, times[1:], strict=False)
    return sum((later - earlier).total_seconds() < 0.8 * delay - TIMEOUT for delay, earlier, later in waits)


def outbox_delays(count: int) -> tuple[int, ...]:
    """The schedule's seconds before the second attempt and those after it."""
    from tasks.schedule import DELAYS

    return DELAYS[1:count]


def show(events: int) -> Result:
    """With the odd ones, and with all ten well."""
    return trial_to_result(run(events, odd=True), run(events, odd=False), events)


if __name__ == "__main__":
    print(json.dumps(msgspec.to_builtins(show(int(sys.argv[1]))), indent=1))  # noqa: T201 - the answer
