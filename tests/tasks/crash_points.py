"""SQLite's method on a document: stop at every side effect, start again, and find what an undisturbed run leaves.

`python -m tests.tasks.crash_points` dies before and after each of them, in every story, and prints JSON: per story
the number of side effects, of crash points, and those not survived. It ends with 1 if there is one.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tasks import layout
from tasks.finished import current, terminal
from tasks.messages import SubmissionRef
from tests.tasks import remembered
from tests.tasks.life import Life
from tests.tasks.machine import Machine
from tests.tasks.stories import STORIES, Story

SCHEDULE = timedelta(days=1)
"""A receiver that fails twice was told again by then."""

_TIMES = re.compile(rb'"(attempts|timestamp|at)": ?("[^"]*"|\d+)')
"""What may differ in a body or in a quarantine: times, and how often it was tried."""


@dataclass(frozen=True, slots=True)
class Point:
    """The process dies at this side effect; `place` names it."""

    at: int
    after: bool
    place: str

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} {self.at} {self.place}"


def told(story: Story, life: Life) -> Machine:
    """The machine when everything is quiet again, whatever became of this life."""
    machine = Machine(versioned=story.versioned, read=remembered.read)
    story.tell(machine, life)
    machine.settle()
    machine.pass_time(SCHEDULE)
    machine.settle()
    return machine


def story_to_effects(story: Story) -> tuple[str, ...]:
    """The side effects of the undisturbed story, in order."""
    life = Life()
    story.tell(Machine(versioned=story.versioned, read=remembered.read), life)
    return tuple(life.effects)


def effects_to_points(effects: tuple[str, ...], *, both: bool) -> Iterator[Point]:
    """Before each effect and after the last; with `both`, after each.

    Dying after one effect leaves the same world as dying before the next, so the short way leaves nothing out.
    """
    for at, place in enumerate(effects):
        yield Point(at, after=False, place=place)
        if both or at == len(effects) - 1:
            yield Point(at, after=True, place=place)


def survives(story: Story, point: Point, expected: dict[str, Any]) -> bool:
    """Is the end the same? Raises AssertionError where the process did not die."""
    life = Life(at=point.at, after=point.after)
    machine = told(story, life)
    assert life.dead, f"{story.name}: nothing happened {point}"
    return machine_to_picture(machine, open_past=story.open_past) == expected


def story_to_failures(story: Story, *, both: bool) -> tuple[int, int, tuple[str, ...]]:
    """How many side effects, how many points, and the points that were not survived."""
    with remembered.remembering():
        effects = story_to_effects(story)
        expected = machine_to_picture(told(story, Life()), open_past=story.open_past)
        points = tuple(effects_to_points(effects, both=both))
        return len(effects), len(points), tuple(str(p) for p in points if not survives(story, p, expected))


def machine_to_picture(machine: Machine, *, open_past: bool) -> dict[str, Any]:
    """Everything that must come out the same: records, copies, what receivers were told, what the ledger shows.

    Nothing waits, and nothing is left to be compared.
    """
    context = machine.context(Life())
    standing = tuple(ref for ref in machine.standing() if not ref.key.endswith("/"))
    ends = {ref.key: terminal(context, ref.job) for ref in standing}
    shown = {ref.key: current(context, ref.key) for ref in standing}
    ledger = {ref.key: entry and entry.state for ref in standing for entry in (machine.ledger.entry(ref.job),)}
    return {
        "ended": {key: None if end is None else (end.job, type(end).__name__) for key, end in ends.items()},
        "shown": {key: None if copy is None else (copy.job, copy.state) for key, copy in shown.items()},
        "ledger": ledger,
        "waiting": [*machine.results(layout.OUTBOX), *machine.results(layout.ACROSS), *machine.broker.everything()],
        "said": _said_alone(machine, standing) if open_past else _said(machine),
    }


def _said(machine: Machine) -> dict[str, Any]:
    """All records and copies but for times, and each webhook's body by its id."""
    records = {key: _TIMES.sub(b"", data) for key, data in machine.results().items() if _lasts(key)}
    posted = {post.id: _TIMES.sub(b"", post.body) for post in machine.poster.posted}
    return {**records, **posted}


def _said_alone(machine: Machine, standing: tuple[SubmissionRef, ...]) -> dict[str, bytes]:
    """What the report alone says, of what stands."""
    found = {key: data for ref in standing for key, data in machine.results(f"{layout.SUBMISSIONS}{ref.job}/").items()}
    return {key: data for key, data in found.items() if key.endswith(("/report.json", "/findings.json"))}


def _lasts(key: str) -> bool:
    """Not what may tell the time, and not what counts deliveries, attempts and deeds."""
    return not key.endswith(("/run.json", "/current.json")) and not key.startswith(("_attempts/", "_outbox", "_audit/"))


def main() -> int:
    """Every story, before and after every effect; one JSON object."""
    found = {story.name: story_to_failures(story, both=True) for story in STORIES}
    told_of = {
        name: {"effects": effects, "points": points, "failed": failed}
        for name, (effects, points, failed) in found.items()
    }
    points = sum(points for _, points, _ in found.values())
    failed = sum(len(failed) for *_, failed in found.values())
    summary = {"kinds": len(found), "points": points, "survived": points - failed, "stories": told_of}
    print(json.dumps(summary, ensure_ascii=False, indent=1))  # noqa: T201 - the answer to the command
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
