"""/metrics and /healthz: figures asked of the ledger, the broker and the outbox when somebody looks.

Nothing is counted in a process: workers fork and end. What cannot be asked is left out, and its source shows as down.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import redis
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tasks import deliveries
from tasks.celery_tasks import QUEUES
from tasks.context import Context
from tasks.errors import TransientError
from tasks.outbox import endpoint_states
from tasks.ports.ledger import ENDS, Query, State, Tally
from workers.celery_app import KEY_PREFIX

_TALLIES = (
    (Tally.SWEPT, "gouji_swept", "Submissions that the sweep had to send: untold by any event, or lost", "reason"),
    (Tally.ATTEMPTS, "gouji_attempts", "Attempts at reading by how they ended", "end"),
    (Tally.QUARANTINED, "gouji_quarantined", "Documents that were quarantined by reason code", "code"),
    (Tally.RECEIVED, "gouji_messages", "Messages that workers received: new, or redelivered", "kind"),
    (Tally.WATCHDOG, "gouji_watchdog_exits", "Workers that their watchdog ended", "reason"),
)
"""What adds up over all processes: the figure, its name, its text, the name of its label."""

_UNACKED = "unacked"
_PROBE = "_health"


def render_metrics(context: Context, client: redis.Redis) -> bytes:
    """Everything in the text form of Prometheus. `client` is the broker's Redis."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(context, client))
    return generate_latest(registry)


def health(context: Context) -> tuple[str, ...]:
    """What keeps this process from working, a Chinese sentence each; () if nothing does."""
    return tuple(_troubles(context))


class _Figures(Collector):
    def __init__(self, context: Context, client: redis.Redis) -> None:
        self._context = context
        self._client = client

    def collect(self) -> Iterable[Metric]:
        """Each source by itself: one that is down hides only its own figures."""
        up = GaugeMetricFamily("gouji_source_up", "1 if the source of these figures answers", labels=["source"])
        for name, ask in self._sources():
            try:
                found = tuple(ask())
            except (TransientError, redis.RedisError):
                up.add_metric([name], 0)
                continue
            up.add_metric([name], 1)
            yield from found
        yield up

    def _sources(self) -> tuple[tuple[str, Callable[[], Iterator[Metric]]], ...]:
        return (
            ("ledger", lambda: ledger_figures(self._context)),
            ("tallies", lambda: tallied_figures(self._context)),
            ("outbox", lambda: outbox_figures(self._context)),
            ("broker", lambda: broker_figures(self._client)),
        )


def ledger_figures(context: Context) -> Iterator[Metric]:
    """Submissions by state, the oldest that waits, the processes."""
    now = context.clock()
    states = GaugeMetricFamily("gouji_submissions", "Submissions by state", labels=["state"])
    for state, count in sorted(context.ledger.counts().items()):
        states.add_metric([state.value], count)
    yield states
    oldest = oldest_pending(context)
    age = (now - oldest).total_seconds() if oldest else 0
    yield _gauge("gouji_oldest_pending_seconds", "Age of the oldest submission that has no end yet", age)
    beats = context.ledger.heartbeats()
    processes = GaugeMetricFamily("gouji_processes", "Processes heard of in the last two minutes", labels=["process"])
    for process, count in sorted(Counter(beat.process for beat in beats).items()):
        processes.add_metric([process], count)
    yield processes
    silence = GaugeMetricFamily(
        "gouji_heartbeat_age_seconds", "Since a process was last heard of", labels=["process", "instance"]
    )
    for beat in beats:
        silence.add_metric([beat.process, beat.instance], (now - beat.at).total_seconds())
    yield silence


def tallied_figures(context: Context) -> Iterator[Metric]:
    """What adds up, by label."""
    for tally, name, text, label in _TALLIES:
        family = CounterMetricFamily(name, text, labels=[label])
        for value, number in context.ledger.tallied(tally).items():
            family.add_metric([value], number)
        yield family


