"""Context: everything the stages may use of the outside. Built once a process by workers/app.py, or by a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from parsers.model.document import Document
from parsers.model.judge import BUILT_IN, Judge
from parsers.model.member import Member
from parsers.notices.drawn import Drawn, Order
from tasks.messages import Reach, SubmissionRef
from tasks.ports.ledger import Ledger
from tasks.ports.poster import Endpoint, Poster
from tasks.ports.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The ports, the two buckets, the endpoints, the clock.

    `read`, `reread` and `render` open bytes in the sandbox's child and raise parsers' DocumentError; `read_office`
    lets an office program convert what needs it, which takes seconds (None: `read` is all there is); `link` makes a
    dashboard address of a job; `clock` gives aware UTC; `worker` and `version` stand in run.json; `enqueue_notify`
    hands a job on, and so does `enqueue_across`; `judge` is what the operator gave to judge by;
    `lease_seconds` is how long a worker that died still holds its job.
    """

    store: Store
    ledger: Ledger
    poster: Poster
    read: Callable[[bytes], Document]
    reread: Callable[[bytes], Document]
    member: Callable[[bytes, str], Member]
    render: Callable[[bytes, Order], Drawn]
    inbox: str
    results: str
    endpoints: tuple[Endpoint, ...]
    clock: Callable[[], datetime]
    worker: str
    link: Callable[[str], str]
    enqueue_notify: Callable[[str], None]
    enqueue: Callable[[SubmissionRef], object]
    enqueue_across: Callable[[str, Reach], object]
    version: str = ""
    judge: Judge = BUILT_IN
    lease_seconds: int = 30
    read_office: Callable[[bytes], Document] | None = None

    def with_office(self) -> Context:
        """The same for where seconds do no harm: what needs converting is converted."""
        return self if self.read_office is None else replace(self, read=self.read_office, read_office=None)
