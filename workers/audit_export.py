"""`gouji audit`: the lines of one day of Shanghai, oldest first, one JSON object each, to read and to keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from tasks import layout
from tasks.errors import ConfigurationError
from tasks.ports.s3_store import S3Store, s3_client
from tasks.ports.store import Store
from workers.config import load_settings
from workers.exit_codes import EXIT_SETTINGS
from workers.zone import SHANGHAI

DAY = timedelta(days=1)


def run(config: Path | None, day: str) -> int:
    """Print them; the exit code is 0. Raises ConfigurationError."""
    wanted = words_to_day(day) if day else datetime.now(SHANGHAI).date()
    settings = load_settings(config)
    store = S3Store(s3_client(settings.s3_endpoint_url))
    for line in lines_of(store, settings.results_bucket, wanted):
        print(line)  # noqa: T201 - the answer
    return 0


def words_to_day(text: str) -> date:
    """The day that stands there. Raises ConfigurationError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError("--day 应为日期，如 2026-01-05", EXIT_SETTINGS) from None


def lines_of(store: Store, results: str, day: date) -> Iterator[str]:
    """The audit of one day of Shanghai: its lines lie under two days of UTC, and their names sort by time."""
    start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    for folder in (start.astimezone(UTC), (start + DAY).astimezone(UTC)):
        for stored in store.walk(results, f"{layout.AUDIT}{folder:%Y/%m/%d}/"):
            line = _read(store.get(results, stored.key))
            if start <= _moment(line) < start + DAY:
                yield msgspec.json.encode(line).decode()


def _read(data: bytes | None) -> dict[str, Any]:
    found = msgspec.json.decode(data or b"{}")
    return found if isinstance(found, dict) else {}


def _moment(line: dict[str, Any]) -> datetime:
    return msgspec.convert(line.get("at", "1970-01-01T00:00:00Z"), datetime)
