"""Keys and names made to hurt (reliability.md section 7, 78 to 80): each gets its end, and none becomes a path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tasks import layout
from tasks.pipeline import process
from tasks.ports.ledger import State
from tests.tasks.worlds import make_world
from workers.web.present.text import attachment, visible

ROOT = Path(__file__).parents[2]

KEYS = (
    *("../a.txt", "..%2fa.txt", "%2e%2e/a.txt", "..\\a.txt", "/etc/passwd", "//a//b.txt", "a.txt "),
    *("a.txt.", "a/../../b"),
    *("a/b" * 341, "长" * 340, "a\x00b", "a\r\nSet-Cookie: x=1", "a\tb", "a\x1b[31mb", "报告🙂.txt", "a+b"),
    *("a%b", "a%25b"),
    *("a&b?c#d", "\"'`", "{}", "$(touch x)", ";rm", "报告\u202efdp.exe", "a\u200bb", "а.txt", "e\u0301.txt"),
    *("\u00e9.txt",),
    *("a\uff0fb", "\ue000", "=cmd|'/c calc'!A0", "@SUM(A1)", "<img src=x onerror=alert(1)>", "{{7*7}}", "${jndi:ldap://x}"),
    *("_submissions/x/done.json", "_outbox/x", "current.json", "a.zip!/b.txt"),
)  # fmt: skip

SHOWN = {
    "a\x00b": "a‹U+0000›b",
    "报告\u202efdp.exe": "报告‹U+202E›fdp.exe",
    "a\u200bb": "a‹U+200B›b",
    "\ue000": "‹U+E000›",
}

OPENS = re.compile(
    r"(?:\bopen\(|Path\(|\.joinpath\(|os\.path\.join\()[^)\n]*\b(?:ref\.key|stored\.key|upload\.key|hint\.key|\.member\b)"
)
"""A path that is made of what an upload is called."""


@pytest.mark.parametrize("key", KEYS, ids=ascii)
def test_an_upload_under_any_name_gets_its_end_and_hurts_no_record(key: str) -> None:
    world = make_world()
    other = world.upload()
    process(world.context, other)
    before = world.results(layout.SUBMISSIONS)
    ref = world.upload(key)
    assert process(world.context, ref) is State.DONE
    after = world.results(layout.SUBMISSIONS)
    assert {name: after[name] for name in before} == before
    assert layout.done(ref.job) in after


@pytest.mark.parametrize("key", KEYS, ids=ascii)
def test_a_name_is_shown_with_everything_visible_and_leaves_its_header_whole(key: str) -> None:
    shown = visible(key)
    assert shown.isprintable()
    assert "\n" not in attachment(key)
    assert attachment(key).isascii()


@pytest.mark.parametrize(("key", "shown"), SHOWN.items(), ids=ascii)
def test_what_cannot_be_seen_is_spelt_out(key: str, shown: str) -> None:
    assert visible(key) == shown


def test_two_spellings_that_look_alike_are_two_submissions() -> None:
    world = make_world()
    assert world.upload("e\u0301.txt").job != world.upload("\u00e9.txt").job


def test_no_file_path_is_made_of_a_key() -> None:
    texts = {p: p.read_text(encoding="utf-8") for part in ("tasks", "workers") for p in (ROOT / part).rglob("*.py")}
    assert [str(path) for path, text in texts.items() if OPENS.search(text)] == []
