"""`gouji audit`: a day of Shanghai, whole and in order."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from tasks.errors import ConfigurationError
from tasks.ports.memory_store import MemoryStore
from workers.audit_export import lines_of, words_to_day


def test_a_day_of_shanghai_is_taken_from_two_days_of_utc() -> None:
    store = MemoryStore()
    moments = ("2026-01-04T15:59:59Z", "2026-01-04T16:00:00Z", "2026-01-05T15:59:59Z", "2026-01-05T16:00:00Z")
    for at in moments:
        key = f"_audit/{at[:10].replace('-', '/')}/{at[11:19].replace(':', '')}.json"
        store.put("results", key, msgspec.json.encode({"at": at, "who": "张三"}), "application/json")
    lines = tuple(lines_of(store, "results", date(2026, 1, 5)))
    assert lines == tuple(f'{{"at":"{at}","who":"张三"}}' for at in moments[1:3])


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="--day 应为日期"):
        words_to_day("5. Januar")
