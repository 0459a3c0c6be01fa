"""The drawing in the chain: only where it is needed, in the child, and never the end of an outcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

import parsers
from parsers.model.errors import DocumentError
from parsers.model.files import json_to_value
from parsers.notices.drawn import NOTHING_DRAWN, SOURCE_GONE, Drawn, Order
from parsers.notices.summary import to_summary
from tasks import layout
from tasks.errors import TransientError
from tasks.messages import SubmissionRef
from tasks.pipeline import process, rerun
from tasks.ports.ledger import State
from tasks.publish import done_to_event
from tasks.records import Attempt, Done, End
from tasks.sandbox import Sandbox
from tests.parsers.notices.notice_world import outcome_of, pdf_of
from tests.tasks.worlds import INBOX, World, make_world, same_bytes

read, reread, render = cache(parsers.read), cache(parsers.reread), cache(parsers.render)


def drawing(draw: Callable[[bytes, Order], Drawn] = render) -> World:
    """A world whose readers read each file once only, and that draws like this."""
    world = make_world()
    return replace(world, context=replace(world.context, read=read, reread=reread, render=draw))


def refuse(_data: bytes, _order: Order) -> Drawn:
    raise DocumentError("CHILD_CRASHED", "坏了。", "重来。")


def forbid(_data: bytes, _order: Order) -> Drawn:
    pytest.fail("nothing is to be drawn")


def upload(world: World, name: str = "two") -> SubmissionRef:
    return world.upload("a.pdf", pdf_of(name))


def file(world: World, ref: SubmissionRef, name: str) -> bytes | None:
    return world.results().get(layout.submission(ref.job, parsers.judge_digest(), name))


def remarks(world: World, ref: SubmissionRef) -> list[str]:
    found: list[str] = json.loads(file(world, ref, "notice.json") or b"")["remarks"]
    return found


def test_the_annotated_copy_is_published_named_and_copied_for_people() -> None:
    world = drawing()
    ref = upload(world)
    assert process(world.context, ref) is State.DONE
    done = json_to_value(world.results()[layout.done(ref.job)], Done)
    assert [made.name for made in done.files][:1] == ["annotated.pdf"]
    assert world.results("a.pdf/")["a.pdf/annotated.pdf"] == file(world, ref, "annotated.pdf")


def test_a_clean_report_is_not_drawn() -> None:
    world = drawing(forbid)
    assert process(world.context, upload(world, "clean")) is State.DONE


def test_a_drawing_that_fails_leaves_the_findings_and_says_so() -> None:
    world = drawing(refuse)
    ref = upload(world)
    assert process(world.context, ref) is State.DONE
    assert remarks(world, ref) == list(NOTHING_DRAWN.remarks)
    assert file(world, ref, "annotated.pdf") is None
    assert b"A04" in (file(world, ref, "findings.json") or b"")


def test_each_drawing_is_written_down_before_and_after() -> None:
    world = drawing(refuse)
    process(world.context, upload(world))
    attempts = [json_to_value(data, Attempt) for data in world.results(layout.ATTEMPTS).values()]
    assert [(attempt.end, attempt.code) for attempt in attempts][-1] == (End.FINISHED, "CHILD_CRASHED")


def test_a_sandbox_that_is_gone_brings_the_report_again() -> None:
    def gone(_data: bytes, _order: Order) -> Drawn:
        raise TransientError("gone")

    world = drawing(gone)
    with pytest.raises(TransientError):
        process(world.context, upload(world))


def test_judged_again_after_the_upload_was_removed_the_findings_stand() -> None:
    world = drawing()
    ref = upload(world)
    process(world.context, ref)
    world.store.delete(INBOX, ref.key)
    assert rerun(world.context, ref, State.VALIDATE) is State.DONE
    assert remarks(world, ref) == list(SOURCE_GONE.remarks)


def test_judged_again_the_same_bytes_are_drawn() -> None:
    world = drawing()
    ref = upload(world)
    process(world.context, ref)
    before = world.results(layout.SUBMISSIONS)
    rerun(world.context, ref, State.VALIDATE)
    assert same_bytes(before, world.results(layout.SUBMISSIONS))


def test_the_child_draws_what_the_core_draws() -> None:
    order = parsers.outcome_to_order(outcome_of())
    assert order is not None
    sandbox = Sandbox()
    try:
        assert sandbox.render(pdf_of(), order) == render(pdf_of(), order)
        with pytest.raises(DocumentError, match="无法绘出"):
            sandbox.render(b"%PDF-1.4\n", order)
    finally:
        sandbox.close()


def test_the_receivers_are_told_in_a_sentence() -> None:
    world = drawing()
    ref = upload(world)
    process(world.context, ref)
    done = json_to_value(world.results()[layout.done(ref.job)], Done)
    said = to_summary("澄湖县水务局", 2023, "2021", done.counts)
    assert done_to_event(done, world.context).summary == said
    assert json.loads(file(world, ref, "notice.json") or b"")["summary"] == said
    assert said in "".join(data.decode() for data in world.results("_outbox/").values())
