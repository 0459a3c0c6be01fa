"""The page of a notice in a real Chromium, opened from a disk as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from parsers.notices.files import outcome_to_files
from tests.parsers.notices.notice_world import as_infos, drawn_of, outcome_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 900, "height": 1200})


def shown(page: Page, folder: Path, html: bytes) -> list[str]:
    """Open the page; the addresses that it asked for beside its own and its own pictures."""
    (folder / "notice.html").write_bytes(html)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url[:40])

    page.on("request", note)
    page.goto((folder / "notice.html").as_uri(), wait_until="load")
    page.remove_listener("request", note)
    return [url for url in asked if not url.startswith(("file:", "data:image/png;base64,"))]


def test_every_picture_is_shown_and_nothing_is_asked_of_anybody(page: Page, tmp_path: Path) -> None:
    html = outcome_to_files(outcome_of(), drawn_of())["notice.html"]
    assert shown(page, tmp_path, html) == []
    assert page.eval_on_selector_all("img", "all => all.map(i => i.complete && i.naturalWidth > 0)") == [True, True]


def test_a_table_of_findings_is_no_wider_than_the_sheet(page: Page, tmp_path: Path) -> None:
    shown(page, tmp_path, outcome_to_files(outcome_of("many"), drawn_of("many"))["notice.html"])
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    assert page.locator("table.found tr").count() > 20


def test_remarks_are_folded_on_the_screen_and_stand_on_paper(page: Page, tmp_path: Path) -> None:
    shown(page, tmp_path, outcome_to_files(as_infos(outcome_of()), None)["notice.html"])
    assert page.locator("details li").first.is_visible() is False
    page.emulate_media(media="print")
    assert page.locator("details li").first.is_visible() is True
    page.emulate_media(media="screen")
