"""The schedule follows from the seed, and holds what the trial says."""

from __future__ import annotations

from collections import Counter

from tests.storm.papers import seed_to_papers
from tests.storm.poison import Poison, bytes_to_poison
from tests.storm.tiers import NIGHTLY, PR
from tests.storm.trial import What, steps_to_told, trial_to_steps

TRIAL = NIGHTLY[0]


def test_one_seed_gives_one_schedule_and_another_seed_another() -> None:
    assert trial_to_steps(TRIAL, 1) == trial_to_steps(TRIAL, 1)
    assert trial_to_steps(TRIAL, 1) != trial_to_steps(TRIAL, 2)
    steps = trial_to_steps(TRIAL, 1)
    assert steps_to_told(TRIAL, steps, 1) == steps_to_told(TRIAL, steps, 1)


def test_the_nightly_storm_kills_a_thousand_times_and_wipes_redis_once() -> None:
    within = Counter(step.what for step in trial_to_steps(TRIAL, 3) if step.at <= TRIAL.storm)
    assert within[What.PUT] == TRIAL.documents == 10_000
    assert within[What.KILL] >= 1000
    assert within[What.REDIS_WIPE] == 1
    assert within[What.REDIS_KILL] >= TRIAL.storm / 60 / 1.5


def test_a_tenth_of_the_events_is_dropped_and_a_fifth_doubled() -> None:
    steps = trial_to_steps(TRIAL, 3)
    told = Counter(one.number for one in steps_to_told(TRIAL, steps, 3))
    share = sum(told.values()) / sum(step.what in (What.PUT, What.OVERWRITE) for step in steps)
    assert 1.0 < share < 1.15


def test_papers_follow_from_the_seed_and_poison_is_known() -> None:
    made = list(seed_to_papers(1, 40, 0.2, (Poison.CRASH,)))
    assert made == list(seed_to_papers(1, 40, 0.2, (Poison.CRASH,)))
    assert all(bytes_to_poison(paper.data) is paper.poison for paper in made)
    assert any(paper.poison for paper in made)
    assert len({paper.key for paper in made}) == 40


def test_the_pr_tier_covers_what_is_this_harness_s() -> None:
    covered = {name for trial in PR for name in trial.covers}
    assert {"T1", "T2", "T3", "T4", "T5", "T6", "T11"} <= covered
