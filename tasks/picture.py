"""What the ledger shows of a submission. A ledger that does not answer never holds up the work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from tasks.context import Context
from tasks.errors import TransientError
from tasks.messages import SubmissionRef
from tasks.ports.ledger import Entry, StageRun, State
from tasks.records import Done, Run, Terminal

_LOG = logging.getLogger(__name__)


def terminal_to_entry(
    end: Terminal, received: datetime, finished: datetime, stages: tuple[StageRun, ...] = ()
) -> Entry:
    """The entry of a finished submission."""
    common = Entry(
        job=end.job,
        ref=end.ref,
        state=State.DONE if isinstance(end, Done) else State.QUARANTINED,
        received=received,
        finished=finished,
        content=end.content,
        judge_digest=end.judge_digest,
        stages=stages,
    )
    if not isinstance(end, Done):
        return msgspec.structs.replace(common, reason_code=end.code, reason=end.reason, advice=end.advice)
    return msgspec.structs.replace(
        common,
        kind=end.kind,
        title=end.title,
        agency=end.agency_name,
        year=end.year,
        edition=end.edition,
        counts=end.counts,
        codes=end.codes,
    )


@dataclass(slots=True)
class Progress:
    """One submission under way: its stages as they pass, shown in the ledger."""

    context: Context
    ref: SubmissionRef
    received: datetime
    started: datetime
    before: Terminal | None = None
    attempt: int = 1
    content: str | None = None
    stages: list[StageRun] = field(default_factory=list)

    @classmethod
    def begin(cls, context: Context, ref: SubmissionRef, before: Terminal | None) -> Progress:
        """Take up what the ledger knows of this submission; `before` is the end it has already, if any."""
        now = context.clock()
        known = _known(context, ref.job)
        if known is None:
            return cls(context=context, ref=ref, received=now, started=now, before=before)
        attempt = max((run.attempt for run in known.stages), default=0) + 1
        return cls(
            context=context,
            ref=ref,
            received=known.received,
            started=now,
            before=before,
            attempt=attempt,
            stages=list(known.stages),
        )

    @contextmanager
    def stage(self, state: State) -> Iterator[None]:
        """Show that this stage is under way, and how long it took."""
        self.show(state)
        started = self.context.clock()
        note = "中断"
        try:
            yield
            note = ""
        finally:
            self.stages.append(
                StageRun(
                    stage=state.value,
                    started=started,
                    ended=self.context.clock(),
                    attempt=self.attempt,
                    worker=self.context.worker,
                    note=note,
                )
            )

    def show(self, state: State, finished: datetime | None = None) -> None:
        """The submission stands in this state now."""
        record(
            self.context,
            Entry(
                job=self.ref.job,
                ref=self.ref,
                state=state,
                received=self.received,
                finished=finished,
                content=self.content,
                stages=tuple(self.stages),
            ),
        )

    def show_end(self, end: Terminal) -> None:
        """The submission is finished."""
        record(self.context, terminal_to_entry(end, self.received, self.context.clock(), tuple(self.stages)))

    def to_run(self, *, needed_second: bool) -> Run:
        """run.json as far as it has come: what was before publishing."""
        return Run(
            job=self.ref.job,
            worker=self.context.worker,
            version=self.context.version,
            started=self.started,
            ended=self.context.clock(),
            stages=tuple(run for run in self.stages if run.attempt == self.attempt),
            needed_second=needed_second,
        )


def record(context: Context, entry: Entry) -> None:
    """Write an entry; what cannot be written now is repaired by the sweep."""
    try:
        context.ledger.record(entry)
    except TransientError as error:
        _LOG.warning("台账暂时没有应答：%s", error)


def _known(context: Context, job: str) -> Entry | None:
    try:
        return context.ledger.entry(job)
    except TransientError:
        return None