def oldest_pending(context: Context) -> datetime | None:
    """When the oldest submission that has no end yet was received."""
    under_way = (state for state in State if state not in ENDS)
    pages = (context.ledger.entries(Query(state=state, sort="received", limit=1))[0] for state in under_way)
    return min((entry.received for page in pages for entry in page), default=None)


def outbox_figures(context: Context) -> Iterator[Metric]:
    """Deliveries that wait and dead letters, by receiver; how the receivers are doing."""
    now = context.clock()
    waiting = tuple(deliveries.waiting(context))
    names = {deliveries.name_to_receiver(endpoint.name): endpoint.name for endpoint in context.endpoints}
    found = GaugeMetricFamily("gouji_deliveries_pending", "Deliveries that wait", labels=["receiver"])
    for receiver, count in sorted(Counter(one.receiver for one in waiting).items()):
        found.add_metric([names.get(receiver, receiver)], count)
    yield found
    yield _gauge("gouji_dead_letters", "Deliveries that were given up", deliveries.count_dead(context))
    late = max(((now - one.due).total_seconds() for one in waiting), default=0)
    yield _gauge("gouji_delivery_overdue_seconds", "How late the latest delivery is", max(0, late))
    failures = GaugeMetricFamily("gouji_receiver_failures", "Failures in a row", labels=["receiver"])
    closed = GaugeMetricFamily("gouji_receiver_closed", "1 if nothing is sent there at present", labels=["receiver"])
    for endpoint, receiver_state in endpoint_states(context):
        failures.add_metric([endpoint.name], receiver_state.failures)
        closed.add_metric([endpoint.name], receiver_state.disabled or receiver_state.is_paused(now))
    yield failures
    yield closed


def broker_figures(client: redis.Redis) -> Iterator[Metric]:
    """The queues' lengths, what workers hold, how Redis is doing, and how far its clock is from ours."""
    pipe = client.pipeline(transaction=False)
    for queue in QUEUES:
        pipe.llen(f"{KEY_PREFIX}{queue}")
    pipe.hlen(f"{KEY_PREFIX}{_UNACKED}")
    pipe.time()
    *lengths, unacked, (seconds, micros) = pipe.execute()
    queues = GaugeMetricFamily("gouji_queue_length", "Messages that wait", labels=["queue"])
    for queue, length in zip(QUEUES, lengths, strict=True):
        queues.add_metric([queue], length)
    yield queues
    yield _gauge("gouji_queue_unacked", "Messages that workers hold", unacked)
    skew = time.time() - (seconds + micros / 1e6)
    yield _gauge("gouji_clock_skew_seconds", "How far this machine is ahead of Redis", skew)
    yield from _redis_facts(client)


def _redis_facts(client: redis.Redis) -> Iterator[Metric]:
    try:
        stats: Mapping[str, Any] = client.info("all")
    except redis.exceptions.NoPermissionError:
        return  # INFO is not for every role
    is_safe = stats.get("aof_enabled") == 1 and stats.get("aof_last_write_status", "ok") == "ok"
    yield _gauge("gouji_redis_aof_ok", "1 if Redis keeps a log of writes and its last write went well", is_safe)
    for name, text in (("used_memory", "Bytes that Redis uses"), ("maxmemory", "Bytes that Redis may use; 0: any")):
        yield _gauge(f"gouji_redis_{name}_bytes", text, int(stats.get(name, 0)))
    for name, text in (("evicted_keys", "Keys that Redis threw away"), ("rejected_connections", "Clients refused")):
        yield CounterMetricFamily(f"gouji_redis_{name}", text, value=int(stats.get(name, 0)))


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _troubles(context: Context) -> Iterator[str]:
    try:
        context.ledger.heartbeats()
    except TransientError:
        yield "Redis 暂时没有应答。"
    try:
        context.store.head(context.results, _PROBE)
    except TransientError:
        yield "对象存储暂时没有应答。"
