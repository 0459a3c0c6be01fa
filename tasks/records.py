"""What the chain writes beside the files of the core: terminal markers, run.json, current.json, attempts.

`gouji schema` prints all of them. Only run.json, current.json and the attempts may hold a time.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from parsers.model.document import Document
from parsers.model.source import Kind
from parsers.model.value import Value
from tasks.messages import SubmissionRef
from tasks.ports.ledger import StageRun


class Made(Value):
    """One published file: its name, hash (hex), size in bytes, and the folder beside the files of the report alone."""

    name: str
    sha256: str
    bytes: int
    folder: str = ""


class Done(Value):
    """done.json: this submission was published. Written last; the only sign that a job is finished well.

    `counts` are findings by severity (with `undetermined`), `codes` by code; `agency` is the agency's key; `sequence`
    numbers the outcomes of one job from 1. `across` is the sha256 of across.json, once there is one; counts and notice
    are then those with it.
    """

    job: str
    ref: SubmissionRef
    content: str
    reader_digest: str
    judge_digest: str
    kind: str
    agency: str | None
    agency_name: str | None
    title: str | None
    year: int | None
    edition: str | None
    counts: dict[str, int]
    codes: dict[str, int]
    has_error: bool
    files: tuple[Made, ...]
    sequence: int = 1
    across: str | None = None
    schema: str = "gouji.done/1"

    @property
    def is_container(self) -> bool:
        """A ZIP, whose members have ends of their own: members.json names them."""
        return self.kind == Kind.ZIP.value


class Quarantine(Value):
    """quarantine.json: this submission cannot be processed, why, and what a person can do (both Chinese)."""

    job: str
    ref: SubmissionRef
    code: str
    reason: str
    advice: str
    attempts: int
    reader_digest: str
    judge_digest: str
    content: str | None = None
    schema: str = "gouji.quarantine/1"


Terminal = Done | Quarantine


class Members(Value):
    """members.json: the submissions that a ZIP was taken apart into, by their names inside it."""

    job: str
    ref: SubmissionRef
    names: tuple[str, ...]
    schema: str = "gouji.members/1"


class SecondReading(Value):
    """What the second reader made of some content, kept beside the first; null and a code where it could not."""

    document: Document | None
    code: str = ""
    schema: str = "gouji.second_reading/1"


class Run(Value):
    """run.json: who, when, how long, which worker. The only result file in which two runs may differ.

    `needed_second`: something did not hold, so the second reader was asked.
    """

    job: str
    worker: str
    version: str
    started: datetime
    ended: datetime
    stages: tuple[StageRun, ...]
    needed_second: bool = False
    schema: str = "gouji.run/1"


class Current(Value):
    """current.json: which submission the copy for people shows. `state` is `done` or `quarantined`."""

    job: str
    ref: SubmissionRef
    state: str
    judge_digest: str
    files: tuple[str, ...]
    written: datetime
    across: str | None = None
    schema: str = "gouji.current/1"


class End(StrEnum):
    """How an attempt at reading ended. One without an end is unattributed: the whole process died."""

    FINISHED = "finished"
    MEASURED = "measured"
    INFRASTRUCTURE = "infrastructure"
    FORGIVEN = "forgiven"


class Attempt(Value):
    """One attempt at reading, written before it and again after it (reliability 2.6).

    `forgiven` is written by an operator's retry: what came before it no longer counts.
    """

    job: str
    number: int
    reader_digest: str
    worker: str
    started: datetime
    ended: datetime | None = None
    end: End | None = None
    code: str | None = None
    schema: str = "gouji.attempt/1"
