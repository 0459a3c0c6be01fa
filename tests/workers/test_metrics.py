"""What machines are told of how things stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import redis
from prometheus_client.parser import text_string_to_metric_families
from redis.backoff import NoBackoff
from redis.retry import Retry

from tasks.context import Context
from tasks.errors import TransientError
from tasks.events import Event, EventType
from tasks.messages import SubmissionRef
from tasks.notify import notify
from tasks.outbox import write_records
from tasks.pipeline import process
from tasks.ports.ledger import Entry, Heartbeat, State, Tally
from tasks.ports.memory_ledger import MemoryLedger
from tasks.ports.memory_poster import MemoryPoster
from tasks.ports.memory_store import MemoryStore
from tasks.ports.poster import Answer, Endpoint
from tasks.ports.store import StoredObject
from tests.tasks.worlds import make_world
from workers.celery_app import make_app
from workers.metrics import health, render_metrics

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
AWAY = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2, retry=Retry(NoBackoff(), 0))


def clock() -> datetime:
    return NOW


def context() -> Context:
    return Context(
        store=MemoryStore(clock=clock),
        ledger=MemoryLedger(clock=clock),
        poster=MemoryPoster(answering=lambda endpoint, _i, _b: Answer(status=410 if endpoint.name == "gone" else 500)),
        read=lambda _data: pytest.fail("no document is read here"),
        reread=lambda _data: pytest.fail("no document is read here"),
        member=lambda _data, _name: pytest.fail("no document is read here"),
        render=lambda _data, _order: pytest.fail("nothing is drawn here"),
        inbox="inbox",
        results="results",
        endpoints=tuple(Endpoint(name=n, url=f"https://{n}.example", secrets=("whsec_eHh4",)) for n in ("gone", "bad")),
        clock=clock,
        worker="test",
        link=lambda job: job,
        enqueue_notify=lambda _job: None,
        enqueue=lambda _ref: None,
        enqueue_across=lambda _job, _reach: None,
    )


def ref(number: int) -> SubmissionRef:
    return SubmissionRef(bucket="inbox", key=f"{number}.pdf", etag="e", size=number)


def entry(number: int, state: State, minutes: int) -> Entry:
    return Entry(job=ref(number).job, ref=ref(number), state=state, received=NOW - timedelta(minutes=minutes))


def figures(text: bytes) -> dict[str, float]:
    families = text_string_to_metric_families(text.decode())
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_submissions_are_counted_by_state_and_the_oldest_without_an_end_is_told() -> None:
    made = context()
    for number, (state, minutes) in enumerate([(State.DONE, 90), (State.QUEUED, 3), (State.EXTRACT, 7)]):
        made.ledger.record(entry(number, state, minutes))
    found = figures(render_metrics(made, AWAY))
    assert (found["gouji_submissions done"], found["gouji_submissions queued"]) == (1, 1)
    assert found["gouji_oldest_pending_seconds"] == 420


def test_with_nothing_waiting_the_oldest_is_zero() -> None:
    assert figures(render_metrics(context(), AWAY))["gouji_oldest_pending_seconds"] == 0


def test_processes_are_told_with_the_age_of_their_last_sign_of_life() -> None:
    made = context()
    at = NOW - timedelta(seconds=30)
    made.ledger.beat(Heartbeat(process="sweep", instance="host:1", at=at, started=at, version="0"))
    found = figures(render_metrics(made, AWAY))
    assert (found["gouji_processes sweep"], found["gouji_heartbeat_age_seconds host:1 sweep"]) == (1, 30)


def test_waiting_deliveries_dead_letters_and_closed_receivers_are_told() -> None:
    made = context()
    write_records(made, Event(type=EventType.COMPLETED, ref=ref(1), outcome="o", marker="m", at=NOW))
    notify(made, ref(1).job)
    found = figures(render_metrics(made, AWAY))
    names = (
        "gouji_deliveries_pending bad",
        "gouji_dead_letters",
        "gouji_receiver_closed gone",
        "gouji_receiver_closed bad",
    )
    assert [found[name] for name in names] == [1, 1, 1, 0]


def test_a_broker_that_is_away_hides_only_its_own_figures() -> None:
    found = figures(render_metrics(context(), AWAY))
    up = {name: value for name, value in found.items() if name.startswith("gouji_source_up")}
    assert up == {
        "gouji_source_up ledger": 1,
        "gouji_source_up tallies": 1,
        "gouji_source_up outbox": 1,
        "gouji_source_up broker": 0,
    }


@pytest.mark.parametrize(
    ("tally", "label", "name"),
    [
        (Tally.SWEPT, "lost", "gouji_swept_total"),
        (Tally.ATTEMPTS, "measured", "gouji_attempts_total"),
        (Tally.QUARANTINED, "LIMIT_CPU", "gouji_quarantined_total"),
        (Tally.RECEIVED, "redelivered", "gouji_messages_total"),
        (Tally.WATCHDOG, "deaf", "gouji_watchdog_exits_total"),
    ],
)
def test_what_adds_up_is_told_by_label(tally: Tally, label: str, name: str) -> None:
    made = context()
    made.ledger.count(tally, label, 2)
    made.ledger.count(tally, label)
    assert figures(render_metrics(made, AWAY))[f"{name} {label}"] == 3


def test_a_quarantine_and_the_end_of_an_attempt_are_counted() -> None:
    world = make_world()
    process(world.context, world.upload("a.png", b"\x89PNG\r\n\x1a\n"))
    assert list(world.ledger.tallied(Tally.QUARANTINED).values()) == [1]


@dataclass
class DownStore(MemoryStore):
    """A store that does not answer."""

    def head(self, bucket: str, key: str) -> StoredObject | None:
        raise TransientError(f"{bucket}/{key}")


def test_health_is_silent_when_all_is_well_and_a_sentence_each_when_not() -> None:
    made = context()
    assert health(made) == ()
    assert health(replace(made, store=DownStore())) == ("对象存储暂时没有应答。",)


def test_queues_show_what_waits_where_celery_put_it_and_how_redis_is_doing(valkey_url: str) -> None:
    app = make_app(valkey_url)
    client = redis.Redis.from_url(valkey_url)
    name = "gouji_queue_length notify"
    before = figures(render_metrics(context(), client))
    app.send_task("gouji.notify", kwargs={"job": "ab12"})
    after = figures(render_metrics(context(), client))
    app.control.purge()
    app.close()
    client.close()
    assert after[name] - before[name] == 1
    assert (after["gouji_redis_aof_ok"], abs(after["gouji_clock_skew_seconds"]) < 2) == (1, True)
    assert after["gouji_redis_used_memory_bytes"] > 0
    assert (after["gouji_source_up broker"], "gouji_redis_evicted_keys_total" in after) == (1, True)
