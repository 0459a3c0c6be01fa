"""The outbox cut off between any two of its writes: nothing is lost, and one place is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tasks import deliveries, layout
from tasks.context import Context
from tasks.delivery import DeliveryState
from tasks.notify import notify
from tasks.outbox import (
    deliver_due,
    redeliver,
    requeue,
    send_test,
    write_records,
)
from tasks.ports.poster import Answer
from tests.tasks.outbox_world import (
    FAILED,
    TAKEN,
    Breaking,
    CrashError,
    World,
    event,
    state_of,
)


def write_and_notify(context: Context) -> None:
    write_records(context, event())
    notify(context, event().ref.job)


def send_dead_letter_again(context: Context) -> None:
    redeliver(context, write_records(context, event())[0])


def put_dead_letter_back(context: Context) -> None:
    requeue(context, write_records(context, event()))
    notify(context, event().ref.job)


@pytest.mark.parametrize("writes", range(9))
@pytest.mark.parametrize(
    ("step", "dead_before"),
    [(write_and_notify, False), (send_dead_letter_again, True), (put_dead_letter_back, True)],
)
@pytest.mark.parametrize("answer", [TAKEN, FAILED])
def test_a_crash_between_any_two_writes_loses_nothing_and_leaves_one_place(
    step: Callable[[Context], None], writes: int, answer: Answer, *, dead_before: bool
) -> None:
    world = World()
    if dead_before:
        world.answers["a"] = Answer(status=410)
        write_and_notify(world.context())
        send_test_with_success(world)
    world.answers["a"] = answer
    try:
        step(world.context(Breaking(world.store, writes)))
    except CrashError:
        world.now += timedelta(minutes=1)
    (delivery_id,) = write_records(world.context(), event())  # the job's retry, as the sweep brings it
    world.answers["a"] = TAKEN
    for _ in range(10):
        world.now += timedelta(minutes=1)
        deliver_due(world.context())
    expected = {DeliveryState.DELIVERED, DeliveryState.DEAD} if dead_before else {DeliveryState.DELIVERED}
    assert state_of(world, delivery_id) in expected
    assert world.keys(layout.OUTBOX) == []
    assert {posted.id for posted in world.poster.posted if not posted.id.startswith("test-")} == {delivery_id}
    assert [d.id for d in deliveries.page(world.context())[0]] == [delivery_id]


def test_what_was_sent_just_before_a_crash_is_not_sent_again() -> None:
    world = World()
    write_records(world.context(), event())
    with pytest.raises(CrashError):
        notify(world.context(Breaking(world.store, 1)), event().ref.job)
    world.now += timedelta(minutes=1)
    assert (deliver_due(world.context()), len(world.poster.posted)) == (1, 1)
    assert world.keys(layout.OUTBOX) == []


def send_test_with_success(world: World) -> None:
    world.answers["a"] = TAKEN
    send_test(world.context(), world.endpoints[0])
