"""When a delivery is tried again."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tasks.schedule import ATTEMPTS, DELAYS, WHOLE, delay_before, patience


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    assert (DELAYS[:4], WHOLE) == ((0, 5, 300, 1800), timedelta(hours=75, minutes=35, seconds=5))


@given(st.text(), st.integers(1, ATTEMPTS))
def test_every_wait_is_within_a_fifth_of_the_schedule_and_the_same_for_the_same_id(delivery: str, attempt: int) -> None:
    wait = delay_before(delivery, attempt).total_seconds()
    assert 0.8 * DELAYS[attempt - 1] <= wait <= 1.2 * DELAYS[attempt - 1]
    assert delay_before(delivery, attempt).total_seconds() == wait


def test_different_deliveries_do_not_come_back_all_at_once() -> None:
    waits = {round(delay_before(f"delivery-{n}", 3).total_seconds()) for n in range(1000)}
    assert (min(waits) < 250, max(waits) > 350, len(waits) > 100) == (True, True, True)


@given(st.one_of(st.none(), st.integers(100, 599)), st.one_of(st.none(), st.integers()))
def test_patience_is_given_only_where_the_status_means_it_and_for_a_day_at_most(
    status: int | None, retry_after: int | None
) -> None:
    wait = patience(status, retry_after)
    assert timedelta() <= wait <= timedelta(days=1)
    assert wait == timedelta() or status in {429, 502, 503, 504}
