"""The sweep and reindex on memory twins: what is sent, what is left alone, what is repaired."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from tasks import layout
from tasks.finished import current
from tasks.messages import SubmissionRef
from tasks.pipeline import process
from tasks.ports.ledger import Entry, Query, State, Tally
from tests.tasks.worlds import INBOX, RESULTS, World, make_world
from workers.reindex import reindex
from workers.sweep import FULL_EVERY, REPAIR_AGAIN, Sweeper, finished_jobs

IMAGE = b"\x89PNG\r\n\x1a\n"


@dataclass(slots=True)
class Queue:
    """Takes everything, and remembers it."""

    sent: list[SubmissionRef] = field(default_factory=list)

    def __call__(self, ref: SubmissionRef) -> bool:
        self.sent.append(ref)
        return True


@pytest.fixture
def world() -> World:
    return make_world()


def sweeper(world: World, queue: Queue, min_age: float = 0) -> Sweeper:
    return Sweeper(context=world.context, enqueue=queue, min_age=timedelta(seconds=min_age))


def sent(world: World, min_age: float = 0) -> list[str]:
    queue = Queue()
    sweeper(world, queue, min_age).sweep()
    return [ref.key for ref in queue.sent]


def test_what_has_no_marker_is_sent_the_oldest_first(world: World) -> None:
    for key in ("b", "c", "a"):
        world.upload(key)
    process(world.context, world.standing("c"))
    assert sent(world) == ["b", "a"]


def test_what_is_finished_or_quarantined_is_left_alone(world: World) -> None:
    process(world.context, world.upload("a"))
    process(world.context, world.upload("b", IMAGE))
    assert sent(world) == []


def test_a_new_version_of_a_finished_key_is_sent(world: World) -> None:
    process(world.context, world.upload("a"))
    world.upload("a", b"new")
    assert sent(world) == ["a"]


def test_a_record_that_somebody_damaged_does_not_keep_the_others_from_repair(world: World) -> None:
    for key in ("a.txt", "b.txt"):
        process(world.context, world.upload(key))
        world.store.delete(RESULTS, f"{key}/current.json")
    world.store.put(RESULTS, layout.done(world.standing("a.txt").job), b"damaged", "application/json")
    sent(world)
    assert (current(world.context, "a.txt"), current(world.context, "b.txt") is not None) == (None, True)


def test_a_submission_whose_marker_is_damaged_is_sent_again(world: World) -> None:
    process(world.context, world.upload("a.txt"))
    marker = layout.done(world.standing("a.txt").job)
    whole = world.store.get(RESULTS, marker)
    world.store.put(RESULTS, marker, b"", "application/json")
    assert sent(world) == ["a.txt"]
    process(world.context, world.standing("a.txt"))
    assert world.store.get(RESULTS, marker) == whole


def test_what_is_too_young_waits_for_its_event(world: World) -> None:
    world.upload("a")
    assert sent(world, min_age=60) == []
    world.clock.now += timedelta(seconds=60)
    assert sent(world, min_age=60) == ["a"]


def test_a_folder_is_no_submission_but_an_empty_file_is(world: World) -> None:
    world.upload("2023/", b"")
    world.upload("2023/empty.txt", b"")
    assert sent(world) == ["2023/empty.txt"]


def test_many_unknown_submissions_are_looked_up_by_one_listing(world: World) -> None:
    queue = Queue()
    sweep = sweeper(world, queue)
    sweep.sweep()
    for number in range(300):
        world.upload(f"{number:03d}")
    process(world.context, world.standing("000"))
    assert sweep.sweep() == 299


def test_a_marker_that_an_operator_took_away_is_noticed_within_a_full_pass(world: World) -> None:
    ref = world.upload("a", IMAGE)
    process(world.context, ref)
    queue = Queue()
    sweep = sweeper(world, queue)
    sweep.sweep()
    world.store.delete(RESULTS, layout.quarantine(ref.job))
    world.clock.now += FULL_EVERY
    assert sweep.sweep() == 1


def test_a_lost_copy_and_a_wrong_picture_are_repaired(world: World) -> None:
    ref = world.upload("a")
    process(world.context, ref)
    world.store.delete(RESULTS, "a/current.json")
    entry = world.ledger.entry(ref.job)
    assert entry is not None
    world.ledger.forget([ref.job])
    sweeper(world, Queue()).sweep()
    shown, again = current(world.context, "a"), world.ledger.entry(ref.job)
    assert shown is not None
    assert again is not None
    assert (shown.job, again.state) == (ref.job, State.DONE)


def test_an_older_copy_in_front_is_found_when_all_are_looked_at_again(world: World) -> None:
    process(world.context, world.upload("a"))
    stale = {key: world.store.get(RESULTS, key) or b"" for key in world.results("a/")}
    process(world.context, world.upload("a", b"\n".join([b"new", b"text"])))
    sweep = sweeper(world, Queue())
    sweep.sweep()
    for key, data in stale.items():
        world.store.put(RESULTS, key, data, "application/json")
    world.clock.now += REPAIR_AGAIN
    sweep.sweep()
    shown = current(world.context, "a")
    assert shown is not None
    assert shown.job == world.standing("a").job


def test_due_deliveries_are_sent(world: World) -> None:
    process(world.context, world.upload("a"))
    world.clock.now += timedelta(minutes=1)
    sweeper(world, Queue()).sweep()
    assert len(world.results("_outbox/")) == 0


def test_no_more_is_sent_than_the_queue_has_room_for_and_the_rest_later(world: World) -> None:
    for number in range(5):
        world.upload(f"{number}")
    queue = Queue()
    rooms = iter((2, -3, 9))
    sweep = Sweeper(context=world.context, enqueue=queue, min_age=timedelta(0), room=lambda: next(rooms))
    assert [sweep.sweep() for _ in range(3)] == [2, 0, 5]


def test_what_is_in_the_queue_already_takes_no_room(world: World) -> None:
    for number in range(4):
        world.upload(f"{number}")
    taken: list[str] = []

    def enqueue(ref: SubmissionRef) -> bool:
        taken.append(ref.key)
        return ref.key not in {"0", "1"}

    sweep = Sweeper(context=world.context, enqueue=enqueue, min_age=timedelta(0), room=lambda: 1)
    assert (sweep.sweep(), taken) == (1, ["0", "1", "2"])


def test_what_was_sent_is_counted_by_why(world: World) -> None:
    world.upload("untold")
    known = world.upload("lost")
    world.ledger.record(Entry(job=known.job, ref=known, state=State.EXTRACT, received=world.clock()))
    sweeper(world, Queue()).sweep()
    assert world.ledger.tallied(Tally.SWEPT) == {"lost": 1, "untold": 1}


def test_the_note_tells_what_was_found(world: World) -> None:
    world.upload("a")
    sweep = sweeper(world, Queue())
    sweep.sweep()
    assert sweep.note == "等待 1 份，补发 1 份，修复 0 处，比对 0 份，推送 0 次"


def test_finished_jobs_are_those_with_a_marker(world: World) -> None:
    done, bad = world.upload("a"), world.upload("b", IMAGE)
    world.upload("c")
    for ref in (done, bad):
        process(world.context, ref)
    assert finished_jobs(world.context) == {done.job, bad.job}


class TestReindex:
    def test_an_empty_ledger_and_index_are_drawn_anew(self, world: World) -> None:
        refs = [world.upload("a"), world.upload("b", IMAGE)]
        for ref in refs:
            process(world.context, ref)
        before = {ref.job: world.ledger.entry(ref.job) for ref in refs}
        index = world.results(layout.INDEX)
        for key in index:
            world.store.delete(RESULTS, key)
        world.ledger.forget([ref.job for ref in refs])
        assert reindex(world.context) == (2, 0)
        assert world.results(layout.INDEX) == index
        states = {ref.job: entry.state for ref in refs if (entry := world.ledger.entry(ref.job))}
        assert states == {job: entry.state for job, entry in before.items() if entry}

    def test_the_time_of_arrival_is_that_of_the_upload(self, world: World) -> None:
        ref = world.upload("a")
        process(world.context, ref)
        stored = world.store.head(INBOX, "a")
        reindex(world.context)
        entry = world.ledger.entry(ref.job)
        assert stored is not None
        assert entry is not None
        assert entry.received == stored.last_modified

    def test_an_end_that_the_buckets_do_not_know_is_forgotten_and_work_under_way_is_not(self, world: World) -> None:
        ref, waiting = world.upload("a"), world.upload("b")
        process(world.context, ref)
        world.store.delete(RESULTS, layout.done(ref.job))
        world.store.delete(INBOX, waiting.key)
        process(world.context, waiting)
        world.store.put(INBOX, "c", b"1", "text/plain")
        assert reindex(world.context) == (0, 2)
        assert world.ledger.entries(Query())[1] == 0
