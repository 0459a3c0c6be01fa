"""T14 with fifty events: every one is delivered or a dead letter, and who is well does not notice who is not."""

from __future__ import annotations

import pytest

from tests.tasks.receivers import HEALTHY, ODD, Result, show

EVENTS = 50


@pytest.fixture(scope="module")
def result() -> Result:
    return show(EVENTS)


def test_every_event_is_delivered_or_a_dead_letter(result: Result) -> None:
    assert (result.deliveries, result.unsettled) == (EVENTS * len((*HEALTHY, *ODD)), 0)
    assert result.dead_letters == EVENTS * len(("dead", "moved", "gone"))


def test_every_attempt_carries_the_id_of_its_delivery(result: Result) -> None:
    assert result.ids_that_changed == 0


def test_no_attempt_comes_before_its_time(result: Result) -> None:
    assert result.gaps_outside_jitter == 0


def test_receivers_that_are_well_wait_no_longer_for_those_that_are_not(result: Result) -> None:
    assert result.healthy_p95 <= 1.2 * result.healthy_p95_alone
