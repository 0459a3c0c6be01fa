"""Is a job finished? The terminal marker says so, and nothing else does."""

from __future__ import annotations

from tasks import layout
from tasks.context import Context
from tasks.kept import read_kept
from tasks.records import Current, Done, Quarantine, Terminal


def terminal(context: Context, job: str) -> Terminal | None:
    """The terminal marker of this job; done.json before quarantine.json should both stand there for a moment.

    A damaged marker is none: the work is done again and writes it anew.
    """
    return read_kept(context, layout.done(job), Done) or read_kept(context, layout.quarantine(job), Quarantine)


def current(context: Context, key: str) -> Current | None:
    """What the copy for people shows; None when there is none, or not one of ours: it will be made anew."""
    return read_kept(context, layout.copy_prefix(key) + layout.CURRENT, Current)


def published_files(context: Context, done: Done) -> dict[str, bytes] | None:
    """The immutable files of this job by name; None if one of them is missing."""
    found = {
        made.name: context.store.get(
            context.results, layout.submission(done.job, done.judge_digest, made.folder + made.name)
        )
        for made in done.files
    }
    whole = {name: data for name, data in found.items() if data is not None}
    return whole if len(whole) == len(found) else None
