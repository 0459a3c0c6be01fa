"""across: what only several reports together can tell, as a task of its own when a neighbour arrives, in either order.

A report that was published leaves a note (`_across/<job>`) before its marker; the note is taken away when its
neighbours have been looked for, compared, and sent to look anew themselves. The sweep brings back what notes still lie
there, so a lost message loses no comparison. Whoever comes last sees all others: the same bytes in the end.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import msgspec

import parsers
from parsers.model.across import Across, Compared, Neighbour, Role
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json
from parsers.model.outcome import Findings, Outcome
from parsers.model.report import Report
from parsers.notices.drawn import Drawn
from tasks import layout, outbox
from tasks.bugs import bug_to_document_error
from tasks.context import Context
from tasks.copies import newest_of, refresh_copy
from tasks.drawing import outcome_to_drawn
from tasks.errors import AgainError
from tasks.events import EventType
from tasks.extract import fetch
from tasks.finished import terminal
from tasks.kept import read_kept
from tasks.messages import Reach
from tasks.pipeline import show_finished
from tasks.ports.ledger import Met, State
from tasks.publish import done_to_event, leave_note, made_of, put, write_index
from tasks.records import Done

MOST_ALIKE = 4
"""Other agencies' reports that one is compared with: those that share the most bands, of these the lowest ids."""

MOST_LOOKED_AT = 12
"""So many that share a band are asked whether they are the newest of their key."""

MOST_OF_A_YEAR = 8
"""Other submissions of one agency and year that are compared: of more, those with the lowest ids."""

_LOG = logging.getLogger(__name__)


def across(context: Context, job: str, reach: Reach) -> State:
    """Compare this job with its neighbours and publish what changed; where `reach` is around, they do the same.

    Without a note it was done already. Only the notes that lay there at the beginning are taken away: one that comes
    meanwhile is for another round. Raises TransientError.
    """
    notes = _notes(context, job)
    if not notes:
        return State.DONE
    if any(note.startswith(layout.across_note(job, job)) for note in notes):
        reach = Reach.AROUND  # its own: whatever message came first
    end = terminal(context, job)
    report = _published_report(context, end) if isinstance(end, Done) and not end.is_container else None
    if isinstance(end, Done) and report is not None:
        try:
            _compare(context, end, report, reach)
        except DocumentError as error:  # a bug, reported already: the report's own outcome stands
            _LOG.warning("未能比对（%s）  %s", error.code, end.ref.key)
    for note in notes:
        context.store.delete(context.results, note)
    if _notes(context, job):  # whoever left it found this job taken
        context.enqueue_across(job, Reach.ALONE)
    return State.DONE


def _notes(context: Context, job: str) -> list[str]:
    return [stored.key for stored in context.store.walk(context.results, layout.across_note(job, ""))]


def _compare(context: Context, end: Done, report: Report, reach: Reach) -> None:
    family = _family(context, end)
    met = report_to_met(context, end, report)
    if reach is Reach.AROUND:
        for other in _whom_it_concerns(end, family, met):
            leave_note(context, other, end)
            context.enqueue_across(other, Reach.ALONE)
    neighbours = tuple(_neighbours(context, end, family, met))
    findings = _published_findings(context, end) if neighbours or end.across is not None else None
    if findings is not None:
        _publish_if_changed(context, end, Outcome(report=report, findings=findings), neighbours)


def across_lease(job: str, reach: Reach) -> str:
    """Under which name the queue holds a comparison, so that it is not sent twice."""
    return f"across-{reach.value}-{job}"


def noted(context: Context, not_after: datetime) -> tuple[tuple[str, Reach], ...]:
    """The jobs whose notes have lain there since; where one is their own, their neighbours were not told yet."""
    found: dict[str, Reach] = {}
    for stored in context.store.walk(context.results, layout.ACROSS):
        job, _, cause = stored.key.removeprefix(layout.ACROSS).partition("/")
        if stored.last_modified <= not_after:
            found[job] = Reach.AROUND if cause.startswith(job) else found.get(job, Reach.ALONE)
    return tuple(found.items())


def _published_report(context: Context, end: Done) -> Report | None:
    return read_kept(context, layout.submission(end.job, end.judge_digest, "report.json"), Report)


def _published_findings(context: Context, end: Done) -> Findings | None:
    return read_kept(context, layout.submission(end.job, end.judge_digest, "findings.json"), Findings)


def _family(context: Context, end: Done) -> dict[str, list[str]]:
    """The jobs of the same agency by year, in the order of their ids."""
    if not end.agency:
        return {}
    prefix = layout.index_of(end.agency)
    found: dict[str, list[str]] = {}
    for stored in context.store.walk(context.results, prefix):
        year, _, job = stored.key.removeprefix(prefix).partition("/")
        found.setdefault(year, []).append(job)
    return {year: sorted(jobs) for year, jobs in found.items()}


def report_to_met(context: Context, end: Done, report: Report) -> Met:
    """The jobs of this year whose text may be alike; this one is found by others from now on."""
    if end.year is None or not end.agency:
        return Met(seen=(), around=())
    with bug_to_document_error("across"):
        bands = parsers.report_to_bands(report)
    return context.ledger.meet(str(end.year), bands, end.job)


def _whom_it_concerns(end: Done, family: dict[str, list[str]], met: Met) -> list[str]:
    """Jobs whose comparison may read otherwise now: next year's, those of this year, those whose text may be alike."""
    if end.year is None:
        return []
    year = family.get(str(end.year), [])
    is_seen = end.job in year[: MOST_OF_A_YEAR + 1]
    own = [*year, *family.get(str(end.year + 1), ())] if is_seen else []
    return sorted({*own, *met.around} - {end.job})


