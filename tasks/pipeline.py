"""How the stages follow each other. On the normal way all of them run inside one message.

A job that is finished costs a look-up. One that was interrupted begins anew and writes the same bytes again.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.report import Report
from parsers.notices.words import SEVERITIES
from tasks import layout
from tasks.classify import classify
from tasks.containers import is_container, take_apart
from tasks.context import Context
from tasks.copies import refresh_copy
from tasks.drawing import outcome_to_drawn
from tasks.errors import AgainError, DeletedError, OfficeError, SupersededError
from tasks.extract import extract, fetch, stored_document
from tasks.finished import terminal
from tasks.kept import read_kept
from tasks.messages import SubmissionRef
from tasks.picture import Progress, record, terminal_to_entry
from tasks.ports.ledger import Entry, State
from tasks.publish import publish, publish_quarantine, restore_index
from tasks.records import Done, Quarantine, Terminal
from tasks.second_reading import second_document
from tasks.validate import outcome_to_files, validate

_LOG = logging.getLogger(__name__)

_NO_LONGER = {State.SUPERSEDED: "已有新版本，这一份不再处理", State.DELETED: "文件已被删除，不再处理"}


def process(context: Context, ref: SubmissionRef, *, alone: bool = False) -> State:
    """The whole way of one submission; the state it ends in. `alone`: it came through the retry queue.

    Raises TransientError (the sweep brings it again), AgainError and OfficeError (to be sent through the retry queue
    or the office queue).
    """
    end = terminal(context, ref.job)
    if end is not None:
        return _already_finished(context, end)
    progress = Progress.begin(context, ref, None)
    return _to_its_end(progress, lambda: _from_extract(progress, alone=alone))


def rerun(context: Context, ref: SubmissionRef, stage: State) -> State:
    """This stage and those after it once more, on what the stages before it left behind; done.json anew and last.

    Then the note that asked for it goes: until it does, the sweep sends the submission again.
    """
    try:
        state = _rerun(context, ref, stage)
    except AgainError:
        _forget_wish(context, ref)  # its reading ends workers: what it has stands
        raise
    _forget_wish(context, ref)
    return state


def _forget_wish(context: Context, ref: SubmissionRef) -> None:
    if context.store.head(context.results, layout.again(ref.job)) is not None:
        context.store.delete(context.results, layout.again(ref.job))


def _rerun(context: Context, ref: SubmissionRef, stage: State) -> State:
    progress = Progress.begin(context, ref, terminal(context, ref.job))
    if stage is State.PUBLISH:
        return _publish_again(context, ref)
    report = _published_report(context, ref) if stage is State.VALIDATE else None
    if report is not None:
        return _to_its_end(progress, lambda: _from_validate(progress, report, lambda: fetch(context, ref)))
    document = _kept_document(context, progress.before) if stage is not State.EXTRACT else None
    if document is not None:
        return _to_its_end(progress, lambda: _from_classify(progress, document, lambda: fetch(context, ref)))
    return _to_its_end(progress, lambda: _from_extract(progress, alone=False))


def _from_extract(progress: Progress, *, alone: bool) -> Done:
    with progress.stage(State.EXTRACT):
        data = fetch(progress.context, progress.ref)
        progress.content = hashlib.sha256(data).hexdigest()
        document = extract(progress.context, progress.ref, data, alone=alone)
    return _from_classify(progress, document, lambda: data, alone=alone)


def _from_classify(progress: Progress, document: Document, bring: Callable[[], bytes], *, alone: bool = False) -> Done:
    progress.content = document.source.sha256
    if is_container(document):
        with progress.stage(State.PUBLISH):
            return take_apart(progress.context, progress.ref, document, progress.before)
    with progress.stage(State.CLASSIFY):
        report = classify(document, progress.context.judge, progress.ref.key)
    return _from_validate(progress, report, bring, alone=alone)


def _from_validate(progress: Progress, report: Report, bring: Callable[[], bytes], *, alone: bool = False) -> Done:
    """`bring` has the bytes, should a second reading be needed and none be kept, or something of them be shown."""
    context, ref, content = progress.context, progress.ref, report.source.sha256
    with progress.stage(State.VALIDATE):
        outcome = validate(report, lambda: second_document(context, ref, content, bring, alone=alone), context.judge)
        drawn = outcome_to_drawn(context, ref, outcome, bring, alone=alone)
        files = outcome_to_files(outcome, drawn)
    run = progress.to_run(needed_second=len(outcome.report.readers) > 1)
    with progress.stage(State.PUBLISH):
        return publish(progress, outcome, files, run)


def _to_its_end(progress: Progress, work: Callable[[], Terminal]) -> State:
    """Do the work; a document that cannot be processed, was replaced or removed is an end as well."""
    context, ref = progress.context, progress.ref
    try:
        end = work()
    except DocumentError as error:
        end = publish_quarantine(context, ref, error, progress.content)
    except (SupersededError, DeletedError) as error:
        state = State.SUPERSEDED if isinstance(error, SupersededError) else State.DELETED
        progress.show(state, finished=context.clock())
        _LOG.info("%s  %s", _NO_LONGER[state], ref.key)
        return state
    except (AgainError, OfficeError):
        progress.show(State.QUEUED)
        raise
    progress.show_end(end)
    _LOG.info("%s  %s", end_to_words(end), ref.key)
    context.enqueue_notify(ref.job)
    return _state(end)


def end_to_words(end: Terminal) -> str:
    """One line of the log for people: what came out."""
    if isinstance(end, Quarantine):
        return f"未能处理：{end.reason}"
    if end.is_container:
        return "已拆开，其中的文件分别处理"
    found = "，".join(f"{name} {end.counts[key]}" for key, name in SEVERITIES.items() if end.counts.get(key))
    return f"已完成：{found or '未发现问题'}"


def _already_finished(context: Context, end: Terminal) -> State:
    """Delivered once more: make sure that people see what the record says."""
    repair(context, end)
    return _state(end)


def repair(context: Context, end: Terminal) -> bool:
    """What a crash after the terminal marker leaves undone: index, copy for people, ledger; whether anything was.

    Raises TransientError.
    """
    indexed = isinstance(end, Done) and not end.is_container and restore_index(context, end)
    copied = refresh_copy(context, end.ref)
    shown = show_finished(context, end)
    return indexed or copied or shown


def show_finished(context: Context, end: Terminal) -> bool:
    """Correct the ledger where it still shows a finished submission as under way; whether it had to be."""
    known = context.ledger.entry(end.job)
    if known is not None and _is_shown(known, end):
        return False
    now = context.clock()
    received, stages = (known.received, known.stages) if known else (now, ())
    record(context, terminal_to_entry(end, received, now, stages))
    return True


def _is_shown(known: Entry, end: Terminal) -> bool:
    counts = known.counts == end.counts if isinstance(end, Done) else True
    return known.state is _state(end) and known.judge_digest == end.judge_digest and counts


def _publish_again(context: Context, ref: SubmissionRef) -> State:
    """What can be lost after the terminal marker: the index and the copy for people."""
    end = terminal(context, ref.job)
    if end is None:
        return process(context, ref)
    return _already_finished(context, end)


def _published_report(context: Context, ref: SubmissionRef) -> Report | None:
    """The report that this same judge classified before."""
    return read_kept(context, layout.submission(ref.job, context.judge.digest, "report.json"), Report)


def _kept_document(context: Context, end: Terminal | None) -> Document | None:
    """What the readers made of the bytes that the record names."""
    return stored_document(context, end.content) if end is not None and end.content else None


def _state(end: Terminal) -> State:
    return State.DONE if isinstance(end, Done) else State.QUARANTINED
