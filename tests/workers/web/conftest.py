"""A dashboard over the memory twins, and reports that went the real way through the stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

import parsers
from tasks.context import Context
from tasks.messages import SubmissionRef
from tasks.pipeline import process
from tasks.ports.ledger import Entry, State
from tasks.ports.memory_ledger import MemoryLedger
from tasks.ports.memory_store import MemoryStore
from tasks.ports.poster import Answer, Endpoint
from workers.web.app import create_app
from workers.web.people import People
from workers.web.samples import SAMPLE_NAME, sample_report
from workers.web.site import Site

TOKEN = "made-up-token"
SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "</textarea><svg onload=alert(1)>",
    "\u202egnp.exe",
    "a\x00b\x1b[31m",
)


@dataclass
class Posted:
    """A poster that keeps what it was given and answers as it is told."""

    status: int | None = 204
    sent: list[str] = field(default_factory=list)

    def post(self, endpoint: Endpoint, message_id: str, body: bytes) -> Answer:  # noqa: ARG002 - the protocol's
        """Note the id."""
        self.sent.append(message_id)
        return Answer(status=self.status)


@dataclass
class Office:
    """The dashboard with everything behind it at hand."""

    store: MemoryStore
    ledger: MemoryLedger
    poster: Posted
    context: Context
    site: Site
    again: list[SubmissionRef]

    def put(self, key: str, data: bytes) -> SubmissionRef:
        """A file in the inbox."""
        self.store.put("inbox", key, data, "application/octet-stream")
        stored = self.store.head("inbox", key)
        assert stored is not None
        return SubmissionRef(bucket="inbox", key=key, etag=stored.etag, size=stored.size)

    def processed(self, key: str = SAMPLE_NAME, data: bytes | None = None) -> str:
        """The job of a file that went through all stages."""
        ref = self.put(key, sample_report() if data is None else data)
        process(self.context, ref)
        return ref.job

    def noted(self, job_number: int, **fields: object) -> Entry:
        """An entry in the ledger as the stages would write it."""
        ref = SubmissionRef(
            bucket="inbox", key=str(fields.pop("key", f"{job_number}.pdf")), etag=f"{job_number:032x}", size=1
        )
        values: dict[str, object] = {"state": State.DONE, "received": datetime(2026, 1, 5, tzinfo=UTC)} | fields
        entry = Entry(job=ref.job, ref=ref, **values)  # type: ignore[arg-type] # the caller names the fields
        self.ledger.record(entry)
        return entry

    def audit(self) -> list[bytes]:
        """What was written down of people's acts, beside signing in."""
        lines = (self.store.get("results", o.key) or b"" for o in self.store.walk("results", "_audit/"))
        return [line for line in lines if b'"sign_in"' not in line]


@pytest.fixture
def token() -> str:
    """What an operator signs in with."""
    return TOKEN


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest) -> str:
    """Text that must be shown and never do anything."""
    return str(request.param)


@pytest.fixture
def office() -> Office:
    store, ledger, poster = MemoryStore(), MemoryLedger(), Posted()
    again: list[SubmissionRef] = []
    context = Context(
        store=store,
        ledger=ledger,
        poster=poster,
        read=parsers.read,
        reread=parsers.reread,
        member=parsers.member,
        render=parsers.render,
        inbox="inbox",
        results="results",
        endpoints=(Endpoint(name="办公系统", url="https://oa.example.gov.cn/hook?key=do-not-show", secrets=(SECRET,)),),
        clock=lambda: datetime.now(UTC),
        worker="test:1",
        link=lambda job: f"http://test/documents/{job}",
        enqueue_notify=lambda _job: None,
        enqueue=lambda _ref: None,
        enqueue_across=lambda _job, _reach: None,
        version="0",
    )
    site = Site(
        context=context,
        again=again.append,
        metrics=lambda: b"gouji_up 1\n",
        health=tuple,
        people=People(token=TOKEN),
        version="0",
        drop_command="gouji submit 报告.pdf",
    )
    return Office(store=store, ledger=ledger, poster=poster, context=context, site=site, again=again)


@pytest.fixture
def stranger(office: Office) -> TestClient:
    """A browser that has not signed in."""
    return TestClient(create_app(office.site), follow_redirects=False, headers={"accept": "text/html"})


@pytest.fixture
def browser(stranger: TestClient) -> TestClient:
    """A browser that has signed in by the printed link."""
    stranger.get("/", params={"token": TOKEN}, follow_redirects=True)
    return stranger


@pytest.fixture
def csrf(browser: TestClient) -> str:
    """The token that this session's pages carry."""
    page = browser.get("/upload").text
    return page.split('<meta name="csrf" content="')[1].split('"')[0]
