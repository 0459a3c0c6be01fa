"""reindex: the ledger and `_index/` are pictures; this draws them anew from the buckets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from parsers.model.files import json_to_value
from parsers.model.report import Report
from tasks import layout
from tasks.across import report_to_met
from tasks.context import Context
from tasks.errors import TransientError
from tasks.finished import terminal
from tasks.kept import read_kept
from tasks.picture import terminal_to_entry
from tasks.ports.ledger import Query, StageRun
from tasks.publish import write_index
from tasks.records import Done, Run, Terminal
from workers import log, reporting
from workers.alongside import settings_alongside
from workers.build import settings_to_context
from workers.celery_app import make_app
from workers.refusals import require_all

_PAGE = 1000


def reindex(context: Context) -> tuple[int, int]:
    """Draw both pictures; how many submissions are shown, and how many were forgotten. Raises TransientError."""
    uploaded = {stored.key: stored for stored in context.store.walk(context.inbox)}
    known: list[str] = []
    for end, ended in _ends(context):
        upload = uploaded.get(end.ref.upload.key)
        same = upload is not None and (upload.etag, upload.size) == (end.ref.etag, end.ref.size)
        received = upload.last_modified if upload is not None and same else ended
        stages = _stages(context, end)
        finished = max((run.ended for run in stages), default=ended)
        context.ledger.record(terminal_to_entry(end, received, finished, stages))
        if isinstance(end, Done) and not end.is_container:
            write_index(context, end)
            _show_alike(context, end)
        known.append(end.job)
    forgotten = tuple(job for job in _finished_in_ledger(context) if job not in frozenset(known))
    context.ledger.forget(forgotten)
    return len(known), len(forgotten)


def _show_alike(context: Context, end: Done) -> None:
    """Where reports that may share text find each other is a picture as well."""
    report = read_kept(context, layout.submission(end.job, end.judge_digest, "report.json"), Report)
    if report is not None:
        report_to_met(context, end, report)


def _ends(context: Context) -> Iterator[tuple[Terminal, datetime]]:
    """Every terminal marker, and when it was written."""
    for stored in context.store.walk(context.results, layout.SUBMISSIONS):
        job, _, name = stored.key.removeprefix(layout.SUBMISSIONS).partition("/")
        if name in ("done.json", layout.QUARANTINE):
            end = terminal(context, job)
            if end is not None and isinstance(end, Done) == (name == "done.json"):
                yield end, stored.last_modified


def _stages(context: Context, end: Terminal) -> tuple[StageRun, ...]:
    data = context.store.get(context.results, layout.submission(end.job, end.judge_digest, layout.RUN))
    return json_to_value(data, Run).stages if data is not None else ()


def _finished_in_ledger(context: Context) -> tuple[str, ...]:
    """The jobs that the ledger shows as ended; what is under way is left alone."""
    jobs: list[str] = []
    while True:
        page, total = context.ledger.entries(Query(sort="received", offset=len(jobs), limit=_PAGE))
        jobs += [entry.job if entry.finished else "" for entry in page]
        if not page or len(jobs) >= total:
            return tuple(job for job in jobs if job)


def run(config: Path | None) -> int:
    """Rebuild and say what was done. Raises ConfigurationError."""
    settings = settings_alongside(config)
    log.configure(settings.log, "reindex")
    reporting.configure(settings, "reindex")
    app = make_app(settings.redis_url)
    require_all(settings, app)
    context = settings_to_context(settings, app)
    try:
        shown, forgotten = reindex(context)
    except TransientError as error:
        print(f"没有做完（{error}），请稍后再运行一次")  # noqa: T201 - the answer to the command
        return 1
    print(f"台账和索引已重建：{shown} 份，清除 {forgotten} 份")  # noqa: T201 - the same
    return 0
