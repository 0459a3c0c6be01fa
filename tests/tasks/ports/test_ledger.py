"""One contract for the ledger: the memory twin and a real Redis keep it alike."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import redis

from tasks.errors import TransientError
from tasks.messages import SubmissionRef
from tasks.ports.ledger import AT_A_NAME, Entry, Heartbeat, Ledger, Met, Query, StageRun, State, Tally
from tasks.ports.memory_ledger import MemoryLedger
from tasks.ports.redis_ledger import RedisLedger, redis_client

NOON = datetime(2024, 1, 31, 4, tzinfo=UTC)


@pytest.fixture(params=["memory", "redis"])
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    if request.param == "memory":
        yield MemoryLedger()
        return
    url = f"{request.getfixturevalue('valkey_url').rpartition('/')[0]}/8"
    with redis_client(url) as client:
        client.flushdb()
        yield RedisLedger(client)
        client.flushdb()


def entry(number: int, state: State = State.QUEUED, **more: object) -> Entry:
    ref = SubmissionRef(bucket="in", key=str(more.pop("key", f"2023/{number:03d}.pdf")), etag="e", size=number)
    values = {"received": NOON + timedelta(minutes=number)} | more
    return Entry(job=ref.job, ref=ref, state=state, **values)  # type: ignore[arg-type] # the test's own fields


def numbers(ledger: Ledger, **query: object) -> list[int]:
    found, _ = ledger.entries(Query(**query))  # type: ignore[arg-type] # the test's own fields
    return [one.ref.size for one in found]


def test_a_figure_adds_up_by_label_and_is_not_another_ones(ledger: Ledger) -> None:
    for label, number in (("b", 1), ("a", 2), ("b", 3)):
        ledger.count(Tally.SWEPT, label, number)
    assert (list(ledger.tallied(Tally.SWEPT).items()), ledger.tallied(Tally.ATTEMPTS)) == ([("a", 2), ("b", 4)], {})


def test_an_entry_comes_back_whole(ledger: Ledger) -> None:
    run = StageRun(stage="extract", started=NOON, ended=NOON + timedelta(milliseconds=12), worker="w")
    whole = entry(
        1,
        State.DONE,
        finished=NOON,
        content="c",
        title="年度报告",
        counts={"error": 2},
        codes={"A01": 2},
        stages=(run,),
    )
    ledger.record(whole)
    assert ledger.entry(whole.job) == whole


def test_an_unknown_job_is_none(ledger: Ledger) -> None:
    assert ledger.entry("nobody") is None


def test_a_new_state_leaves_the_old_one(ledger: Ledger) -> None:
    for state in (State.QUEUED, State.EXTRACT, State.DONE):
        ledger.record(entry(1, state))
    assert {state: count for state, count in ledger.counts().items() if count} == {State.DONE: 1}


def test_pages_go_from_the_newest_and_know_the_whole(ledger: Ledger) -> None:
    for number in range(5):
        ledger.record(entry(number))
    found, total = ledger.entries(Query(offset=1, limit=2))
    assert ([one.ref.size for one in found], total) == ([3, 2], 5)


def test_the_oldest_first(ledger: Ledger) -> None:
    for number in range(3):
        ledger.record(entry(number))
    assert numbers(ledger, sort="received") == [0, 1, 2]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": State.DONE}, [2, 1]),
        ({"year": 2023}, [1]),
        ({"search": "铜官 2023"}, [1]),
        ({"severity": "error"}, [2]),
        ({"code": "A04"}, [2]),
        ({"code": "LIMIT_CPU"}, [3]),
        ({"prefix": "b/"}, [2]),
        ({"within": ("b/",)}, [2]),
        ({"within": ()}, []),
        ({"within": ("b/",), "state": State.DONE}, [2]),
        ({"search": "无此"}, []),
        ({"sort": "key"}, [1, 2, 3]),
        ({"state": State.DONE, "sort": "received"}, [1, 2]),
        ({"state": State.DONE, "year": 2023}, [1]),
    ],
)
def test_each_filter_finds_its_entries(ledger: Ledger, query: dict[str, object], expected: list[int]) -> None:
    ledger.record(entry(1, State.DONE, key="a/2023.pdf", agency="铜官区住建局", year=2023, counts={"error": 0}))
    ledger.record(entry(2, State.DONE, key="b/2022.pdf", year=2022, counts={"error": 1}, codes={"A04": 1}))
    ledger.record(entry(3, State.QUARANTINED, key="c/x.pdf", reason_code="LIMIT_CPU"))
    assert numbers(ledger, **query) == expected


def test_ends_of_a_span_are_counted_with_their_state(ledger: Ledger) -> None:
    ledger.record(entry(1, State.DONE, finished=NOON))
    ledger.record(entry(2, State.QUARANTINED, finished=NOON + timedelta(minutes=1)))
    ledger.record(entry(3, State.DONE, finished=NOON + timedelta(minutes=2)))
    span = ledger.finished_between(NOON, NOON + timedelta(minutes=2))
    assert span == ((NOON, State.DONE), (NOON + timedelta(minutes=1), State.QUARANTINED))


def test_changes_are_followed_from_a_position(ledger: Ledger) -> None:
    ledger.record(entry(1))
    position = ledger.position()
    ledger.record(entry(1, State.EXTRACT))
    ledger.record(entry(1, State.DONE))
    first, second = ledger.changes(position, 0.1)
    assert (first.state, second.state) == (State.EXTRACT, State.DONE)
    assert [change.state for change in ledger.changes(first.id, 0.1)] == [State.DONE]


def test_changes_wait_for_the_first_one(ledger: Ledger) -> None:
    position = ledger.position()
    threading.Timer(0.2, lambda: ledger.record(entry(1))).start()
    assert [change.job for change in ledger.changes(position, 5)] == [entry(1).job]


def test_without_a_change_the_wait_ends(ledger: Ledger) -> None:
    assert ledger.changes(ledger.position(), 0.05) == ()


def test_a_lease_has_one_owner_until_it_is_given_back(ledger: Ledger) -> None:
    assert [ledger.lease("j", owner, 60) for owner in ("a", "b", "a")] == [True, False, False]
    ledger.release("j", "b")
    assert ledger.lease("j", "b", 60) is False
    ledger.release("j", "a")
    assert ledger.lease("j", "b", 60) is True


def test_only_the_owner_renews_a_lease(ledger: Ledger) -> None:
    ledger.lease("j", "a", 1)
    assert (ledger.renew("j", "b", 60), ledger.renew("j", "a", 60), ledger.renew("k", "a", 60)) == (False, True, False)
    time.sleep(1.2)
    assert ledger.lease("j", "b", 60) is False


def test_a_lease_ends_by_itself(ledger: Ledger) -> None:
    ledger.lease("j", "a", 1)
    time.sleep(1.2)
    assert ledger.lease("j", "b", 60) is True


def test_heartbeats_are_heard_by_process_and_instance(ledger: Ledger) -> None:
    now = datetime.now(UTC)
    beats = tuple(
        Heartbeat(process=process, instance=instance, at=now, started=now, version="1")
        for process, instance in (("sweep", "x"), ("worker", "a"), ("worker", "b"))
    )
    for beat in (*reversed(beats), beats[0]):
        ledger.beat(beat)
    assert ledger.heartbeats() == beats


def test_what_is_forgotten_is_in_no_list(ledger: Ledger) -> None:
    gone = entry(1, State.DONE, finished=NOON)
    for one in (gone, entry(2)):
        ledger.record(one)
    ledger.forget([gone.job])
    assert (numbers(ledger), ledger.counts()[State.DONE], ledger.entry(gone.job)) == ([2], 0, None)
    assert ledger.finished_between(NOON, NOON + timedelta(hours=1)) == ()


def test_ten_thousand_entries_are_searched_within_two_seconds(valkey_url: str) -> None:
    with redis_client(f"{valkey_url.rpartition('/')[0]}/9") as client:
        client.flushdb()
        ledger = RedisLedger(client)
        for number in range(10_000):
            ledger.record(entry(number, State.DONE, finished=NOON, agency=f"第{number}局", counts={"error": 1}))
        started = time.monotonic()
        found, total = ledger.entries(Query(search="第77"))
        seconds = time.monotonic() - started
        client.flushdb()
    assert (total, len(found)) == (111, 50)
    assert seconds < 2


def test_a_redis_that_is_not_there_is_a_fault_of_the_moment() -> None:
    with redis.Redis(host="127.0.0.1", port=9) as client, pytest.raises(TransientError):
        RedisLedger(client).counts()


def test_those_who_left_their_mark_under_a_name_meet_whoever_comes_last(ledger: Ledger) -> None:
    assert ledger.meet("2023", ("a", "b"), "one") == Met(seen=((), ()), around=())
    assert ledger.meet("2023", ("b", "c"), "two") == Met(seen=(("one",), ()), around=("one",))
    assert ledger.meet("2023", ("a", "c"), "three") == Met(seen=(("one",), ("two",)), around=("one", "two"))
    assert ledger.meet("2022", ("a", "b", "c"), "four") == Met(seen=((), (), ()), around=())
    assert ledger.meet("2023", (), "five") == Met(seen=(), around=())
    assert ledger.meet("2023", ("a", "b"), "one") == Met(seen=(("three",), ("two",)), around=("three", "two"))


def test_in_a_crowd_only_the_lowest_ids_are_seen_and_only_they_tell_the_others(ledger: Ledger) -> None:
    crowd = [f"{number:02d}" for number in range(10, 10 + AT_A_NAME + 1)]
    for job in crowd:
        ledger.meet("2023", ("a",), job)
    assert ledger.meet("2023", ("a",), "99") == Met(seen=(tuple(crowd[:-1]),), around=())
    assert ledger.meet("2023", ("a",), "00") == Met(seen=(tuple(crowd[:-1]),), around=(*crowd, "99"))
