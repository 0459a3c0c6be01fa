"""Hostile text in a real Chromium: every page, name and notice shows it as text, nothing runs, no rule is broken."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request

from parsers.notices.files import outcome_to_files
from tasks.deliveries import put_waiting
from tasks.delivery import Delivery, DeliveryState, Sending
from tasks.ports.ledger import State
from tasks.ports.poster import Endpoint
from tests.parsers.notices.notice_world import drawn_of, outcome_of
from tests.workers.web.conftest import SECRET, TOKEN, Office, office
from tests.workers.web.hostile import MARKUP, findings_with, report_full_of, report_with
from workers.web import create_app
from workers.web.present.text import visible

__all__ = ["office"]

pytestmark = pytest.mark.browser

WATCH = """
window.reported = [];
document.addEventListener("securitypolicyviolation",
  e => window.reported.push(e.violatedDirective + " " + e.blockedURI));
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.reported.push(name);
"""
"""Runs before every page: what the browser reports of the policy, and every call that a payload makes."""


@dataclass
class Watched:
    """A window and all that must not happen in it."""

    page: Page
    origin: str
    trouble: list[str] = field(default_factory=list)

    def asked(self, request: Request) -> None:
        """Note what is asked of anybody but ourselves."""
        if not request.url.startswith((self.origin, "data:image/png", "file:")):
            self.trouble.append(f"asked {request.url[:60]}")

    def open(self, address: str) -> str:
        """Visit a page; everything a person can read on it."""
        self.page.goto(address, wait_until="load")
        self.trouble += self.page.evaluate("window.reported")
        fields = "[...document.querySelectorAll('input,textarea')].map(e => e.value).join('\\\\n')"
        titles = "[...document.querySelectorAll('[title]')].map(e => e.title).join('\\\\n')"
        return str(self.page.evaluate(f"document.documentElement.textContent + {fields} + {titles}"))


def watch(browser: Browser, origin: str) -> Watched:
    """A window that misses nothing."""
    page = browser.new_context(locale="zh-CN", extra_http_headers={"x-hostile": MARKUP[0]}).new_page()
    found = Watched(page, origin)
    page.add_init_script(WATCH)
    page.on("request", found.asked)
    page.on("dialog", lambda dialog: found.trouble.append(f"dialog {dialog.message}"))
    page.on("pageerror", lambda error: found.trouble.append(str(error)))
    page.on("console", lambda told: found.trouble.append(told.text) if "Content Security" in told.text else None)
    return found


@dataclass
class Served:
    """The dashboard behind a real port."""

    office: Office
    origin: str


@pytest.fixture
def served(office: Office) -> Iterator[Served]:
    """The dashboard over memory twins; its receivers have hostile names."""
    endpoints = tuple(Endpoint(name=text, url="https://oa.example/", secrets=(SECRET,)) for text in MARKUP)
    context = replace(office.context, endpoints=endpoints)
    office.context, office.site = context, replace(office.site, context=context)
    server = uvicorn.Server(uvicorn.Config(create_app(office.site), port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Served(office, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    server.should_exit, server.force_exit = True, True
    thread.join()


def fill(world: Office) -> tuple[str, ...]:
    """One report, one failure, one dead letter for each text; the jobs of the reports."""
    jobs = tuple(report_full_of(world, text, key=f"2023/{text}.txt") for text in MARKUP)
    for number, text in enumerate(MARKUP):
        world.noted(
            number, key=f"{text}.pdf", agency=text, title=text, state=State.QUARANTINED, reason=text, advice=text
        )
        now = world.context.clock()
        put_waiting(
            world.context,
            Delivery(
                id=f"{jobs[number][:12]}-{number}",
                type="document.completed",
                job=jobs[number],
                endpoint=text,
                body="{}",
                created=now,
                not_before=now,
                sendings=(Sending(at=now, status=None, reason=text),),
                state=DeliveryState.PENDING,
                note=text,
            ),
        )
    return jobs


def test_thirty_eight_hostile_texts_run_on_no_page_and_are_shown_on_it(served: Served, chromium: Browser) -> None:
    jobs = fill(served.office)
    window = watch(chromium, served.origin)
    window.open(f"{served.origin}/?token={TOKEN}")
    unread = []
    for job, text in zip(jobs, MARKUP, strict=True):
        shown_by = {tab: window.open(f"{served.origin}/documents/{job}{tab}") for tab in ("", "?tab=text")}
        unread += [(tab, text) for tab, shown in shown_by.items() if visible(text) not in shown]
    for path in ("/", "/documents", "/failures", "/webhooks"):
        shown = window.open(served.origin + path)
        unread += [(path, text) for text in MARKUP if path != "/" and visible(text) not in shown]
    assert (window.trouble, unread) == ([], [])


def test_hostile_addresses_forms_and_errors_run_nothing(served: Served, chromium: Browser) -> None:
    window = watch(chromium, served.origin)
    window.open(f"{served.origin}/?token={TOKEN}")
    for number, text in enumerate(MARKUP):
        word = quote(text, safe="")
        paths = (f"/{word}", f"/documents/{word}", f"/?token={word}")
        for path in (f"/documents?q={word}&prefix={word}&rule={word}", paths[number % len(paths)]):
            window.open(served.origin + path)
    assert window.trouble == []


def test_a_page_of_the_dashboard_would_report_a_script_that_is_not_ours(served: Served, chromium: Browser) -> None:
    window = watch(chromium, served.origin)
    window.open(f"{served.origin}/?token={TOKEN}")
    window.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    window.page.wait_for_function("window.reported.length > 0")
    assert window.page.evaluate("window.reported")[0].startswith("script-src")


def test_an_original_is_saved_and_never_shown(served: Served, chromium: Browser) -> None:
    job = served.office.processed("报告.html", b"<html><body><script>alert(1)</script><p>x</p></body></html>")
    window = watch(chromium, served.origin)
    window.open(f"{served.origin}/?token={TOKEN}")
    with window.page.expect_download() as saved:
        window.page.evaluate(f"location.href = '/documents/{job}/original'")
    assert saved.value.suggested_filename == "报告.html"
    assert (window.trouble, urlsplit(window.page.url).path) == ([], "/")


@pytest.mark.parametrize("text", MARKUP)
def test_a_notice_full_of_hostile_text_runs_nothing_and_shows_it(text: str, chromium: Browser, tmp_path: Path) -> None:
    outcome = outcome_of()
    worse = msgspec.structs.replace(
        outcome, report=report_with(outcome.report, text), findings=findings_with(outcome.findings, text)
    )
    (tmp_path / "notice.html").write_bytes(outcome_to_files(worse, drawn_of())["notice.html"])
    window = watch(chromium, (tmp_path / "notice.html").as_uri())
    shown = window.open((tmp_path / "notice.html").as_uri())
    window.page.context.close()
    assert (window.trouble, text in shown) == ([], True)


def test_the_pictures_of_a_notice_are_let_through_by_its_own_policy(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_bytes(outcome_to_files(outcome_of(), drawn_of())["notice.html"])
    window = watch(chromium, (tmp_path / "notice.html").as_uri())
    window.open((tmp_path / "notice.html").as_uri())
    assert window.page.eval_on_selector_all("img", "all => all.map(i => i.naturalWidth > 0)") == [True, True]
    assert window.trouble == []
