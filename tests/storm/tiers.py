"""The three tiers of reliability.md section 5, as far as they are this harness's."""

from __future__ import annotations

from tests.storm.poison import Poison
from tests.storm.trial import GUSTY, STORMY, Events, Settings, Trial
from tests.storm.wire import Mode

THIN = (Trial(name="thin", covers=("T1",), documents=100, feed=5, storm=15, longest=60, kill_every=1.5),)
"""For trying the harness itself, and for `.ci/run`."""

PR = (
    Trial(
        name="kills, messages, events",
        covers=("T1", "T2", "T3", "T6"),
        documents=240,
        feed=50,
        storm=60,
        longest=110,
        workers=6,
        kill_every=1.0,
        redis_kill_every=40,
        destroyed=0.05,
        events=Events(),
        overwritten=0.03,
        deleted=0.02,
        oddities=10,
        two_sweeps=True,
        failing_receiver=0.02,
    ),
    Trial(
        name="store and line",
        covers=("T5", "T11"),
        documents=80,
        feed=15,
        storm=20,
        longest=40,
        processes=2,
        weather=STORMY,
        modes=((Mode.HALF_OPEN, 5.0), (Mode.RESET, 3.0)),
    ),
    Trial(
        name="poison",
        covers=("T4",),
        documents=80,
        feed=8,
        storm=10,
        longest=30,
        processes=2,
        poisoned=0.03,
        poisons=(Poison.CRASH, Poison.SLEEP, Poison.ALLOCATE),
        wall=4.0,
    ),
)
"""Fewer documents than the 500 that the specification names, so that it takes three or four minutes of CI."""

NIGHTLY = (
    Trial(
        name="everything",
        covers=("T1", "T2", "T3", "T6", "T11"),
        documents=10_000,
        feed=2700,
        storm=2750,
        longest=5400,
        workers=8,
        kill_every=1.0,
        redis_kill_every=60,
        wipes=1,
        destroyed=0.05,
        weather=GUSTY,
        upload_weather=STORMY,
        stall=30.0,
        failing_receiver=0.02,
        events=Events(latest=60.0),
        overwritten=0.01,
        deleted=0.005,
        oddities=50,
        two_sweeps=True,
        settings=Settings(sweep=15.0, age=5.0, lease=6, queued=60, visibility=60),
    ),
)

TIERS = {"thin": THIN, "pr": PR, "nightly": NIGHTLY}
