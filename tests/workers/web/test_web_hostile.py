"""Text of a report, a name, a message: whatever stands in it is shown and never runs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from tasks.ports.ledger import Entry, State
from tests.workers.web.hostile import report_full_of

if TYPE_CHECKING:
    from tests.workers.web.conftest import Office

ROOT = Path(__file__).parents[3]


class Dangers(HTMLParser):
    """Collects what a browser would run, as its own parser sees the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script of its own, a foreign element, a handler, an address that runs."""
        names = dict(attrs)
        if tag in {"img", "iframe", "object", "embed", "style", "base"} or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name.startswith("on") or name in {"style", "srcdoc"}]
        self.found += [
            value
            for value in names.values()
            if value
            and value.strip().lower().startswith("javascript:")
            and (names.get("href") == value or names.get("action") == value or names.get("src") == value)
        ]


def dangers(page: str) -> list[str]:
    """Everything in the page that a browser would run."""
    parser = Dangers()
    parser.feed(page)
    return parser.found


class TestHostileText:
    def test_it_is_shown_and_never_becomes_markup(self, office: Office, browser: TestClient, hostile: str) -> None:
        job = report_full_of(office, hostile)
        office.noted(
            7, key=hostile, agency=hostile, title=hostile, state=State.QUARANTINED, reason=hostile, advice=hostile
        )
        addresses = ("/", "/documents", f"/documents/{job}", f"/documents/{job}?tab=text", "/failures", "/webhooks")
        pages = [browser.get(address) for address in addresses]
        assert [page.status_code for page in pages] == [200] * len(addresses)
        markup = "".join(page.text for page in pages)
        assert (dangers(markup), re.findall(r"[\x00\x1b\u202e]", markup)) == ([], [])
        assert ">49<" not in markup

    def test_it_cannot_leave_a_search_box(self, browser: TestClient, hostile: str) -> None:
        page = browser.get("/documents", params={"q": hostile, "prefix": hostile, "rule": hostile}).text
        assert dangers(page) == []


OWN_STRINGS = re.compile(r"\|\s*safe\b|autoescape\s+(?:false|off)|Markup\(|mark_safe|__html__|HTMLResponse\(")
"""What hands a string to a page as markup."""

REASONED = ("workers/web/rendering.py", "parsers/notices/docx.py")
"""What a template rendered, and a test of the template engine's own type."""


def test_nothing_hands_text_to_a_page_as_markup() -> None:
    files = [
        path.relative_to(ROOT)
        for folder in ("workers", "parsers", "tasks")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".xml"} and OWN_STRINGS.search(path.read_text(encoding="utf-8"))
    ]
    assert [str(path) for path in files if str(path) not in REASONED] == []


SCRIPT_SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(['\"]"
)


def test_our_own_scripts_never_make_markup_of_text() -> None:
    ours = [path for path in sorted((ROOT / "workers/web/static").glob("*.js")) if "htmx" not in path.name]
    lines = [line.strip() for path in ours for line in path.read_text(encoding="utf-8").splitlines()]
    # rows that the server has rendered, which has escaped what stands in them
    assert [line for line in lines if SCRIPT_SINKS.search(line)] == ["made.innerHTML = await answer.text();"]


def test_every_answer_forbids_scripts_from_elsewhere_and_guessing_of_types(
    office: Office, browser: TestClient, stranger: TestClient
) -> None:
    job = office.processed()
    paths = (
        "/",
        "/documents",
        "/failures",
        "/webhooks",
        "/upload",
        "/nowhere",
        f"/documents/{job}/original",
        "/static/x",
    )
    for page in [browser.get(path) for path in paths] + [stranger.get("/login")]:
        policy = page.headers["content-security-policy"]
        assert (policy.startswith("default-src 'none'"), "unsafe" in policy) == (True, False)
        assert page.headers["x-content-type-options"] == "nosniff"


def test_an_original_is_only_ever_an_attachment_without_a_type_of_its_own(office: Office, browser: TestClient) -> None:
    for key in ("a.html", "a.svg", "x\r\nset-cookie: a=b.html", 'a";filename="b.html', "<script>.htm"):
        job = office.put(key, b"<script>alert(1)</script>")
        office.ledger.record(Entry(job=job.job, ref=job, state=State.DONE, received=datetime(2026, 1, 5, tzinfo=UTC)))
        answer = browser.get(f"/documents/{job.job}/original")
        told = answer.headers["content-disposition"]
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/octet-stream")
        assert (told.startswith('attachment; filename="'), told.count('"'), "set-cookie" in answer.headers) == (
            True,
            2,
            False,
        )
