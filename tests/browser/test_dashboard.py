"""The dashboard of a real `gouji up` in a real Chromium: drop a file, watch it arrive, open it, see the wrong cell."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from workers.web.samples import sample_report

pytestmark = pytest.mark.browser

START_SECONDS = 60
PATIENCE = 30_000

DROP = """([name, text, kind]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@dataclass
class Up:
    """A running `gouji up`: where one signs in, and everything it has printed."""

    process: subprocess.Popen[str]
    printed: list[str] = field(default_factory=list)
    is_ready: threading.Event = field(default_factory=threading.Event)

    def follow(self) -> None:
        """Read what it prints until it ends."""
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                self.printed.append(line)
                if "已就绪" in line:
                    self.is_ready.set()
        self.is_ready.set()

    @property
    def address(self) -> str:
        """The printed address with its token."""
        found = re.search(r"http://\S+/\?token=\S+", "".join(self.printed))
        assert found, "".join(self.printed)
        return found.group()


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """The whole program on ports of its own, with its embedded servers."""
    folder = tmp_path_factory.mktemp("up")
    foreign = {"REDIS_URL", "S3_ENDPOINT_URL", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"}
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    environment |= {"GOUJI_STATE_DIR": str(folder), "GOUJI_WEB_PORT": "0", "GOUJI_INTAKE_PORT": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "workers", "up"],
        env=environment,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Up(process)
    reader = threading.Thread(target=running.follow)
    reader.start()
    try:
        assert running.is_ready.wait(START_SECONDS), "".join(running.printed)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        reader.join(5)


@dataclass
class Desk:
    """A browser window, and everything that its console complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, said: ConsoleMessage) -> None:
        """Keep what is worse than a remark."""
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)


@pytest.fixture
def desk(up: Up, chromium: Browser) -> Iterator[Desk]:
    """A window that has signed in by the printed link."""
    window = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = window.new_page()
    found = Desk(page)
    page.on("console", found.hear)
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.set_default_timeout(PATIENCE)
    page.goto(up.address)
    yield found
    window.close()


def drop(page: Page, name: str, text: str) -> None:
    """What the browser does when somebody lets a file go over the page."""
    for kind in ("dragenter", "dragover", "drop"):
        page.evaluate(DROP, [name, text, kind])


def test_a_file_dropped_on_the_page_arrives_live_and_shows_its_wrong_cell(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="报告", exact=True).click()
    drop(page, "文旅局2025.txt", sample_report().decode())
    row = page.locator("tr[data-job]", has_text="文旅局2025.txt")
    expect(row).to_contain_text("已完成", timeout=PATIENCE)
    expect(row).to_contain_text("✕2")
    row.get_by_role("link").first.click()
    page.wait_for_load_state()
    wrong = page.locator("td.wrong.w-error")
    expect(wrong).to_have_count(2)
    wrong.first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("原文：9")
    assert page.locator("td.lit").count() > 1
    assert desk.complaints == []


def test_others_reports_are_announced_and_push_nothing_down(desk: Desk) -> None:
    page = desk.page
    page.goto(page.url.rstrip("/") + "/documents")
    drop(page, "先到.txt", sample_report().decode())
    expect(page.locator("tr[data-job]", has_text="先到.txt")).to_contain_text("已完成", timeout=PATIENCE)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("tr[data-job]", has_text="先到.txt")).to_be_visible()
    drop(page, "后到.txt", sample_report().decode())
    expect(other.locator("#news")).to_have_text("1 份新报告 ↑", timeout=PATIENCE)
    assert other.locator("tr[data-job]", has_text="后到.txt").count() == 0
    other.locator("#news").click()
    expect(other.locator("tr[data-job]", has_text="后到.txt")).to_be_visible()
    assert desk.complaints == []


def test_a_file_that_cannot_be_read_is_told_and_can_be_retried(desk: Desk) -> None:
    page = desk.page
    page.goto(page.url.rstrip("/") + "/documents")
    drop(page, "坏.pdf", "%PDF-1.4 broken")
    expect(page.locator("tr[data-job]", has_text="坏.pdf")).to_contain_text("未能处理", timeout=PATIENCE)
    page.get_by_role("link", name="未能处理", exact=True).click()
    row = page.locator("tr[data-job]", has_text="坏.pdf")
    row.get_by_text("重试").first.click()
    row.get_by_role("button", name="重试").click()
    expect(page.get_by_role("status")).to_have_text("已重新提交 1 份。")
    assert desk.complaints == []


def test_a_name_with_hidden_characters_is_refused_with_a_sentence(desk: Desk) -> None:
    page = desk.page
    drop(page, "a\u202egnp.txt", "x")
    expect(page.locator("#uploads")).to_contain_text("请改名后再上传")
    expect(page.locator("#uploads")).to_contain_text("a‹U+202E›gnp.txt")


def test_the_keyboard_walks_the_list_and_opens_a_report(desk: Desk) -> None:
    page = desk.page
    page.goto(page.url.rstrip("/") + "/documents")
    drop(page, "键盘.txt", sample_report().decode())
    expect(page.locator("tr[data-job]", has_text="键盘.txt")).to_contain_text("已完成", timeout=PATIENCE)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").press("Escape")
    page.locator("#q").blur()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/documents/[0-9a-f]{64}$"))
    assert desk.complaints == []


def test_text_that_looks_like_markup_runs_nowhere(desk: Desk) -> None:
    page = desk.page
    page.goto(page.url.rstrip("/") + "/documents")
    text = sample_report().decode().replace("示例县文化和旅游局", "<img src=x onerror=alert(1)>")
    drop(page, "<img src=x onerror=alert(1)>.txt", text)
    row = page.locator("tr[data-job]", has_text="<img src=x onerror=alert(1)>.txt")
    expect(row).to_contain_text("已完成", timeout=PATIENCE)
    row.get_by_role("link").first.click()
    expect(page.locator("table.sheet")).to_have_count(3)
    assert (page.locator("main img").count(), desk.complaints) == (0, [])


def test_judging_again_is_asked_once_and_the_page_renews_itself(desk: Desk) -> None:
    page = desk.page
    page.goto(page.url.rstrip("/") + "/documents")
    drop(page, "再核查.txt", sample_report().decode())
    row = page.locator("tr[data-job]", has_text="再核查.txt")
    expect(row).to_contain_text("已完成", timeout=PATIENCE)
    row.get_by_role("link").first.click()
    page.locator("summary", has_text="重新核查").click()
    page.get_by_role("button", name="重新核查").click()
    expect(page.locator("#progress tbody tr")).to_have_count(8, timeout=PATIENCE)
    assert desk.complaints == []