def _of_year(family: dict[str, list[str]], year: int, job: str) -> list[str]:
    """The agency's other jobs of a year that are looked at."""
    return [other for other in family.get(str(year), ())[: MOST_OF_A_YEAR + 1] if other != job][:MOST_OF_A_YEAR]


def _alike(family: dict[str, list[str]], met: Met) -> list[str]:
    """Jobs of other agencies, those that share the most bands first."""
    own = {job for jobs in family.values() for job in jobs}
    shared = Counter(other for others in met.seen for other in others if other not in own)
    return sorted(shared, key=lambda other: (-shared[other], other))[:MOST_LOOKED_AT]


def _neighbours(context: Context, end: Done, family: dict[str, list[str]], met: Met) -> Iterator[Neighbour]:
    """Everybody at hand: only the newest submission of a key speaks for it, and has earlier ones."""
    if end.year is None:
        return
    years = [_of_year(family, year, end.job) for year in (end.year - 1, end.year)]
    if not (any(years) or met.around or any(met.seen)) or not _is_newest(context, end):
        return
    last = [found for job in years[0] if (found := _current(context, job))]
    for before in sorted(last, key=lambda done: done.ref.key)[:1]:
        yield from _to_neighbour(context, before, Role.LAST_YEAR)
    for job in years[1]:
        same_year = terminal(context, job)
        if isinstance(same_year, Done) and same_year.ref.key == end.ref.key:
            yield from _to_neighbour(context, same_year, Role.EARLIER)
        elif isinstance(same_year, Done) and _is_newest(context, same_year):
            yield from _to_neighbour(context, same_year, Role.OTHER_VERSION)
    others = (other for job in _alike(family, met) if (other := _current(context, job)))
    for other in islice(others, MOST_ALIKE):
        yield from _to_neighbour(context, other, Role.OTHER_AGENCY)


def _current(context: Context, job: str) -> Done | None:
    """The end of a job that is the newest of its key."""
    end = terminal(context, job)
    return end if isinstance(end, Done) and _is_newest(context, end) else None


def _is_newest(context: Context, end: Done) -> bool:
    """Does no newer submission stand in its place? One that was removed from the inbox speaks on."""
    newest = newest_of(context, end.ref)
    return newest is None or newest.job == end.job


def _to_neighbour(context: Context, end: Done, role: Role) -> Iterator[Neighbour]:
    report = _published_report(context, end)
    if report is None:
        return
    findings = _published_findings(context, end) if role is Role.EARLIER else None  # of others they are not told
    compared = Compared(
        role=role,
        job=end.job,
        key=end.ref.key,
        agency=end.agency,
        year=end.year,
        content=end.content,
        report=next((made.sha256 for made in end.files if made.name == "report.json"), ""),
    )
    yield Neighbour(compared=compared, report=report, findings=findings.findings if findings else ())


def _publish_if_changed(context: Context, end: Done, outcome: Outcome, neighbours: tuple[Neighbour, ...]) -> None:
    """A new set of across.json and the notice, under a folder of its own; then done.json anew, and last."""
    with bug_to_document_error("across"):
        found = parsers.compare_across(outcome, end.ref.key, neighbours, context.judge)
    data = value_to_json(found)
    digest = hashlib.sha256(data).hexdigest()
    if digest == end.across or (end.across is None and not neighbours):
        return
    whole = _files(context, end, outcome, found)
    files = {name: content for name, content in whole.items() if name not in ("report.json", "findings.json")}
    folder = f"across-{digest[:16]}/"
    for name, content in files.items():
        put(context, layout.submission(end.job, end.judge_digest, folder + name), content)
    kept = tuple(made for made in end.files if made.name not in files and made.name != "annotated.pdf")
    made = tuple(made_of(name, content, folder) for name, content in files.items())
    done = msgspec.structs.replace(
        end,
        across=digest,
        files=tuple(sorted((*kept, *made), key=lambda one: one.name)),
        counts=parsers.with_across(outcome, found).counts,
        sequence=end.sequence + 1,
    )
    if _notice(end) != _notice(done):
        event = done_to_event(done, context)
        outbox.write_records(context, msgspec.structs.replace(event, type=EventType.UPDATED))
    put(context, layout.done(end.job), value_to_json(done))
    write_index(context, done)
    run = context.store.get(context.results, layout.submission(end.job, end.judge_digest, layout.RUN))
    refresh_copy(context, end.ref, done, whole if run is None else {**whole, layout.RUN: run})
    show_finished(context, done)
    context.enqueue_notify(end.job)
    _LOG.info("已与%d份相关报告比对  %s", len(neighbours), end.ref.key)


def _files(context: Context, end: Done, outcome: Outcome, found: Across) -> dict[str, bytes]:
    """The files of the report alone and those that differ with what was found."""
    drawn = _drawn(context, end, parsers.with_across(outcome, found))
    with bug_to_document_error("across"):
        return parsers.outcome_to_files(outcome, drawn, found)


def _drawn(context: Context, end: Done, told: Outcome) -> Drawn | None:
    """Its pictures, unless drawing them has ended workers: there is no queue apart for it, and the findings stand."""
    try:
        return outcome_to_drawn(context, end.ref, told, lambda: fetch(context, end.ref))
    except AgainError:
        return None


def _notice(end: Done) -> tuple[str, ...]:
    return tuple(made.sha256 for made in end.files if made.name == "notice.json")
