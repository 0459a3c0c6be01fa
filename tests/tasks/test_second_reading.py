"""The second reading in the chain: asked for when needed, in the child, kept, survived, and the same on every way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.files import json_to_value
from parsers.model.finding import Attribution, Finding
from parsers.model.outcome import Findings, Outcome
from parsers.model.report import Report
from tasks import layout
from tasks.context import Context
from tasks.errors import AgainError, TransientError
from tasks.messages import SubmissionRef
from tasks.pipeline import process, rerun
from tasks.ports.ledger import State
from tasks.records import Attempt, End, Run
from tasks.sandbox import Sandbox
from tests.tasks.life import CrashError, Life, Mortal
from tests.tasks.worlds import INBOX, World, make_world, same_bytes
from workers.check import assess_all
from workers.corpus.figures import written
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, to_sheet

WRONG = Changes(cells={("review_litigation", "review", "total"): "9999"})


@cache
def wrong() -> bytes:
    """A PDF whose sum is wrong on paper."""
    return to_pdf(to_sheet("2021", written("2021"), WRONG))


@cache
def clean() -> bytes:
    return to_pdf(to_sheet("2021", written("2021")))


read = cache(parsers.read)
reread = cache(parsers.reread)


def refuse(_data: bytes) -> Document:
    raise AssertionError


def broken(_data: bytes) -> Document:
    raise DocumentError("PDF_BROKEN", "坏了。", "重来。")


def ready(world: World, second: Callable[[bytes], Document] = reread) -> World:
    """The world with readers that read each file once only, and this one as the second."""
    return replace(world, context=replace(world.context, read=read, reread=second))


@pytest.fixture
def world() -> World:
    return ready(make_world())


def kept(world: World) -> list[str]:
    return [key for key in world.results("_documents/") if key.endswith(".second.json.gz")]


def published(world: World, ref: SubmissionRef) -> Outcome:
    def of(name: str) -> bytes:
        return world.results()[layout.submission(ref.job, parsers.judge_digest(), name)]

    return Outcome(
        report=json_to_value(of("report.json"), Report), findings=json_to_value(of("findings.json"), Findings)
    )


def wrong_sum(outcome: Outcome) -> Finding:
    return next(finding for finding in outcome.findings.findings if finding.code == "A04")


def attempts(world: World) -> list[Attempt]:
    return [json_to_value(data, Attempt) for data in world.results(layout.ATTEMPTS).values()]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


class TestOneMessage:
    def test_a_clean_document_is_never_read_again(self, world: World) -> None:
        quiet = ready(world, refuse)
        process(quiet.context, quiet.upload("a.pdf", clean()))
        assert kept(world) == []

    def test_a_wrong_sum_is_read_again_and_stays_the_agencys(self, world: World) -> None:
        ref = world.upload("a.pdf", wrong())
        process(world.context, ref)
        finding = wrong_sum(published(world, ref))
        figure = published(world, ref).report.tables["review_litigation"]["review"]["total"]
        assert finding.attribution is Attribution.FILED
        assert [reading.raw for reading in figure.readings] == ["9999", "9999"]

    @pytest.mark.parametrize("data", [clean, wrong])
    def test_run_json_says_whether_it_was_needed(self, world: World, data: Callable[[], bytes]) -> None:
        ref = world.upload("a.pdf", data())
        process(world.context, ref)
        run = json_to_value(world.results()[layout.submission(ref.job, parsers.judge_digest(), "run.json")], Run)
        assert run.needed_second is (data is wrong)

    def test_a_second_reading_that_fails_leaves_a_doubt_and_the_document_is_published(self, world: World) -> None:
        failing = ready(world, broken)
        ref = failing.upload("a.pdf", wrong())
        assert process(failing.context, ref) is State.DONE
        assert wrong_sum(published(world, ref)).attribution is Attribution.UNCLEAR

    def test_a_failed_second_reading_is_kept_and_not_tried_again(self, world: World) -> None:
        failing = ready(world, broken)
        process(failing.context, failing.upload("a.pdf", wrong()))
        ref = world.upload("b.pdf", wrong())
        process(ready(world, refuse).context, ref)
        assert wrong_sum(published(world, ref)).attribution is Attribution.UNCLEAR

    def test_a_store_that_is_down_meanwhile_is_no_bug_of_ours(self, world: World) -> None:
        def down(_data: bytes) -> Document:
            raise TransientError

        ref = world.upload("a.pdf", wrong())
        with pytest.raises(TransientError):
            process(ready(world, down).context, ref)
        assert process(world.context, ref) is State.DONE

    def test_a_child_that_crashed_is_tried_again_apart_and_then_done_without(self, world: World) -> None:
        def crash(_data: bytes) -> Document:
            raise DocumentError("CHILD_CRASHED", "坏了。", "重来。")

        crashing = ready(world, crash)
        ref = crashing.upload("a.pdf", wrong())
        for _ in range(2):
            with pytest.raises(AgainError):
                process(crashing.context, ref, alone=True)
        assert process(crashing.context, ref, alone=True) is State.DONE
        assert [attempt.end for attempt in attempts(world)] == [End.FINISHED, *[End.MEASURED] * 3]


class TestJudgedAgain:
    @pytest.mark.parametrize("stage", [State.EXTRACT, State.CLASSIFY, State.VALIDATE])
    def test_a_kept_second_reading_needs_no_bytes(self, world: World, stage: State) -> None:
        ref = world.upload("a.pdf", wrong())
        process(world.context, ref)
        before = world.results()
        assert rerun(ready(world, refuse).context, ref, stage) is State.DONE
        assert same_bytes(world.results(), before)

    def test_one_that_is_not_kept_is_made_from_the_bytes(self, world: World) -> None:
        ref = world.upload("a.pdf", wrong())
        process(world.context, ref)
        before = world.results()
        world.store.delete(world.context.results, kept(world)[0])
        assert rerun(world.context, ref, State.CLASSIFY) is State.DONE
        assert same_bytes(world.results(), before)

    def test_bytes_that_are_gone_meanwhile_leave_the_record_as_it_is(self, world: World) -> None:
        ref = world.upload("a.pdf", wrong())
        process(world.context, ref)
        before = world.results(layout.SUBMISSIONS)
        world.store.delete(world.context.results, kept(world)[0])
        world.store.delete(INBOX, "a.pdf")
        assert rerun(world.context, ref, State.CLASSIFY) is State.DELETED
        assert world.results(layout.SUBMISSIONS) == before


def storing(world: World, life: Life) -> Context:
    """The store in the hands of this life."""
    return world.storing(cast("Any", Mortal(world.store, life)))


@pytest.mark.parametrize("second", [reread, broken], ids=["read", "failed"])
def test_a_crash_at_any_write_leaves_the_same_results(second: Callable[[bytes], Document]) -> None:
    calm, counting = ready(make_world(), second), Life()
    process(storing(calm, counting), calm.upload("a.pdf", wrong()))
    for at in range(len(counting.effects)):
        for after in (False, True):
            world = ready(make_world(), second)
            ref = world.upload("a.pdf", wrong())
            with pytest.raises(CrashError):
                process(storing(world, Life(at=at, after=after)), ref)
            process(world.context, ref)
            assert same_bytes(world.results(), calm.results()), (at, after)


class TestRealSandbox:
    def test_the_child_rereads_as_the_core_does(self, sandbox: Sandbox) -> None:
        assert sandbox.reread(wrong()) == reread(wrong())

    def test_core_command_line_and_chain_come_to_the_same_outcome(self, sandbox: Sandbox, tmp_path: Path) -> None:
        path = tmp_path / "a.pdf"
        path.write_bytes(wrong())
        world = make_world()
        context = replace(world.context, read=sandbox.read, reread=sandbox.reread)
        ref = world.upload("a.pdf", wrong())
        process(context, ref)
        expected = parsers.assess(wrong())
        assert [*assess_all(sandbox, path)] == [(str(path), expected)]
        assert expected == published(world, ref)
        assert json.loads(world.results()[layout.done(ref.job)])["has_error"] is True
