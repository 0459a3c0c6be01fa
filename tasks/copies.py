"""The copy for people under the upload's own key: of the newest submission, repaired at will, never the record."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.model.files import value_to_json
from tasks import layout
from tasks.context import Context
from tasks.finished import current, published_files, terminal
from tasks.messages import SubmissionRef
from tasks.ports.store import StoredObject
from tasks.records import Current, Done, Terminal

TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_ROUNDS = 3
"""How often a copy is made anew because yet another version arrived meanwhile; the sweep sees to the rest."""


def content_type(name: str) -> str:
    """The media type of one of our files."""
    return TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def to_ref(bucket: str, stored: StoredObject) -> SubmissionRef:
    """The submission that a listed object is."""
    return SubmissionRef(
        bucket=bucket, key=stored.key, etag=stored.etag, size=stored.size, version_id=stored.version_id
    )


def newest_of(context: Context, ref: SubmissionRef) -> SubmissionRef | None:
    """What stands in this submission's place now: the newest version of its key, or of its member of the ZIP."""
    found = context.store.head(context.inbox, ref.upload.key)
    if found is None:
        return None
    newest = to_ref(context.inbox, found)
    return newest if ref.member is None else newest.of_member(ref.member)


def refresh_copy(
    context: Context, ref: SubmissionRef, end: Terminal | None = None, at_hand: Mapping[str, bytes] = {}
) -> bool:
    """Make the folder of this key show its newest submission, if that is finished; whether anything was written.

    `end` and its files `at_hand` spare reading them when it is the newest. An older job that ends late changes
    nothing: the inbox says what is newest, and is asked again after the copy was made.
    """
    shown_job = ""
    for _ in range(_ROUNDS):
        newest = newest_of(context, ref)
        job = newest.job if newest else shown_job
        if job == shown_job:
            break
        is_ours = end is not None and end.job == job
        finished = end if is_ours else terminal(context, job)
        if finished is None or not _show(context, finished, at_hand if is_ours else {}):
            break
        shown_job = job
    return bool(shown_job)


def _show(context: Context, end: Terminal, at_hand: Mapping[str, bytes]) -> bool:
    """Put this submission in front, unless it is there already; whether it had to be and could be."""
    before = current(context, end.ref.key)
    if isinstance(end, Done) and end.is_container:
        return _take_away(context, before)
    files = {} if _shows(before, end) else at_hand or _files(context, end)
    if files:
        _write(context, end, files, before)
    return bool(files)


def _shows(shown: Current | None, end: Terminal) -> bool:
    return shown is not None and (shown.job, shown.judge_digest, shown.state, shown.across) == (
        end.job,
        end.judge_digest,
        _state(end),
        _across(end),
    )


def _files(context: Context, end: Terminal) -> Mapping[str, bytes]:
    """What to copy; nothing when a file of the record is missing, which only a person can have done."""
    if isinstance(end, Done):
        files = published_files(context, end) or {}
        run = context.store.get(context.results, layout.submission(end.job, end.judge_digest, layout.RUN))
        return files if not files or run is None else {**files, layout.RUN: run}
    return {layout.QUARANTINE: value_to_json(end)}


def _write(context: Context, end: Terminal, files: Mapping[str, bytes], before: Current | None) -> None:
    """The files, then current.json; what an earlier submission left and this one does not have is taken away."""
    prefix = layout.copy_prefix(end.ref.key)
    for name, data in files.items():
        context.store.put(context.results, prefix + name, data, content_type(name))
    shown = Current(
        job=end.job,
        ref=end.ref,
        state=_state(end),
        judge_digest=end.judge_digest,
        files=tuple(sorted(files)),
        written=context.clock(),
        across=_across(end),
    )
    context.store.put(context.results, prefix + layout.CURRENT, value_to_json(shown), content_type(layout.CURRENT))
    for name in before.files if before else ():
        if name not in files:
            context.store.delete(context.results, prefix + name)


def _take_away(context: Context, before: Current | None) -> bool:
    """A ZIP has no copy of its own, and that of an older version tells of what no longer stands; current.json last."""
    if before is None:
        return False
    prefix = layout.copy_prefix(before.ref.key)
    for name in (*before.files, layout.CURRENT):
        context.store.delete(context.results, prefix + name)
    return True


def _across(end: Terminal) -> str | None:
    return end.across if isinstance(end, Done) else None


def _state(end: Terminal) -> str:
    return "done" if isinstance(end, Done) else "quarantined"
