"""Numbers, times and names as the pages write them; the stream of changes; counts that are kept a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tasks.messages import SubmissionRef
from tasks.ports.ledger import Entry, Heartbeat, StageRun, State
from workers.web.pages.uploads import name_to_key
from workers.web.present.progress import entry_to_row, heartbeat_to_process, times_to_buckets, values_to_line
from workers.web.present.text import attachment, is_hidden_in, moment, number_to_text, size_to_text, span, visible
from workers.web.tally import PATIENCE, Tally

NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1\u202f234\u202f567"),
        (Decimal("24252.311082"), "24\u202f252.311082"),
        (-1500, "−1\u202f500"),
    ],
)
def test_thousands_stand_apart_and_digits_stay(number: int | Decimal, text: str) -> None:
    assert number_to_text(number) == text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("年报.pdf", "年报.pdf"),
        ("a\u202egnp.pdf", "a‹U+202E›gnp.pdf"),
        ("a\nb\x1b[", "a‹U+000A›b‹U+001B›["),
        ("a\u200bb", "a‹U+200B›b"),
    ],
)
def test_hidden_characters_are_spelt_out(given: str, shown: str) -> None:
    assert (visible(given), is_hidden_in(given)) == (shown, given != shown)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 1, 19, 16, 0, 5, tzinfo=UTC), "00:00:05"),
        (datetime(2026, 1, 19, 15, 59, 59, tzinfo=UTC), "01-19 23:59"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025-12-31 23:59"),
    ],
)
def test_times_are_those_of_shanghai_and_as_short_as_they_can_be(at: datetime, text: str) -> None:
    assert moment(at, NOON) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0123, "12 毫秒"),
        (1.25, "1.2 秒"),
        (59.99, "60.0 秒"),
        (3299.9, "54 分 59 秒"),
        (7260, "2 小时 01 分"),
        (90000, "1 天 1 小时"),
    ],
)
def test_spans_are_told_in_the_largest_fitting_words(seconds: float, text: str) -> None:
    assert span(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(("size", "text"), [(3, "3 字节"), (2048, "2.0 KB"), (5 << 20, "5.0 MB")])
def test_sizes(size: int, text: str) -> None:
    assert size_to_text(size) == text


def test_a_file_is_saved_under_its_own_name_and_never_opened() -> None:
    assert (
        attachment('年报";x.pdf')
        == "attachment; filename=\"____x.pdf\"; filename*=UTF-8''%E5%B9%B4%E6%8A%A5%22%3Bx.pdf"
    )


@pytest.mark.parametrize(
    ("prefix", "name", "key"),
    [
        ("", "年报.pdf", "年报.pdf"),
        ("2025", "年报.pdf", "2025/年报.pdf"),
        ("/2025//县直/", "年报.pdf", "2025/县直/年报.pdf"),
        ("", "C:\\文件\\年报+a&b.pdf", "年报+a&b.pdf"),
        ("", "e\u0301.txt", "\u00e9.txt"),
    ],
)
def test_an_upload_gets_its_own_name_in_composed_form(prefix: str, name: str, key: str) -> None:
    assert name_to_key(prefix, name) == key


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        ("", ""),
        ("", ".."),
        ("..", "a"),
        ("a/./b", "a"),
        ("", "a\u202eb"),
        ("", "a\x00"),
        ("_x", "a"),
        ("", "_a"),
        ("", "长" * 400),
        ("a\n", "b"),
    ],
)
def test_a_name_that_could_mislead_is_refused(prefix: str, name: str) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        name_to_key(prefix, name)


def test_moments_fall_into_their_spans_and_others_are_left_out() -> None:
    minute = timedelta(minutes=1)
    times = tuple(NOON + n * minute for n in (-1, 0, 0, 2, 3))
    assert times_to_buckets(times, NOON, minute, 3) == (2, 0, 1)


def test_a_flat_trend_lies_on_the_ground() -> None:
    assert values_to_line((0, 0, 0), 10, 10) == "0.0,9.0 5.0,9.0 10.0,9.0"


def test_a_dear_count_is_kept_and_a_cheap_one_asked_anew() -> None:
    now = 0.0
    tally = Tally(lambda: now)
    asked = []

    def ask(cost: float) -> dict[str, int]:
        nonlocal now
        now += cost
        asked.append(cost)
        return {"n": len(asked)}

    first = tally.patient("x", lambda: ask(1.0))
    now += PATIENCE - 1
    kept = tally.patient("x", lambda: ask(1.0))
    now += 1
    anew = tally.patient("x", lambda: ask(1.0))
    assert (first, kept, anew) == ({"n": 1}, {"n": 1}, {"n": 2})


def test_a_report_that_was_processed_again_took_as_long_as_the_last_time() -> None:
    ref = SubmissionRef(bucket="inbox", key="a", etag="0", size=1)
    later = NOON + timedelta(hours=1)
    stages = (
        StageRun(stage="extract", started=NOON, ended=NOON + timedelta(seconds=1)),
        StageRun(stage="extract", started=later, ended=later + timedelta(seconds=2), attempt=2),
    )
    entry = Entry(
        job=ref.job, ref=ref, state=State.DONE, received=NOON, finished=later + timedelta(seconds=3), stages=stages
    )
    assert entry_to_row(entry, later).took == "3.0 秒"


@pytest.mark.parametrize(("seconds", "words"), [(0.3, "刚刚"), (7, "7.0 秒前")])
def test_a_heartbeat_says_how_long_ago_it_was(seconds: float, words: str) -> None:
    now = datetime(2026, 1, 5, tzinfo=UTC)
    at = now - timedelta(seconds=seconds)
    beat = Heartbeat(process="worker", instance="a:1", started=at, at=at, version="0")
    assert heartbeat_to_process(beat, now).ago == words
