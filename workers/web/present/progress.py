"""What the ledger knows, as rows, timelines and small lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.ports.ledger import ENDS, Entry, Heartbeat, State
from workers.web.present.text import full_moment, is_hidden_in, moment, span, visible
from workers.web.present.words import EDITIONS, PROCESSES, STAGES, STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One line of a list."""

    job: str
    name: str
    key: str
    is_disguised: bool
    year: str
    edition: str
    state: str
    state_name: str
    is_under_way: bool
    errors: int
    warnings: int
    doubts: int
    received: str
    received_full: str
    took: str
    code: str
    reason: str
    advice: str


def entry_to_row(entry: Entry, now: datetime) -> RowView:
    """The name is the agency's, else the title, else the key."""
    name = entry.agency or entry.title or entry.ref.key
    return RowView(
        job=entry.job,
        name=visible(name),
        key=visible(entry.ref.key),
        is_disguised=is_hidden_in(entry.ref.key),
        year=str(entry.year) if entry.year else "",
        edition=EDITIONS.get(entry.edition or "", ""),
        state=entry.state.value,
        state_name=STATES[entry.state],
        is_under_way=entry.state not in (*ENDS, State.QUEUED),
        errors=entry.counts.get("error", 0),
        warnings=entry.counts.get("warning", 0),
        doubts=entry.counts.get("undetermined", 0),
        received=moment(entry.received, now),
        received_full=full_moment(entry.received),
        took=_took(entry, now),
        code=entry.reason_code or "",
        reason=visible(entry.reason or ""),
        advice=visible(entry.advice or ""),
    )


def _took(entry: Entry, now: datetime) -> str:
    """From its arrival to its end; of one that was processed again, the last time alone."""
    if entry.finished is not None:
        last = max((run.attempt for run in entry.stages), default=1)
        begun = min((run.started for run in entry.stages if run.attempt == last), default=entry.received)
        return span(entry.finished - (begun if last > 1 else entry.received))
    return "" if entry.state in ENDS else span(now - entry.received)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One run of one stage. `share` is its part of the longest stage in percent, for the bar."""

    name: str
    started: str
    took: str
    share: int
    attempt: int
    worker: str
    note: str


def entry_to_steps(entry: Entry) -> tuple[StepView, ...]:
    """The timeline of a submission, in the order things happened."""
    longest = max((run.ended - run.started for run in entry.stages), default=timedelta(0))
    return tuple(
        StepView(
            name=STAGES.get(run.stage, run.stage),
            started=full_moment(run.started),
            took=span(run.ended - run.started),
            share=max(1, round(100 * ((run.ended - run.started) / longest))) if longest else 1,
            attempt=run.attempt,
            worker=visible(run.worker),
            note=visible(run.note),
        )
        for run in entry.stages
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessView:
    """One process that lives."""

    name: str
    instance: str
    since: str
    ago: str
    version: str
    note: str
    is_late: bool


LATE = timedelta(seconds=45)
"""A heartbeat older than this is shown as late."""
JUST_NOW = timedelta(seconds=2)


def heartbeat_to_process(beat: Heartbeat, now: datetime) -> ProcessView:
    """Since when it runs and when it was last heard of."""
    return ProcessView(
        name=PROCESSES.get(beat.process, beat.process),
        instance=visible(beat.instance),
        since=moment(beat.started, now),
        ago="刚刚" if now - beat.at < JUST_NOW else f"{span(now - beat.at)}前",
        version=beat.version,
        note=visible(beat.note),
        is_late=now - beat.at > LATE,
    )


def times_to_buckets(times: tuple[datetime, ...], start: datetime, width: timedelta, count: int) -> tuple[int, ...]:
    """How many of these moments fall into each of `count` spans of `width` from `start` on."""
    buckets = [0] * count
    for at in times:
        index = (at - start) // width
        if 0 <= index < count:
            buckets[index] += 1
    return tuple(buckets)


def values_to_line(values: tuple[int, ...], width: int, height: int) -> str:
    """The points of an SVG polyline that shows these values; a flat line lies on the ground."""
    top = max((*values, 1))
    step = width / max(len(values) - 1, 1)
    points = (f"{i * step:.1f},{height - 1 - (height - 2) * v / top:.1f}" for i, v in enumerate(values))
    return " ".join(points)
