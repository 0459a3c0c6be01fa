"""T15: what day it is in China, whatever the host's time zone; and a clock that is set back loses nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.tasks import promises, remembered
from tests.tasks.life import Life
from tests.tasks.machine import Machine
from tests.tasks.stories import to_event
from tests.tasks.worlds import TEXT
from workers.web.present.text import full_moment, moment

INSTANTS = (
    ("2024-01-31T15:59:59Z", "2024-01-31 23:59:59"),
    ("2024-01-31T16:00:00Z", "2024-02-01 00:00:00"),
    ("2024-02-28T15:59:59Z", "2024-02-28 23:59:59"),
    ("2024-02-28T16:00:00Z", "2024-02-29 00:00:00"),
    ("2024-02-29T15:59:59Z", "2024-02-29 23:59:59"),
    ("2024-02-29T16:00:00Z", "2024-03-01 00:00:00"),
    ("2023-02-28T16:00:00Z", "2023-03-01 00:00:00"),
    ("2024-03-31T15:59:59Z", "2024-03-31 23:59:59"),
    ("2024-03-31T16:00:00Z", "2024-04-01 00:00:00"),
    ("2024-03-10T10:00:00Z", "2024-03-10 18:00:00"),  # Los Angeles goes to summer time
    ("2024-11-03T09:00:00Z", "2024-11-03 17:00:00"),  # and back
    ("2024-12-31T16:00:00Z", "2025-01-01 00:00:00"),
)


@pytest.fixture(params=["UTC", "America/Los_Angeles"])
def host(request: pytest.FixtureRequest) -> Iterator[str]:
    """The host's time zone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.parametrize(("instant", "shown"), INSTANTS)
def test_the_instant_is_shown_as_china_has_it(host: str, instant: str, shown: str) -> None:
    at = datetime.fromisoformat(instant)
    assert (full_moment(at), host) == (shown, host)
    assert moment(at, at) == shown[11:]


@pytest.mark.parametrize("effect", range(0, 45, 4))
def test_a_clock_that_is_set_back_during_the_work_loses_nothing(effect: int) -> None:
    machine = Machine(read=remembered.read)

    def set_back() -> None:
        machine.pass_time(-timedelta(minutes=5))

    with remembered.remembering():
        machine.upload("a.txt", TEXT)
        machine.event(to_event("a.txt"))
        machine.work(life=Life(at=effect, then=set_back))
        machine.settle()
        promises.all_hold(machine)
