"""The outbox: nothing that is to be told is lost, whatever the receivers do and wherever we are cut off."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta

import pytest

from tasks import deliveries, layout
from tasks.delivery import DeliveryState
from tasks.messages import SubmissionRef
from tasks.notify import notify
from tasks.outbox import (
    deliver,
    deliver_due,
    endpoint_states,
    redeliver,
    requeue,
    send_test,
    write_records,
)
from tasks.ports.poster import Answer
from tasks.schedule import ATTEMPTS, DELAYS, WHOLE
from tests.tasks.outbox_world import (
    FAILED,
    START,
    TAKEN,
    Counting,
    World,
    endpoints,
    event,
    state_of,
    wait_until_settled,
)


class TestWriting:
    def test_there_is_one_delivery_for_each_endpoint_with_an_id_of_its_own(self) -> None:
        world = World(endpoints=endpoints("a", "b"))
        first, second = write_records(world.context(), event())
        assert first != second
        assert sorted(key.split(".")[0] for key in world.keys(layout.OUTBOX)) == sorted(
            [layout.OUTBOX + first, layout.OUTBOX + second]
        )

    def test_writing_again_changes_nothing_whatever_the_state(self) -> None:
        world = World(endpoints=endpoints("a", "b"), answers={"b": Answer(status=410)})
        ids = write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        before = world.keys("")
        world.now += timedelta(hours=1)
        assert write_records(world.context(), event()) == ids
        assert world.keys("") == before

    def test_another_outcome_of_the_same_job_is_another_event(self) -> None:
        world = World()
        assert write_records(world.context(), event()) != write_records(world.context(), event(outcome="d" * 64))

    def test_the_payload_is_thin_and_tells_ids_counts_and_link(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        found = deliveries.find(world.context(), delivery_id)
        assert found is not None
        data = json.loads(found.body)["data"]
        assert (data["counts"], data["state"], data["link"]) == (
            {"error": 2, "info": 0, "undetermined": 1, "warning": 3},
            "completed",
            f"http://127.0.0.1:8600/documents/{event().ref.job}",
        )

    def test_the_longest_key_still_makes_a_payload_under_the_limit(self) -> None:
        ref = SubmissionRef(bucket="b" * 63, key="\x01" * 1024, etag="e" * 64, size=2**40, version_id="v" * 1024)
        world = World()
        (delivery_id,) = write_records(world.context(), event(ref=ref, marker=layout.done(ref.job)))
        found = deliveries.find(world.context(), delivery_id)
        assert found is not None
        assert len(found.body.encode()) < 20_000

    def test_a_payload_over_the_limit_is_a_bug_that_is_said(self) -> None:
        with pytest.raises(ValueError, match="payload of"):
            write_records(World().context(), event(counts={f"c{n}": n for n in range(3000)}))


class TestDelivering:
    def test_a_delivered_event_waits_no_more_and_is_kept_as_sent(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        assert notify(world.context(), event().ref.job) == 1
        assert world.keys(layout.OUTBOX) == []
        assert world.keys(layout.SENT) == [f"{layout.SENT}{delivery_id}.json"]

    def test_delivering_what_is_delivered_sends_nothing(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        deliver(world.context(), delivery_id)
        assert deliver(world.context(), delivery_id) is None
        assert len(world.poster.posted) == 1

    def test_notify_tells_only_of_its_own_job(self) -> None:
        world = World()
        write_records(world.context(), event(1))
        (second,) = write_records(world.context(), event(2))
        notify(world.context(), event(2).ref.job)
        assert [posted.id for posted in world.poster.posted] == [second]

    @pytest.mark.parametrize("milliseconds", [0, 1, 500, 999])
    def test_notify_tells_at_once_at_whatever_part_of_a_second_the_event_was_written(self, milliseconds: int) -> None:
        world = World(now=START + timedelta(milliseconds=milliseconds))
        write_records(world.context(), event())
        world.now += timedelta(milliseconds=3)
        assert notify(world.context(), event().ref.job) == 1

    def test_the_sweep_gives_notify_a_head_start_and_then_delivers_what_it_lost(self) -> None:
        world = World()
        write_records(world.context(), event())
        assert deliver_due(world.context()) == 0
        world.now += timedelta(seconds=16)
        assert (deliver_due(world.context()), len(world.poster.posted)) == (1, 1)

    def test_two_processes_do_not_send_the_same_at_the_same_time(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        world.poster.answering = lambda _e, _i, _b: Answer(status=200 if deliver(world.context(), delivery_id) else 204)
        found = deliver(world.context(), delivery_id)
        assert found is not None
        assert ([s.status for s in found.sendings], len(world.poster.posted)) == ([204], 1)

    def test_what_always_fails_is_tried_on_the_schedule_with_one_id_and_then_kept_as_a_dead_letter(self) -> None:
        world = World(answers={"a": FAILED})
        (delivery_id,) = write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        found = wait_until_settled(world, delivery_id)
        assert (found.state, len(found.sendings)) == (DeliveryState.DEAD, ATTEMPTS)
        assert {posted.id for posted in world.poster.posted} == {delivery_id}
        times = [sending.at for sending in found.sendings]
        gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(times)]
        assert all(0.8 * d <= gap <= 1.2 * d + 61 for d, gap in zip(DELAYS[1:], gaps, strict=True))

    def test_gone_is_the_end_for_this_delivery_and_for_the_receiver(self) -> None:
        world = World(answers={"a": Answer(status=410, reason="接收端答复 410。")})
        (first,) = write_records(world.context(), event(1))
        (second,) = write_records(world.context(), event(2))
        for number in (1, 2):
            notify(world.context(), event(number).ref.job)
        assert (state_of(world, first), state_of(world, second)) == (DeliveryState.DEAD, DeliveryState.DEAD)
        assert len(world.poster.posted) == 1

    def test_a_receiver_that_asks_for_patience_gets_it_for_all_its_deliveries(self) -> None:
        world = World(answers={"a": Answer(status=429, retry_after=3600)})
        write_records(world.context(), event(1))
        write_records(world.context(), event(2))
        notify(world.context(), event(1).ref.job)
        world.answers["a"] = TAKEN
        world.now += timedelta(minutes=59)
        assert deliver_due(world.context()) == 0
        world.now += timedelta(minutes=2)
        assert deliver_due(world.context()) == 2

    def test_after_ten_failures_in_a_row_a_receiver_is_asked_only_every_five_minutes(self) -> None:
        world = World(answers={"a": FAILED})
        for number in range(30):
            write_records(world.context(), event(number))
        world.now += timedelta(minutes=1)
        deliver_due(world.context())
        assert len(world.poster.posted) == 10
        for _ in range(12):
            world.now += timedelta(minutes=5)
            deliver_due(world.context())
        assert len(world.poster.posted) == 22

    def test_after_an_hour_of_failures_everything_arrives(self) -> None:
        world = World(answers={"a": FAILED})
        ids = [write_records(world.context(), event(number))[0] for number in range(50)]
        for minute in range(60 * 8):
            world.now += timedelta(minutes=1)
            if minute == 60:
                world.answers["a"] = TAKEN
            deliver_due(world.context())
        assert [state_of(world, i) for i in ids] == [DeliveryState.DELIVERED] * 50

    def test_what_a_dead_receiver_never_took_becomes_dead_letters_and_none_waits_for_ever(self) -> None:
        world = World(answers={"a": FAILED})
        ids = [write_records(world.context(), event(number))[0] for number in range(40)]
        while world.now < START + 3 * WHOLE:
            world.now += timedelta(minutes=30)
            deliver_due(world.context())
        assert [state_of(world, i) for i in ids] == [DeliveryState.DEAD] * 40
        assert world.keys(layout.OUTBOX) == []

    def test_one_receiver_that_fails_does_not_hold_up_another(self) -> None:
        world = World(endpoints=endpoints("a", "b"), answers={"a": FAILED})
        for number in range(30):
            write_records(world.context(), event(number))
        world.now += timedelta(minutes=1)
        deliver_due(world.context())
        assert len([posted for posted in world.poster.posted if posted.endpoint == "b"]) == 30

    def test_a_receiver_that_left_the_settings_gives_dead_letters(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        world.endpoints = ()
        found = deliver(world.context(), delivery_id)
        assert found is not None
        assert (found.state, found.note) == (DeliveryState.DEAD, "设置中已没有这个接收端。")

    def test_a_record_that_cannot_be_read_stops_no_other_one(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        broken = f"{layout.OUTBOX}0-broken.{deliveries.name_to_receiver('a')}.{0:011d}.json"
        world.store.put("results", broken, b"{", "application/json")
        world.now += timedelta(minutes=1)
        deliver_due(world.context())
        assert state_of(world, delivery_id) is DeliveryState.DELIVERED

    def test_settled_deliveries_and_those_of_a_paused_receiver_cost_no_read(self) -> None:
        world = World(endpoints=endpoints("a", "b"), answers={"a": FAILED})
        for number in range(60):
            write_records(world.context(), event(number))
        world.now += timedelta(minutes=1)
        deliver_due(world.context())
        store = Counting(world.store)
        world.now += timedelta(minutes=1)
        deliver_due(world.context(store))
        assert store.reads < 10


class TestByHand:
    def test_sending_again_uses_the_same_id_and_keeps_the_history(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        world.now += timedelta(hours=1)
        found = redeliver(world.context(), delivery_id)
        assert found is not None
        assert [sending.manual for sending in found.sendings] == [False, True]
        assert [posted.id for posted in world.poster.posted] == [delivery_id] * 2
        assert len(world.keys(layout.OUTBOX_LOG)) == 1

    def test_a_dead_letter_that_is_sent_again_with_success_is_delivered(self) -> None:
        world = World(answers={"a": Answer(status=410)})
        (delivery_id,) = write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        world.answers.clear()
        redeliver(world.context(), delivery_id)
        assert (state_of(world, delivery_id), world.keys(layout.DEAD)) == (DeliveryState.DELIVERED, [])

    def test_sending_again_without_success_leaves_the_state_as_it_was(self) -> None:
        world = World()
        (delivery_id,) = write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        world.answers["a"] = FAILED
        found = redeliver(world.context(), delivery_id)
        assert found is not None
        assert (found.state, len(found.sendings)) == (DeliveryState.DELIVERED, 2)

    def test_an_unknown_id_is_nothing(self) -> None:
        assert redeliver(World().context(), "0-unknown") is None

    def test_what_is_put_back_gets_the_whole_schedule_again(self) -> None:
        world = World(answers={"a": FAILED})
        (delivery_id,) = write_records(world.context(), event())
        wait_until_settled(world, delivery_id)
        assert requeue(world.context(), [delivery_id, "0-unknown"]) == 1
        found = wait_until_settled(world, delivery_id)
        assert (found.state, len(found.sendings)) == (DeliveryState.DEAD, 2 * ATTEMPTS)

    def test_a_test_delivery_leaves_no_record_and_opens_a_receiver_that_was_closed(self) -> None:
        world = World(answers={"a": Answer(status=410)})
        write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        ((endpoint, before),) = endpoint_states(world.context())
        world.answers.clear()
        count = len(world.keys(layout.OUTBOX_LOG))
        assert send_test(world.context(), endpoint).delivered
        ((_, after),) = endpoint_states(world.context())
        assert (before.disabled, after.disabled, len(world.keys(layout.OUTBOX_LOG)) - count) == (True, False, 0)


class TestPages:
    def test_deliveries_are_shown_newest_first_a_page_at_a_time(self) -> None:
        world = World()
        ids: list[str] = []
        for number in range(5):
            world.now += timedelta(minutes=1)
            ids += write_records(world.context(), event(number))
            notify(world.context(), event(number).ref.job)
        first, more = deliveries.page(world.context(), limit=3)
        rest, end = deliveries.page(world.context(), offset=3, limit=3)
        assert [d.id for d in (*first, *rest)] == ids[::-1]
        assert (more, end) == (True, False)

    def test_a_page_can_be_of_one_receiver_and_one_state(self) -> None:
        world = World(endpoints=endpoints("a", "b"), answers={"b": FAILED})
        write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        context = world.context()
        pending, _ = deliveries.page(context, state=DeliveryState.PENDING)
        of_a, _ = deliveries.page(context, endpoint="a")
        assert ([d.endpoint for d in pending], [d.endpoint for d in of_a]) == (["b"], ["a"])

    def test_what_is_put_back_is_shown_once_and_as_waiting(self) -> None:
        world = World(answers={"a": Answer(status=410)})
        (delivery_id,) = write_records(world.context(), event())
        notify(world.context(), event().ref.job)
        world.now += timedelta(minutes=1)
        requeue(world.context(), [delivery_id])
        shown, _ = deliveries.page(world.context())
        assert [(d.id, d.state) for d in shown] == [(delivery_id, DeliveryState.PENDING)]
