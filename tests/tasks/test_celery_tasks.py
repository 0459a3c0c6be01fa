"""A message that does not belong in its queue is sent to the one where it does."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

import parsers
from parsers.model.document import Document
from parsers.model.errors import NeedsOfficeError
from parsers.model.source import Kind
from tasks.celery_tasks import ELSEWHERE, EXTRACT, LATER, OFFICE, PROCESS, extract_task, process_task, to_message
from tasks.pipeline import process
from tasks.ports.ledger import State
from tasks.ports.memory_ledger import MemoryLedger
from tests.tasks.worlds import make_world


def needing_office(_data: bytes) -> Document:
    raise NeedsOfficeError(Kind.DOC, "这是 DOC。")


@dataclass
class App:
    """The context of a task, and what it sent."""

    context: Any
    sent: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)

    def send_task(self, name: str, kwargs: dict[str, Any], queue: str) -> None:
        self.sent.append((name, kwargs, queue))


@pytest.mark.parametrize(("task", "name"), [(process_task, PROCESS), (extract_task, EXTRACT)])
def test_what_needs_an_office_program_goes_to_its_queue_and_is_done_there(task: Any, name: str) -> None:
    world = make_world()
    message = to_message(world.upload())
    app = App(replace(world.context, read=needing_office, read_office=parsers.read))
    own = SimpleNamespace(app=app, name=name)
    assert task.run.__func__(own, message) == LATER
    assert app.sent == [(name, {"ref": message, "office": True}, OFFICE)]
    assert task.run.__func__(own, **app.sent[0][1]) == State.DONE.value


def test_what_runs_apart_is_converted_where_it_runs() -> None:
    world, task = make_world(), cast("Any", process_task)
    app = App(replace(world.context, read=needing_office, read_office=parsers.read))
    own = SimpleNamespace(app=app, name=PROCESS)
    assert task.run.__func__(own, to_message(world.upload()), alone=True) == State.DONE.value


def test_a_rerun_waits_for_the_comparison_that_has_its_job() -> None:
    world = make_world()
    ref = world.upload()
    process(world.context, ref)
    world.ledger.lease(ref.job, "another worker", 60)
    timer = threading.Timer(0.5, world.ledger.release, (ref.job, "another worker"))
    timer.start()
    own = SimpleNamespace(app=App(world.context), name=EXTRACT)
    state = cast("Any", extract_task).run.__func__(own, to_message(ref))
    timer.join()
    assert state == State.DONE.value


def test_the_first_way_of_a_submission_waits_for_nobody() -> None:
    world = make_world()
    ref = world.upload()
    world.ledger.lease(ref.job, "another worker", 60)
    own = SimpleNamespace(app=App(world.context), name=PROCESS)
    assert cast("Any", process_task).run.__func__(own, to_message(ref)) == ELSEWHERE


def test_a_comparison_is_sent_when_the_job_is_free_for_whoever_takes_it_up() -> None:
    world, task, free = make_world(), cast("Any", process_task), []
    ledger = MemoryLedger(clock=lambda: datetime(2024, 1, 31, tzinfo=UTC))  # no lease runs out
    sending = replace(
        world.context, ledger=ledger, enqueue_across=lambda job, _: free.append(ledger.lease(job, "b", 9))
    )
    task.run.__func__(SimpleNamespace(app=App(sending), name=PROCESS), to_message(world.upload()))
    assert free == [True]
