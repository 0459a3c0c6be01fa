"""T17: whatever happens in whatever order, once it is quiet nothing is lost, nothing doubled, nothing wrong.

`GOUJI_MODEL_RUNS` and `GOUJI_MODEL_STEPS` make it longer; then `--hypothesis-seed` decides what happens. A failure
prints the steps that led to it; `GOUJI_MODEL_SHRINK=1` looks for fewer ones, which takes minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tasks import celery_tasks
from tasks.ports.poster import Answer
from tests.make.archive import to_zip
from tests.tasks import promises, remembered
from tests.tasks.life import Life
from tests.tasks.machine import Machine
from tests.tasks.stories import CORRECTED, IMAGE, LAST_YEAR, to_event
from tests.tasks.worlds import TEXT

pytestmark = pytest.mark.proof

MODEL_RUNS = "GOUJI_MODEL_RUNS"
"""How many runs of each of the two machines; the night has ten thousand of a hundred steps."""

RUNS = int(os.environ.get(MODEL_RUNS, "100"))
STEPS = int(os.environ.get("GOUJI_MODEL_STEPS", "50"))

KEYS = ("甲.txt", "2022/乙 丙.txt", "包+1.zip", "空/")
OTHER = TEXT.replace("铜官区".encode(), "石桥县".encode())
CONTENTS = {
    "text": TEXT,
    "last year": LAST_YEAR,
    "corrected": CORRECTED,
    "other agency": OTHER,
    "image": IMAGE,
    "empty": b"",
    "zip": to_zip({"甲.txt": TEXT, "坏.png": IMAGE}),
}

MOST_EFFECTS = 40
"""No message causes many more side effects; what is beyond the last one does not happen."""

keys = st.sampled_from(KEYS)
contents = st.sampled_from(tuple(CONTENTS))
numbers = st.integers(0, 7)
points = st.integers(0, MOST_EFFECTS)


@contextmanager
def impatient() -> Iterator[None]:
    """A re-run that finds its job taken gives up at once; real seconds do not pass here."""
    with pytest.MonkeyPatch.context() as patch, remembered.remembering():
        patch.setattr(celery_tasks, "PATIENCE", 0)
        yield


class EverythingHappens(RuleBasedStateMachine):
    """Uploads, events, faults and processes in any order."""

    versioned = False

    def __init__(self) -> None:
        super().__init__()
        self.machine = Machine(read=remembered.read, versioned=self.versioned, queue_limit=6)
        self.uploaded: list[tuple[str, str]] = []

    # the world

    @rule(key=keys, what=contents)
    def put(self, key: str, what: str) -> None:
        """New or over what stands there."""
        ref = self.machine.upload(key, b"" if key.endswith("/") else CONTENTS[what])
        self.uploaded.append((key, ref.etag))

    @rule(key=keys, what=contents, raw=st.booleans())
    def put_and_tell(self, key: str, what: str, raw: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """As a bucket with events does."""
        self.put(key, what)
        self.machine.event(to_event(key, self.uploaded[-1][1], raw=raw))

    @rule(key=keys)
    def delete(self, key: str) -> None:
        """It is gone."""
        self.machine.remove(key)

    @rule(number=numbers, raw=st.booleans())
    def late_event(self, number: int, raw: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """Once more, or out of order, or of a version that no longer stands."""
        if self.uploaded:
            key, etag = self.uploaded[-1 - number % len(self.uploaded)]
            self.machine.event(to_event(key, etag, raw=raw))

    @rule(number=numbers, at=points, after=st.booleans())
    def intake_dies(self, number: int, at: int, after: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """Its sender keeps the event."""
        if self.uploaded:
            key, etag = self.uploaded[-1 - number % len(self.uploaded)]
            self.machine.event(to_event(key, etag), Life(at=at % 5, after=after))

    @rule(status=st.sampled_from((204, 500, 410)))
    def receiver_answers(self, status: int) -> None:
        """From now on."""
        self.machine.poster.answering = lambda *_: Answer(status=status)
        self.machine.receiver_failed |= status != 204

    # processes

    @rule(number=numbers)
    def work(self, number: int) -> None:
        """On any message: they come out of order."""
        self.machine.work(number)

    @rule(number=numbers, at=points, after=st.booleans())
    def worker_dies(self, number: int, at: int, after: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """At a side effect, if there are so many."""
        self.machine.work(number, Life(at=at, after=after))

    @rule(number=numbers, at=points, key=keys, what=contents)
    def replaced_meanwhile(self, number: int, at: int, key: str, what: str) -> None:
        """A version arrives while something is worked on."""
        self.machine.work(number, Life(at=at, then=lambda: self.put(key, what)))

    @rule(number=numbers, at=points, key=keys)
    def removed_meanwhile(self, number: int, at: int, key: str) -> None:
        """So does its removal."""
        self.machine.work(number, Life(at=at, then=lambda: self.delete(key)))

    @rule(number=numbers, at=points)
    def sweep_meanwhile(self, number: int, at: int) -> None:
        """A sweep passes in the middle of the work."""
        self.machine.work(number, Life(at=at, then=self.machine.sweep))

    @rule(number=numbers, at=points, other=numbers, late=st.booleans())
    def two_workers(self, number: int, at: int, other: int, late: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """A second worker acts in the midst of the first, whose lease may have run out and whose message is back."""

        def second() -> None:
            if late:
                self.machine.pass_time(timedelta(minutes=20))
                self.machine.broker.redeliver()
            self.machine.work(other)

        self.machine.work(number, Life(at=at, then=second))

    @rule()
    def sweep(self) -> None:
        """One pass."""
        self.machine.sweep()

    @rule(at=points, after=st.booleans())
    def sweep_dies(self, at: int, after: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """In the middle of it."""
        self.machine.sweep(Life(at=at, after=after))

    @rule(at=points)
    def two_sweeps(self, at: int) -> None:
        """The second in the midst of the first."""
        self.machine.sweep(Life(at=at, then=self.machine.sweep))

    @rule(key=keys)
    def operator(self, key: str) -> None:
        """Has it tried again, where there is such a file."""
        if any(ref.key == key and ref.size for ref in self.machine.standing()):
            self.machine.again(key, Life())

    # Redis and time

    @rule(seconds=st.sampled_from((5, 31, 70, 1000)))
    def time_passes(self, seconds: int) -> None:
        """Leases run out."""
        self.machine.pass_time(timedelta(seconds=seconds))

    @rule()
    def redeliver(self) -> None:
        """What was not acknowledged waits again."""
        self.machine.broker.redeliver()

    @rule(number=numbers)
    def message_lost(self, number: int) -> None:
        """Without a trace."""
        self.machine.broker.destroy(number)

    @rule()
    def redis_forgets(self) -> None:
        """Queue, leases and picture."""
        self.machine.wipe_ledger()

    # and then

    @rule()
    def quiet(self) -> None:
        """The faults end, and everything holds."""
        self.machine.settle()
        promises.all_hold(self.machine)

    def teardown(self) -> None:
        """At the end as well."""
        self.quiet()


class WithVersions(EverythingHappens):
    """The inbox keeps its versions."""

    versioned = True


@pytest.mark.parametrize("model", [EverythingHappens, WithVersions])
def test_nothing_is_lost_doubled_or_wrong(model: type[EverythingHappens]) -> None:
    chosen = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=MODEL_RUNS not in os.environ,
        suppress_health_check=tuple(HealthCheck),
        phases=tuple(Phase) if "GOUJI_MODEL_SHRINK" in os.environ else (Phase.generate,),
        print_blob=True,
    )
    with impatient():
        run_state_machine_as_test(model, settings=chosen)
