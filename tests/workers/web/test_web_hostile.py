"""Text of a report, a name, a message: whatever stands in it is shown and never runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import msgspec
from starlette.testclient import TestClient

from parsers.model.files import json_to_value, value_to_json
from parsers.model.outcome import Findings
from parsers.model.report import Report
from tasks import layout
from tasks.ports.ledger import State

if TYPE_CHECKING:
    from tests.workers.web.conftest import Office


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
        job = _report_full_of(office, hostile)
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


def _report_full_of(office: Office, text: str) -> str:
    """A finished report into whose every text the given one was put."""
    job = office.processed()
    entry = office.ledger.entry(job)
    assert entry is not None
    key = layout.submission(job, entry.judge_digest or "", "report.json")
    report = json_to_value(office.store.get("results", key) or b"", Report)
    tables = {
        table: {
            row: {
                column: msgspec.structs.replace(figure, value=None, status="non_numeric", raw=text)
                for column, figure in cells.items()
            }
            for row, cells in rows.items()
        }
        for table, rows in report.tables.items()
    }
    sections = {n: msgspec.structs.replace(s, heading=text, text=text) for n, s in report.sections.items()}
    worse = msgspec.structs.replace(report, title=text, tables=tables, sections=sections, period=text)
    office.store.put("results", key, value_to_json(worse), "application/json")
    name = layout.submission(job, entry.judge_digest or "", "findings.json")
    findings = json_to_value(office.store.get("results", name) or b"", Findings)
    places = tuple(
        msgspec.structs.replace(
            f,
            message=text,
            basis=text,
            suggestion=text,
            filed=text,
            expected=text,
            places=tuple(msgspec.structs.replace(e, label=text, raw=text) for e in f.places),
        )
        for f in findings.findings
    )
    office.store.put(
        "results", name, value_to_json(msgspec.structs.replace(findings, findings=places)), "application/json"
    )
    return job
