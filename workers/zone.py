"""The time of the people who read what Gouji shows and writes down."""

from __future__ import annotations

from datetime import timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one time without summer time since 1991: no zone data needed."""
