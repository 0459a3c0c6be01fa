"""publish: the files, the outbox records, and last the terminal marker; then the index and the copy for people.

Every write may be repeated: the same submission gives the same bytes. A crash before the marker leaves nothing that
counts; after it, only the index and the copy are missing, and the sweep makes them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

import msgspec

from parsers import reader_digest
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json
from parsers.model.judge import Judge
from parsers.model.outcome import Outcome
from parsers.notices.summary import to_summary
from tasks import attempts, layout, outbox
from tasks.context import Context
from tasks.copies import content_type, refresh_copy
from tasks.counting import count
from tasks.events import Event, EventType
from tasks.finished import terminal
from tasks.messages import Reach, SubmissionRef
from tasks.picture import Progress
from tasks.ports.ledger import Tally
from tasks.records import Done, Made, Quarantine, Run, Terminal


def publish(progress: Progress, outcome: Outcome, files: Mapping[str, bytes], run: Run) -> Done:
    """Publish an outcome: immutable files, run.json, outbox records, done.json; then index and copy."""
    context, ref, before = progress.context, progress.ref, progress.before
    for name, data in files.items():
        put(context, layout.submission(ref.job, context.judge.digest, name), data)
    told = value_to_json(run)
    put(context, layout.submission(ref.job, context.judge.digest, layout.RUN), told)
    done = outcome_to_done(ref, outcome, files, _sequence(before, context.judge))
    leave_note(context, ref.job, done)
    outbox.write_records(context, done_to_event(done, context))
    put(context, layout.done(ref.job), value_to_json(done))
    if isinstance(before, Quarantine):
        context.store.delete(context.results, layout.quarantine(ref.job))
    write_index(context, done)
    refresh_copy(context, ref, done, {**files, layout.RUN: told})
    context.enqueue_across(ref.job, Reach.AROUND)
    return done


def leave_note(context: Context, job: str, cause: Done) -> None:
    """That this job is to be compared with its neighbours because of that outcome: the sweep brings back what lies."""
    put(context, layout.across_note(job, f"{cause.job}-{cause.sequence}"), b"")


def publish_quarantine(context: Context, ref: SubmissionRef, error: DocumentError, content: str | None) -> Terminal:
    """Publish that this submission cannot be processed; what another run finished meanwhile stands."""
    quarantine = Quarantine(
        job=ref.job,
        ref=ref,
        code=error.code,
        reason=error.reason,
        advice=error.advice,
        attempts=len(attempts.counting(context, ref.job)),
        reader_digest=reader_digest(),
        judge_digest=context.judge.digest,
        content=content,
    )
    end = terminal(context, ref.job)
    if end is not None:
        return end
    outbox.write_records(context, quarantine_to_event(quarantine, context))
    data = value_to_json(quarantine)
    put(context, layout.quarantine(ref.job), data)
    count(context.ledger, Tally.QUARANTINED, error.code)
    refresh_copy(context, ref, quarantine, {layout.QUARANTINE: data})
    return quarantine


def outcome_to_done(ref: SubmissionRef, outcome: Outcome, files: Mapping[str, bytes], sequence: int) -> Done:
    """The terminal marker: a function of the submission, the bytes and the digests (and of earlier outcomes)."""
    report = outcome.report
    return Done(
        job=ref.job,
        ref=ref,
        content=report.source.sha256,
        reader_digest=report.reader_digest,
        judge_digest=report.judge_digest,
        kind=report.source.kind.value,
        agency=report.agency.key,
        agency_name=report.agency.name,
        title=report.title,
        year=report.year,
        edition=report.edition,
        counts=outcome.counts,
        codes=dict(sorted(Counter(finding.code for finding in outcome.findings.findings).items())),
        has_error=outcome.has_error,
        files=tuple(made_of(name, data) for name, data in sorted(files.items())),
        sequence=sequence,
    )


def done_to_event(done: Done, context: Context) -> Event:
    """What the receivers are told of a published outcome."""
    return Event(
        type=EventType.COMPLETED,
        ref=done.ref,
        outcome=hashlib.sha256(value_to_json(done)).hexdigest(),
        marker=layout.done(done.job),
        at=context.clock(),
        files=layout.submission(done.job, done.judge_digest, ""),
        content=done.content,
        reader_digest=done.reader_digest,
        judge_digest=done.judge_digest,
        counts=done.counts,
        sequence=done.sequence,
        summary=done_to_summary(done),
    )


def done_to_summary(done: Done) -> str:
    """The sentence for people, as in notice.json; of a ZIP, that its members are told of one by one."""
    if done.is_container:
        return "压缩包已拆开，其中的文件分别处理。"
    return to_summary(done.agency_name, done.year, done.edition, done.counts)


def quarantine_to_event(quarantine: Quarantine, context: Context) -> Event:
    """What the receivers are told of a quarantine; how often it was tried does not make it another event."""
    identity = msgspec.structs.replace(quarantine, attempts=0)
    return Event(
        type=EventType.QUARANTINED,
        ref=quarantine.ref,
        outcome=hashlib.sha256(value_to_json(identity)).hexdigest(),
        marker=layout.quarantine(quarantine.job),
        at=context.clock(),
        content=quarantine.content,
        reader_digest=quarantine.reader_digest,
        judge_digest=quarantine.judge_digest,
        reason_code=quarantine.code,
        summary=f"未能处理：{quarantine.reason}",
    )


def write_index(context: Context, done: Done) -> None:
    """Where the agency's report of that year is found; a report without a known agency stands under `unknown`."""
    put(context, _index_key(done), value_to_json(done))


def restore_index(context: Context, done: Done) -> bool:
    """Write the line of the index if it is not there; whether it had to be."""
    if context.store.head(context.results, _index_key(done)) is not None:
        return False
    write_index(context, done)
    return True


def put(context: Context, key: str, data: bytes) -> None:
    """Write one of our files under its media type."""
    context.store.put(context.results, key, data, content_type(key))


def _index_key(done: Done) -> str:
    return layout.index(done.agency or "unknown", done.year, done.job)


def _sequence(before: Terminal | None, judge: Judge) -> int:
    """1 for the first outcome of a job; one more when another judge has published before."""
    if not isinstance(before, Done):
        return 1
    return before.sequence + (before.judge_digest != judge.digest)


def made_of(name: str, data: bytes, folder: str = "") -> Made:
    """A published file as the marker names it."""
    return Made(name=name, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), folder=folder)
