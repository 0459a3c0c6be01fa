"""Neighbours are compared when they arrive, in either order, to the same bytes; no lost message loses a comparison."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any, TypeAlias, cast

import pytest

from parsers.model.across import Across
from parsers.model.files import json_to_value
from tasks import layout
from tasks.across import MOST_OF_A_YEAR, across, noted
from tasks.attempts import ALONE_FROM, begin
from tasks.errors import TransientError
from tasks.finished import current, terminal
from tasks.messages import Reach
from tasks.pipeline import process, rerun
from tasks.ports.ledger import State
from tasks.ports.store import Store
from tasks.publish import leave_note
from tasks.records import Done
from tests.make.cases import to_text
from tests.tasks.worlds import World, make_world
from workers.corpus.figures import written
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import to_sheet

Filed: TypeAlias = tuple[str, dict[str, Any]]

LAST: Filed = ("2022/甲.txt", {"year": 2022, "cells": {"requests.carried_forward.total": "3"}})
THIS: Filed = ("2023/甲.txt", {"year": 2023})
OTHER: Filed = ("2023/乙.txt", {"year": 2023, "replace": {"澄湖县水务局": "石桥县水利局"}})
VERSION: Filed = ("市/甲.txt", {"year": 2023, "cells": {"requests.granted.total": "15"}})


def file(world: World, key: str, changes: dict[str, Any]) -> str:
    """Upload it and bring it to its end; its job."""
    ref = world.upload(key, to_text({"name": key, **changes}).encode())
    assert process(world.context, ref) is State.DONE
    return ref.job


def compare_all(world: World) -> int:
    """Every comparison that was sent, and those that they send; how many."""
    count = 0
    while world.to_compare:
        across(world.context, *world.to_compare.pop(0))
        count += 1
    return count


def done(world: World, job: str) -> Done:
    end = terminal(world.context, job)
    assert isinstance(end, Done)
    return end


def compared(world: World, job: str) -> Across:
    (made,) = (made for made in done(world, job).files if made.name == "across.json")
    data = world.store.get("results", layout.submission(job, done(world, job).judge_digest, made.folder + made.name))
    assert data is not None
    return json_to_value(data, Across)


def lasting(world: World) -> dict[str, bytes]:
    """What must not depend on any order: the valid files of every job, and what people see."""
    jobs = {key.split("/")[1] for key in world.results(layout.SUBMISSIONS)}
    found: dict[str, bytes] = {}
    for job in sorted(jobs):
        end = done(world, job)
        for made in end.files:
            key = layout.submission(job, end.judge_digest, made.folder + made.name)
            found[f"{job}/{made.name}"] = world.store.get("results", key) or b""
            shown = layout.copy_prefix(end.ref.key) + made.name
            found[shown] = world.store.get("results", shown) or b""
    return found


def test_whatever_the_order_the_bytes_are_the_same_in_the_end() -> None:
    ends = []
    for order in tuple(permutations((LAST, THIS, OTHER)))[::2]:
        world = make_world()
        for key, changes in order:
            file(world, key, changes)
            compare_all(world)
        ends.append(lasting(world))
    assert all(end == ends[0] for end in ends)


def test_comparisons_made_late_and_all_at_once_end_the_same() -> None:
    at_once, one_by_one = make_world(), make_world()
    for key, changes in (THIS, LAST, VERSION):
        file(at_once, key, changes)
        file(one_by_one, key, changes)
        compare_all(one_by_one)
    compare_all(at_once)
    assert lasting(at_once) == lasting(one_by_one)


def test_last_years_report_that_comes_later_changes_the_notice_and_the_receivers_are_told() -> None:
    world = make_world()
    job = file(world, *THIS)
    compare_all(world)
    before = done(world, job)
    file(world, *LAST)
    compare_all(world)
    after = done(world, job)
    codes = [finding.code for finding in compared(world, job).findings if finding.root_cause is None]
    told = [b"document.updated" in record for record in world.results(layout.OUTBOX).values()]
    assert "Y01" in codes
    assert (before.across, after.sequence, after.counts["error"]) == (None, 2, before.counts["error"] + 1)
    assert sorted(told) == [False, False, True]
    assert "两年数据不衔接" in (world.store.get("results", "2023/甲.txt/notice.html") or b"").decode()


def test_an_outcome_read_anew_after_a_comparison_has_a_number_of_its_own() -> None:
    """Receivers pass over what has a number that they know."""
    world = make_world()
    file(world, *LAST)
    job = file(world, *THIS)
    compare_all(world)
    compared_one = done(world, job)
    rerun(world.context, compared_one.ref, State.EXTRACT)
    assert (compared_one.sequence, done(world, job).sequence) == (2, 3)


def test_report_and_findings_stay_as_the_bytes_alone_make_them() -> None:
    alone, among = make_world(), make_world()
    job = file(alone, *THIS)
    for key, changes in (THIS, LAST, OTHER):
        file(among, key, changes)
        compare_all(among)
    names = ("report.json", "findings.json")
    one, other = ({m.name: m.sha256 for m in done(w, job).files if m.name in names} for w in (alone, among))
    assert one == other


def test_a_report_without_neighbours_is_left_as_it_is() -> None:
    world = make_world()
    job = file(world, *THIS)
    compare_all(world)
    assert (done(world, job).across, done(world, job).sequence) == (None, 1)


def test_a_comparison_that_comes_out_as_before_writes_and_tells_nothing() -> None:
    world = make_world()
    jobs = [file(world, *THIS), file(world, *LAST)]
    compare_all(world)
    before = world.results()
    for job in jobs:
        leave_note(world.context, job, done(world, jobs[0]))
        across(world.context, job, Reach.ALONE)
    assert world.results() == before


def test_without_a_note_nothing_is_looked_at() -> None:
    world = make_world()
    jobs = [file(world, *THIS), file(world, *LAST)]
    compare_all(world)
    across(replace(world.context, store=cast("Store", _NothingNoted())), jobs[0], Reach.AROUND)


class _NothingNoted:
    """A store that may be asked for notes only."""

    def walk(self, _bucket: str, _prefix: str = "") -> list[object]:
        return []


def test_a_corrected_upload_says_what_is_closed_and_people_see_it() -> None:
    world = make_world()
    file(world, "2023/甲.txt", {"cells": {"requests.granted.total": "15"}})
    compare_all(world)
    job = file(world, *THIS)
    compare_all(world)
    correction = compared(world, job).correction
    assert correction is not None
    assert (len(correction.closed) > 0, correction.remaining, correction.new) == (True, (), ())
    assert "已更正" in (world.store.get("results", "2023/甲.txt/notice.html") or b"").decode()
    shown = current(world.context, "2023/甲.txt")
    assert shown is not None
    assert (shown.job, shown.across) == (job, done(world, job).across)


def test_two_versions_are_told_to_both() -> None:
    world = make_world()
    jobs = [file(world, *THIS), file(world, *VERSION)]
    compare_all(world)
    assert [[f.code for f in compared(world, job).findings] for job in jobs] == [["MULTI_VERSION"], ["MULTI_VERSION"]]


def test_what_was_not_compared_lies_noted_until_it_is() -> None:
    world = make_world()
    job = file(world, *THIS)
    now = world.clock()
    assert noted(world.context, now + timedelta(hours=1)) == ((job, Reach.AROUND),)
    assert noted(world.context, now - timedelta(hours=1)) == ()
    compare_all(world)
    assert noted(world.context, world.clock()) == ()


def test_a_comparison_cut_short_is_noted_still() -> None:
    world = make_world()
    file(world, *VERSION)
    job = file(world, *THIS)

    def broken(*_unknown: object) -> None:
        raise TransientError("broker")

    with pytest.raises(TransientError):
        across(replace(world.context, enqueue_across=broken), job, Reach.AROUND)
    assert dict(noted(world.context, world.clock()))[job] is Reach.AROUND


def test_a_note_that_comes_while_a_comparison_is_made_is_for_another_round() -> None:
    world = make_world()
    job = file(world, *THIS)
    late = layout.across_note(job, "other-1")

    def arriving(_job: str, _reach: Reach) -> None:
        world.store.put("results", late, b"", "text/plain")

    file(world, *VERSION)
    across(replace(world.context, enqueue_across=arriving), job, Reach.AROUND)
    assert dict(noted(world.context, world.clock()))[job] is Reach.ALONE


def test_a_job_whose_note_came_meanwhile_is_sent_once_more() -> None:
    world = make_world()
    job = file(world, *THIS)
    taken = layout.across_note(job, f"{job}-1")
    sent: list[tuple[str, Reach]] = []
    store = world.store

    class Late:
        """As its own note is taken away, another one comes."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def delete(self, bucket: str, key: str) -> None:
            store.delete(bucket, key)
            if key == taken:
                store.put(bucket, layout.across_note(job, "other-1"), b"", "text/plain")

    late = replace(world.context, store=cast("Store", Late()), enqueue_across=lambda *one: sent.append(one))
    across(late, job, Reach.AROUND)
    assert sent == [(job, Reach.ALONE)]


