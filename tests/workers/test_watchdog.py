"""The watchdog's judgement: deaf means that messages wait, a slot is free, and for a minute nothing came."""

from __future__ import annotations

import pytest

from workers.watchdog import DEAF_SECONDS, Ear


def judged(*looks: tuple[float, int, bool, float]) -> list[bool]:
    """What one ear says at each look: (now, waiting, free, last received)."""
    ear = Ear()
    return [ear.is_deaf(now, waiting=waiting, free=free, received=received) for now, waiting, free, received in looks]


def test_a_minute_of_silence_beside_a_full_queue_is_deafness() -> None:
    assert judged((0, 5, True, -9), (30, 5, True, -9), (DEAF_SECONDS, 5, True, -9)) == [False, False, True]


@pytest.mark.parametrize(
    "between",
    [(30, 0, True, -9), (30, 5, False, -9), (30, 5, True, 20)],
    ids=["the queue was empty", "all slots were taken", "a message came"],
)
def test_any_other_reason_begins_the_minute_anew(between: tuple[float, int, bool, float]) -> None:
    received = between[3]
    assert judged((0, 5, True, -9), between, (70, 5, True, received))[-1] is False


def test_an_idle_worker_is_never_deaf() -> None:
    assert judged((0, 0, True, -9), (1000, 0, True, -9)) == [False, False]
