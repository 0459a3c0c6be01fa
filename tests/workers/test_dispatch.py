"""Dispatch on a real broker: one message a submission, however many hints; the settings that keep messages safe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tasks import layout
from tasks.celery_tasks import QUEUES, to_message, to_ref
from tasks.errors import TransientError
from tasks.lease import QUEUE_OWNER, held
from tasks.messages import Reach, SubmissionRef
from tasks.pipeline import process
from tasks.ports.ledger import State
from tests.tasks.worlds import World, make_world
from workers.celery_app import KEY_PREFIX, make_app
from workers.config import Settings
from workers.dispatch import FEW_WAIT, Dispatcher, open_dispatcher

REF = SubmissionRef(bucket="in", key="2023/铜官区 住建局+a&b.pdf", etag="abc", size=7, version_id="v1")


@pytest.fixture
def dispatcher(valkey_url: str) -> Iterator[Dispatcher]:
    settings = Settings.model_validate({"redis_url": f"{valkey_url.rpartition('/')[0]}/6"})
    made = open_dispatcher(settings)
    made.client.flushdb()
    yield made
    made.client.flushdb()
    made.client.close()
    made.app.close()


def messages(dispatcher: Dispatcher, queue: str) -> list[dict[str, object]]:
    return [json.loads(raw) for raw in dispatcher.client.lrange(KEY_PREFIX + queue, 0, -1)]


def test_a_message_holds_the_reference_and_is_small(dispatcher: Dispatcher) -> None:
    dispatcher.enqueue(REF)
    (message,) = messages(dispatcher, "heavy")
    assert message["headers"]["task"] == "gouji.process"  # type: ignore[index] # a mapping
    assert len(json.dumps(to_message(REF)).encode()) < 1000


def test_a_second_hint_sends_nothing(dispatcher: Dispatcher) -> None:
    assert [dispatcher.enqueue(REF) for _ in range(3)] == [True, False, False]
    assert dispatcher.queue_length() == 1


def test_once_the_lease_is_gone_it_is_sent_again(dispatcher: Dispatcher) -> None:
    dispatcher.enqueue(REF)
    dispatcher.ledger.release(REF.job, QUEUE_OWNER)
    assert dispatcher.enqueue(REF) is True


def test_while_a_worker_has_it_nothing_is_sent_and_no_second_worker_begins(dispatcher: Dispatcher) -> None:
    context = replace(make_world().context, ledger=dispatcher.ledger)
    dispatcher.enqueue(REF)
    with held(context, REF.job) as first, held(replace(context, worker="host:2"), REF.job) as second:
        assert (first, second, dispatcher.enqueue(REF)) == (True, False, False)
    assert dispatcher.enqueue(REF) is True


def test_the_ledger_shows_it_queued_and_keeps_what_it_knew(dispatcher: Dispatcher) -> None:
    dispatcher.enqueue(REF)
    entry = dispatcher.ledger.entry(REF.job)
    assert entry is not None
    assert entry.state is State.QUEUED
    dispatcher.ledger.release(REF.job, QUEUE_OWNER)
    dispatcher.enqueue(REF)
    assert dispatcher.ledger.entry(REF.job) == entry


def world_of(dispatcher: Dispatcher) -> World:
    world = make_world()
    world.context = replace(world.context, ledger=dispatcher.ledger)
    return world


def test_an_operator_sends_a_quarantined_one_through_the_retry_queue(dispatcher: Dispatcher) -> None:
    world = world_of(dispatcher)
    ref = world.upload("a.png", b"\x89PNG\r\n\x1a\n")
    process(world.context, ref)
    dispatcher.again(world.context, ref)
    assert (len(messages(dispatcher, "retry")), layout.quarantine(ref.job) in world.results()) == (1, False)


def test_an_operator_has_a_finished_one_read_anew_and_its_record_stays(dispatcher: Dispatcher) -> None:
    world = world_of(dispatcher)
    ref = world.upload("a.txt")
    process(world.context, ref)
    dispatcher.again(world.context, ref)
    (message,) = messages(dispatcher, "heavy")
    assert message["headers"]["task"] == "gouji.extract"  # type: ignore[index] # a mapping
    assert layout.done(ref.job) in world.results()


def test_a_broker_that_is_away_is_a_fault_of_the_moment() -> None:
    with pytest.raises(TransientError):
        open_dispatcher(Settings.model_validate({"redis_url": "redis://127.0.0.1:9/0"})).enqueue(REF)


def test_a_broker_that_refuses_writes_leaves_no_lease(dispatcher: Dispatcher) -> None:
    limited = replace(dispatcher, app=make_app("redis://127.0.0.1:9/0"))
    with pytest.raises(TransientError):
        limited.enqueue(REF)
    assert dispatcher.enqueue(REF) is True


def test_a_reference_survives_its_message_and_a_newer_releases_fields() -> None:
    assert to_ref(to_message(REF) | {"tenant": "later"}) == REF


def test_every_task_has_a_queue_and_tolerates_unknown_arguments() -> None:
    import inspect

    with make_app("redis://127.0.0.1:9/0") as app:
        ours = {name: task for name, task in app.tasks.items() if name.startswith("gouji.")}
        routes = {name: app.amqp.router.route({}, name)["queue"].name for name in ours}
    verbs = ("process", "extract", "classify", "validate", "publish", "notify", "across")
    assert set(ours) == {f"gouji.{verb}" for verb in verbs}
    assert routes["gouji.process"] == routes["gouji.extract"] == "heavy"
    assert set(routes.values()) <= set(QUEUES)
    kinds = [[p.kind for p in inspect.signature(task.run).parameters.values()] for task in ours.values()]
    assert all(inspect.Parameter.VAR_KEYWORD in found for found in kinds)


def test_each_limit_is_within_the_next() -> None:
    from tasks.sandbox_limits import Limits

    with make_app("redis://127.0.0.1:9/0") as app:
        limits = (Limits().cpu, Limits().wall, app.conf.task_soft_time_limit, app.conf.task_time_limit)
        visible = {app.conf.broker_transport_options["visibility_timeout"], app.conf.visibility_timeout}
    assert (list(limits), visible) == (sorted(limits), {900})
    assert max(limits) < 900


def test_the_settings_that_keep_messages_are_set() -> None:
    expected = {
        "accept_content": ["json"],
        "task_acks_late": True,
        "task_reject_on_worker_lost": False,
        "task_retry_on_worker_lost": True,
        "task_ignore_result": True,
        "task_create_missing_queues": False,
        "worker_disable_prefetch": True,
        "worker_prefetch_multiplier": 1,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "broker_connection_max_retries": None,
    }
    with make_app("redis://127.0.0.1:9/0") as app:
        assert {name: app.conf[name] for name in expected} == expected
        assert app.conf.broker_transport_options["socket_timeout"] == 15


def test_the_broker_and_the_ledger_share_one_prefix(dispatcher: Dispatcher) -> None:
    dispatcher.enqueue(REF)
    assert [key for key in dispatcher.client.scan_iter() if not key.startswith(b"gouji:")] == []


def test_comparisons_wait_while_documents_do(dispatcher: Dispatcher) -> None:
    refs = [SubmissionRef(bucket="in", key=f"{number}.pdf", etag="e", size=1) for number in range(FEW_WAIT + 1)]
    assert dispatcher.enqueue_across(REF.job, Reach.AROUND) is True
    for ref in refs:
        dispatcher.enqueue(ref)
    assert dispatcher.enqueue_across(REF.job, Reach.ALONE) is False


def test_a_comparison_is_not_sent_twice(dispatcher: Dispatcher) -> None:
    assert [dispatcher.enqueue_across(REF.job, Reach.ALONE) for _ in range(2)] == [True, False]
    assert len(messages(dispatcher, "light")) == 1
