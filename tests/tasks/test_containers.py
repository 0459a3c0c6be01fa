"""A ZIP on its way: its members are submissions of their own, each with its own end; a crash loses none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest

from tasks import layout
from tasks.celery_tasks import to_message
from tasks.celery_tasks import to_ref as message_to_ref
from tasks.errors import TransientError
from tasks.finished import current, terminal
from tasks.messages import SubmissionRef
from tasks.pipeline import process, rerun
from tasks.ports.ledger import Query, State
from tasks.records import Done, Quarantine
from tests.make.archive import to_zip
from tests.tasks.life import CrashError, Life, Mortal
from tests.tasks.worlds import TEXT, World, make_world, same_bytes
from workers.reindex import reindex
from workers.sweep import Sweeper

FILES = {"甲局.txt": TEXT, "乙局/年报.txt": TEXT + b"\n", "坏.png": b"\x89PNG\r\n\x1a\n"}


@pytest.fixture
def world() -> World:
    return make_world()


def upload(world: World, files: dict[str, bytes] = FILES) -> SubmissionRef:
    return world.upload("2023/全部.zip", to_zip(files))


def run_all(world: World, ref: SubmissionRef) -> list[State]:
    process(world.context, ref)
    return [process(world.context, member) for member in world.sent]


def swept(world: World) -> list[SubmissionRef]:
    sent: list[SubmissionRef] = []

    def take(ref: SubmissionRef) -> bool:
        sent.append(ref)
        return True

    Sweeper(context=world.context, enqueue=take, min_age=timedelta(0)).sweep()
    return sent


def test_each_member_ends_on_its_own_and_a_bad_one_stops_no_other(world: World) -> None:
    assert run_all(world, upload(world)) == [State.DONE, State.DONE, State.QUARANTINED]
    assert [ref.key for ref in world.sent] == [f"2023/全部.zip!/{name}" for name in FILES]


def test_the_container_ends_done_without_findings_or_copy(world: World) -> None:
    ref = upload(world)
    assert process(world.context, ref) is State.DONE
    end = terminal(world.context, ref.job)
    assert isinstance(end, Done)
    assert (end.kind, end.files, end.counts) == ("zip", (), {})
    assert world.results("2023/") == {}


def test_people_find_a_members_copy_under_its_name_in_the_container(world: World) -> None:
    run_all(world, upload(world))
    assert current(world.context, "2023/全部.zip!/甲局.txt") is not None
    assert "2023/全部.zip!/坏.png/quarantine.json" in world.results("2023/")


def test_a_member_is_published_as_the_same_file_alone_would_be(world: World) -> None:
    run_all(world, upload(world))
    alone = world.upload("甲局.txt", TEXT)
    process(world.context, alone)
    ends = [terminal(world.context, ref.job) for ref in (world.sent[0], alone)]
    assert [end.content for end in ends if end] == [ends[0].content if ends[0] else None] * 2
    files = [world.results(f"_submissions/{ref.job}/") for ref in (world.sent[0], alone)]
    reports = [next(data for key, data in found.items() if key.endswith("report.json")) for found in files]
    assert reports[0] == reports[1]


def test_jobs_of_members_are_their_own_and_stay_the_same(world: World) -> None:
    ref = upload(world)
    jobs = [ref.of_member(name).job for name in FILES]
    assert len({ref.job, *jobs}) == len(FILES) + 1
    assert jobs == [ref.of_member(name).job for name in FILES]
    assert [ref.of_member(name).upload for name in FILES] == [ref] * len(FILES)


def test_a_container_inside_a_container_stays_closed(world: World) -> None:
    assert run_all(world, upload(world, {"内.zip": to_zip(FILES), "甲.txt": TEXT})) == [State.QUARANTINED, State.DONE]
    end = terminal(world.context, world.sent[0].job)
    assert isinstance(end, Quarantine)
    assert end.code == "ZIP_NESTED"


def test_a_damaged_container_is_quarantined_and_nothing_is_sent(world: World) -> None:
    ref = world.upload("坏.zip", to_zip(FILES)[:-30])
    assert (process(world.context, ref), world.sent) == (State.QUARANTINED, [])


def test_a_broker_that_refuses_leaves_the_container_unfinished(world: World) -> None:
    ref = upload(world)

    def refuse(_ref: SubmissionRef) -> bool:
        raise TransientError

    with pytest.raises(TransientError):
        process(world.sending(refuse), ref)
    assert terminal(world.context, ref.job) is None
    assert [found.key for found in swept(world)] == [ref.key]


def test_the_sweep_sends_members_whose_message_was_lost(world: World) -> None:
    ref = upload(world)
    process(world.context, ref)
    process(world.context, world.sent[1])
    assert {found.job for found in swept(world)} == {world.sent[0].job, world.sent[2].job}
    run_all(world, ref)
    assert swept(world) == []


def test_the_sweep_mends_a_members_copy_and_its_picture(world: World) -> None:
    run_all(world, upload(world))
    key = "2023/全部.zip!/甲局.txt"
    world.store.delete(world.context.results, f"{key}/{layout.CURRENT}")
    world.ledger.forget((world.sent[0].job,))
    swept(world)
    assert current(world.context, key) is not None
    assert world.ledger.entry(world.sent[0].job) is not None


def test_a_new_container_of_the_same_name_takes_over_the_copies(world: World) -> None:
    old = upload(world)
    process(world.context, old)
    new = upload(world, FILES | {"甲局.txt": TEXT + b"\xe4\xb8\x80\n"})
    late = [process(world.context, ref) for ref in world.sent]
    assert late == [State.SUPERSEDED] * 3
    world.sent.clear()
    run_all(world, new)
    shown = current(world.context, "2023/全部.zip!/甲局.txt")
    assert shown is not None
    assert shown.job == world.sent[0].job


def test_every_document_of_the_container_is_drawn_anew_by_reindex(world: World) -> None:
    run_all(world, upload(world))
    before, _ = world.ledger.entries(Query())
    world.ledger.forget(tuple(entry.job for entry in before))
    assert reindex(world.context) == (4, 0)
    assert {entry.ref.key for entry in world.ledger.entries(Query())[0]} == {entry.ref.key for entry in before}
    assert len(world.results("_index/")) == 2


@pytest.mark.parametrize("stage", [State.EXTRACT, State.CLASSIFY, State.VALIDATE, State.PUBLISH])
def test_every_stage_of_a_container_may_be_run_again(world: World, stage: State) -> None:
    ref = upload(world)
    run_all(world, ref)
    before = world.results()
    assert rerun(world.context, ref, stage) is State.DONE
    assert same_bytes(before, world.results())


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(5))
def test_a_crash_while_it_is_taken_apart_loses_no_member(world: World, at: int, after: bool) -> None:  # noqa: FBT001
    ref = upload(world)
    run_all(world, ref)
    expected = world.results()
    world = make_world()
    ref = upload(world)
    crashed = False
    try:
        process(world.storing(cast("Any", Mortal(world.store, Life(at=at, after=after)))), ref)
    except CrashError:
        crashed = True
    assert crashed == (at < 5)
    for _ in range(3):
        for found in swept(world):
            process(world.context, found)
    assert same_bytes(expected, world.results())
    assert swept(world) == []


def test_a_members_reference_survives_the_message(world: World) -> None:
    ref = upload(world).of_member("甲局.txt")
    assert message_to_ref(to_message(ref)) == ref
    assert (ref.member, ref.container) == ("甲局.txt", "2023/全部.zip")


def test_a_container_in_the_place_of_a_report_takes_the_reports_copy_away(world: World) -> None:
    key = "2023/全部.zip"
    process(world.context, world.upload(key, TEXT))
    assert current(world.context, key) is not None
    process(world.context, upload(world))
    assert world.results(f"{key}/") == {}
