"""今日: how much waits, is under way and is done; what is late; what failed; which processes live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from tasks.ports.ledger import ENDS, Entry, Query, State
from workers.web.live import Live, samples_to_trend
from workers.web.present.progress import (
    entry_to_row,
    heartbeat_to_process,
    times_to_buckets,
    values_to_line,
)
from workers.web.present.text import full_moment, span
from workers.web.present.words import PROCESSES, STATES, UNDER_WAY
from workers.web.rendering import render
from workers.web.site import site_of
from workers.web.tenant import Tenant, tenant_of
from workers.zone import SHANGHAI

router = APIRouter()

HOURS = 24
LINE_WIDTH = 72
LINE_HEIGHT = 18
TREND_MINUTES = 60
FAILURES = 5
FAST = 10
RATE_MINUTES = 10
"""The rate that "约 48 份/分" speaks of is that of the last minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure of the first line: its name, its number, its list, and the points of its trend."""

    name: str
    count: int
    address: str
    weight: str
    line: str
    note: str = ""


@router.get("/")
def show(request: Request) -> Response:
    """The whole page."""
    return render(request, "today.html", title="今日", **_values(request))


@router.get("/today/live")
def live(request: Request) -> Response:
    """The part that changes by itself."""
    return render(request, "today_live.html", title="今日", **_values(request))


def _values(request: Request) -> dict[str, Any]:
    site, tenant = site_of(request), tenant_of(request)
    now = site.context.clock()
    ended = tenant.finished_between(now - timedelta(hours=HOURS), now + timedelta(seconds=1))
    counts = tenant.counts()
    samples = _samples(request)
    return {
        "tiles": _tiles(tenant.by_severity(), counts, samples, ended, now),
        "is_empty": not any(counts.values()),
        "drop_command": site.drop_command,
        "work": _work(counts, ended, now),
        "oldest": _oldest(tenant, now),
        "hours": _throughput(ended, now),
        "failures": _failures(tenant, now),
        **_processes(tenant, now),
    }


def _samples(request: Request) -> tuple[tuple[datetime, dict[State, int]], ...]:
    """The counts of the last hour. They are everybody's: whoever sees a part has no line beside the figures."""
    if not tenant_of(request).person.sees_everything:
        return ()
    live = getattr(request.app.state, "live", None)
    return tuple(live.samples) if isinstance(live, Live) else ()


def _tiles(
    tally: dict[str, int],
    counts: dict[State, int],
    samples: tuple[tuple[datetime, dict[State, int]], ...],
    ended: tuple[tuple[datetime, State], ...],
    now: datetime,
) -> tuple[Tile, ...]:
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    done = tuple(at for at, state in ended if state is State.DONE)
    failed = tuple(at for at, state in ended if state is State.QUARANTINED)
    stages = "、".join(f"{STATES[state]} {counts.get(state, 0)}" for state in UNDER_WAY if counts.get(state))
    return (
        _tile(
            "待处理", counts.get(State.QUEUED, 0), "/documents?state=queued", samples_to_trend(samples, (State.QUEUED,))
        ),
        _tile(
            "处理中",
            sum(counts.get(s, 0) for s in UNDER_WAY),
            "/documents?state=extract",
            samples_to_trend(samples, UNDER_WAY),
            note=stages,
        ),
        _tile("今日完成", sum(at >= midnight for at in done), "/documents?state=done", _minutes(done, now)),
        _tile("有错误", tally["error"], "/documents?severity=error", (), weight="error"),
        _tile("需人工核对", tally["undetermined"], "/documents?severity=undetermined", (), weight="undetermined"),
        _tile("未能处理", counts.get(State.QUARANTINED, 0), "/failures", _minutes(failed, now), weight="warning"),
    )


def _tile(  # noqa: PLR0913 - the fields of one figure
    name: str, count: int, address: str, trend: tuple[int, ...], *, weight: str = "", note: str = ""
) -> Tile:
    line = values_to_line(trend, LINE_WIDTH, LINE_HEIGHT) if len(trend) > 1 else ""
    return Tile(name=name, count=count, address=address, weight=weight if count else "", line=line, note=note)


def _minutes(times: tuple[datetime, ...], now: datetime) -> tuple[int, ...]:
    minute = timedelta(minutes=1)
    return times_to_buckets(times, now - TREND_MINUTES * minute, minute, TREND_MINUTES)


def _work(counts: dict[State, int], ended: tuple[tuple[datetime, State], ...], now: datetime) -> str:
    """Long work as a count, a rate and what remains; empty when nothing waits."""
    waiting = counts.get(State.QUEUED, 0) + sum(counts.get(state, 0) for state in UNDER_WAY)
    if not waiting:
        return ""
    recent = sum(at >= now - timedelta(minutes=RATE_MINUTES) for at, _ in ended)
    done = sum(counts.get(state, 0) for state in ENDS)
    start = f"已处理 {done} / {done + waiting}"
    if not recent:
        return f"{start}，最近 {RATE_MINUTES} 分钟没有完成的报告"
    rate = recent / RATE_MINUTES
    return f"{start}，约 {rate:.{0 if rate >= FAST else 1}f} 份/分，预计还需 {span(timedelta(minutes=waiting / rate))}"


def _oldest(tenant: Tenant, now: datetime) -> tuple[Any, ...]:
    """The submission of each waiting state that came first; the oldest of all on top."""
    found: list[Entry] = []
    for state in (State.QUEUED, *UNDER_WAY):
        found += tenant.entries(Query(state=state, sort="received", limit=1))[0]
    return tuple(entry_to_row(entry, now) for entry in sorted(found, key=lambda e: e.received)[:3])


def _throughput(ended: tuple[tuple[datetime, State], ...], now: datetime) -> tuple[tuple[str, int, int, int], ...]:
    """For each of the last 24 hours: label, finished, failed, height in percent of the busiest hour."""
    hour = timedelta(hours=1)
    start = now.astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0) - (HOURS - 1) * hour
    done = times_to_buckets(tuple(at for at, s in ended if s is not State.QUARANTINED), start, hour, HOURS)
    failed = times_to_buckets(tuple(at for at, s in ended if s is State.QUARANTINED), start, hour, HOURS)
    top = max(*(d + f for d, f in zip(done, failed, strict=True)), 1)
    return tuple(
        (f"{(start + i * hour):%H}", done[i], failed[i], round(100 * (done[i] + failed[i]) / top)) for i in range(HOURS)
    )


def _failures(tenant: Tenant, now: datetime) -> tuple[Any, ...]:
    found, _ = tenant.entries(Query(state=State.QUARANTINED, sort="-received", limit=FAILURES))
    return tuple(entry_to_row(entry, now) for entry in found)


def _processes(tenant: Tenant, now: datetime) -> dict[str, Any]:
    beats = tenant.heartbeats()
    sweeps = [beat for beat in beats if beat.process == "sweep"]
    newest = max(sweeps, key=lambda beat: beat.at, default=None)
    return {
        "processes": tuple(heartbeat_to_process(beat, now) for beat in beats),
        "missing": tuple(word for name, word in PROCESSES.items() if name not in {beat.process for beat in beats}),
        "sweep": newest and {"note": newest.note, "at": full_moment(newest.at)},
    }
