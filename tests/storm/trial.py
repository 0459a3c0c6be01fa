"""What a trial does: how many documents, which faults how often, and the settings, shortened for the test.

Everything that happens follows from the seed: `trial_to_steps` gives the whole schedule before the first second.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tests.storm.poison import Poison
from tests.storm.wire import Mode

STORMY = {"500": 0.05, "503": 0.05, "truncated": 0.02, "reset": 0.02, "404": 0.02, "etag": 0.02}
"""T11 as the specification prints it, but for stalls."""

GUSTY = {"500": 0.01, "503": 0.01, "truncated": 0.005, "reset": 0.005, "404": 0.01, "etag": 0.01, "stall": 0.0001}
"""Beside everything else: a document makes about forty requests, so that four of ten documents meet one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Gouji's own settings in this run, shortened so that an hour is enough; all in seconds."""

    sweep: float = 5.0
    age: float = 3.0
    lease: int = 6
    queued: int = 10
    visibility: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Faults of the events: shares of them dropped and doubled, and how late the latest are."""

    dropped: float = 0.1
    doubled: float = 0.2
    latest: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One run of the harness. Times in seconds, shares of 1; `covers` are the tests of reliability.md section 5."""

    name: str
    covers: tuple[str, ...]
    documents: int
    feed: float
    """Documents come during so many seconds."""
    storm: float
    """Faults go on at least so long, and while more than a hundredth of the documents has no result or waits to be
    compared with its neighbours …"""
    longest: float
    """… but no longer than this."""
    patience: float = 120.0
    """After the last fault everything is quiet within so many seconds, or something is lost."""
    workers: int = 4
    processes: int = 1
    kill_every: float = 0.0
    redis_kill_every: float = 0.0
    wipes: int = 0
    destroyed: float = 0.0
    modes: tuple[tuple[Mode, float], ...] = ()
    """What the line to Redis does in turn, and for how long; a calm of the same length follows each."""
    weather: dict[str, float] = field(default_factory=dict)
    upload_weather: dict[str, float] = field(default_factory=dict)
    """Where an upload is read or looked at, if it is another one."""
    stall: float = 5.0
    events: Events | None = None
    overwritten: float = 0.0
    deleted: float = 0.0
    oddities: int = 0
    """So many folder objects, empty objects and aborted multiparts each."""
    poisoned: float = 0.0
    poisons: tuple[Poison, ...] = ()
    failing_receiver: float = 0.0
    wall: float = 300.0
    two_sweeps: bool = False
    settings: Settings = Settings()


class What(StrEnum):
    """What a step does."""

    PUT = "put"
    OVERWRITE = "overwrite"
    DELETE = "delete"
    KILL = "kill"
    REDIS_KILL = "redis_kill"
    REDIS_WIPE = "redis_wipe"
    WIRE = "wire"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """What is done when, in seconds from the beginning; `number` is a document's, `mode` the line's."""

    at: float
    what: What
    number: int = 0
    mode: Mode = Mode.PASS


@dataclass(frozen=True, slots=True)
class Told:
    """An event that reaches the intake: when, of which document, its key encoded or not."""

    at: float
    number: int
    is_encoded: bool


def trial_to_steps(trial: Trial, seed: int) -> list[Step]:
    """The whole schedule, in order of time."""
    chance = random.Random(f"steps {trial.name} {seed}")  # noqa: S311 - faults, no secret
    steps = [*_uploads(trial, chance), *_kills(trial, chance), *_redis(trial, chance), *_wire(trial, chance)]
    return sorted(steps)


def _uploads(trial: Trial, chance: random.Random) -> Iterator[Step]:
    """In gusts, as offices send them: half of the documents come evenly, half in ten heaps."""
    heaps = [chance.uniform(0, trial.feed * 0.9) for _ in range(10)]
    for number in range(trial.documents):
        evenly = trial.feed * number / trial.documents
        at = evenly if number % 2 else min(trial.feed, chance.choice(heaps) + chance.uniform(0, trial.feed / 50))
        yield Step(at, What.PUT, number)
        roll = chance.random()
        if roll < trial.overwritten:
            yield Step(at + chance.uniform(0.2, 6.0), What.OVERWRITE, number)
        elif roll < trial.overwritten + trial.deleted:
            yield Step(at + chance.uniform(0.2, 6.0), What.DELETE, number)


def _every(seconds: float, trial: Trial, chance: random.Random) -> Iterator[float]:
    """Moments about so many seconds apart; none where the trial has none."""
    at = seconds
    while seconds and at < trial.longest:
        yield at
        at += chance.uniform(0.6, 1.4) * seconds


def _kills(trial: Trial, chance: random.Random) -> Iterator[Step]:
    return (Step(at, What.KILL) for at in _every(trial.kill_every, trial, chance))


def _redis(trial: Trial, chance: random.Random) -> Iterator[Step]:
    moments = list(_every(trial.redis_kill_every, trial, chance))
    within = [at for at in moments if at < trial.feed] or moments[:1]
    wiped = set(chance.sample(within, min(trial.wipes, len(within))))
    return (Step(at, What.REDIS_WIPE if at in wiped else What.REDIS_KILL) for at in moments)


def _wire(trial: Trial, chance: random.Random) -> Iterator[Step]:
    at = 2.0
    while trial.modes and at < trial.longest:
        for mode, seconds in chance.sample(trial.modes, len(trial.modes)):
            yield Step(at, What.WIRE, mode=mode)
            yield Step(at + seconds, What.WIRE, mode=Mode.PASS)
            at += 2 * seconds


def steps_to_told(trial: Trial, steps: list[Step], seed: int) -> list[Told]:
    """The events of these uploads as they reach the intake: some not at all, some twice, late and out of order."""
    if trial.events is None:
        return []
    chance = random.Random(f"events {trial.name} {seed}")  # noqa: S311 - the same
    told: list[Told] = []
    for step in steps:
        if step.what not in (What.PUT, What.OVERWRITE) or chance.random() < trial.events.dropped:
            continue
        times = 2 if chance.random() < trial.events.doubled else 1
        for _ in range(times):
            late = trial.events.latest * chance.random() ** 4
            told.append(Told(step.at + late, step.number, chance.random() < 0.5))
    return sorted(told, key=lambda one: one.at)
