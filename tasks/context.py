"""Context: everything the stages may use of the outside. Built once a process by workers/app.py, or by a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from parsers.model.document import Document
from parsers.model.judge import BUILT_IN, Judge
from parsers.model.member import Member
from tasks.messages import SubmissionRef
from tasks.ports.ledger import Ledger
from tasks.ports.poster import Endpoint, Poster
from tasks.ports.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The ports, the two buckets, the endpoints, the clock.

    `read` and `reread` parse bytes in the sandbox's child and raise parsers' DocumentError; `read_office` lets an
    office program convert what needs it, which takes seconds (None: `read` is all there is); `link` makes a
    dashboard address of a job; `clock` gives aware UTC; `worker` and `version` stand in run.json; `enqueue_notify`
    hands a job on; `judge` is what the operator gave to judge by.
    """

    store: Store
    ledger: Ledger
    poster: Poster
    read: Callable[[bytes], Document]
    reread: Callable[[bytes], Document]
    member: Callable[[bytes, str], Member]
    inbox: str
    results: str
    endpoints: tuple[Endpoint, ...]
    clock: Callable[[], datetime]
    worker: str
    link: Callable[[str], str]
    enqueue_notify: Callable[[str], None]
    enqueue: Callable[[SubmissionRef], object]
    version: str = ""
    judge: Judge = BUILT_IN
    read_office: Callable[[bytes], Document] | None = None

    def with_office(self) -> Context:
        """The same for where seconds do no harm: what needs converting is converted."""
        return self if self.read_office is None else replace(self, read=self.read_office, read_office=None)