def test_of_many_submissions_of_a_year_only_some_are_compared() -> None:
    world = make_world()
    jobs = [file(world, f"{number}.txt", {"year": 2023}) for number in range(MOST_OF_A_YEAR + 3)]
    compare_all(world)
    assert {len(compared(world, job).compared) for job in jobs} == {MOST_OF_A_YEAR}


def test_judged_anew_a_report_is_compared_anew() -> None:
    world = make_world()
    job = file(world, *THIS)
    file(world, *LAST)
    compare_all(world)
    before = done(world, job)
    rerun(world.context, before.ref, State.VALIDATE)
    assert done(world, job).across is None
    compare_all(world)
    assert (done(world, job).across, done(world, job).files) == (before.across, before.files)


def test_the_dashboard_counts_what_was_found_across() -> None:
    world = make_world()
    job = file(world, *THIS)
    file(world, *LAST)
    compare_all(world)
    entry = world.ledger.entry(job)
    assert entry is not None
    assert entry.counts == done(world, job).counts


def test_what_has_ended_workers_is_compared_without_pictures() -> None:
    world = make_world()
    job = world.upload("2023/甲.pdf", to_pdf(to_sheet("2021", written("2021")))).job
    process(world.context, world.standing("2023/甲.pdf"))
    file(world, *VERSION)
    for _ in range(ALONE_FROM):
        begin(world.context, job, alone=True)
    compare_all(world)
    assert {made.name for made in done(world, job).files} >= {"across.json", "notice.docx"}
    assert "annotated.pdf" not in {made.name for made in done(world, job).files}
    assert job not in dict(noted(world.context, world.clock()))
