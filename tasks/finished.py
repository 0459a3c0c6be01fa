"""Is a job finished? The terminal marker says so, and nothing else does."""

from __future__ import annotations

import msgspec

from parsers.model.files import json_to_value
from tasks import layout
from tasks.context import Context
from tasks.records import Current, Done, Quarantine, Terminal


def terminal(context: Context, job: str) -> Terminal | None:
    """The terminal marker of this job; done.json before quarantine.json should both stand there for a moment."""
    data = context.store.get(context.results, layout.done(job))
    if data is not None:
        return json_to_value(data, Done)
    data = context.store.get(context.results, layout.quarantine(job))
    return None if data is None else json_to_value(data, Quarantine)


def current(context: Context, key: str) -> Current | None:
    """What the copy for people under this upload key shows; None when there is none, or not one of ours."""
    data = context.store.get(context.results, layout.copy_prefix(key) + layout.CURRENT)
    try:
        return None if data is None else json_to_value(data, Current)
    except msgspec.MsgspecError:
        return None  # somebody wrote there; it is only a copy and will be made anew


def published_files(context: Context, done: Done) -> dict[str, bytes] | None:
    """The immutable files of this job by name; None if one of them is missing."""
    found = {
        made.name: context.store.get(context.results, layout.submission(done.job, done.judge_digest, made.name))
        for made in done.files
    }
    whole = {name: data for name, data in found.items() if data is not None}
    return whole if len(whole) == len(found) else None
