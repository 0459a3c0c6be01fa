"""Pages and texts made to hurt (reliability.md section 7, 64 to 70)."""

from __future__ import annotations

from functools import cache, partial

from tests.hostile.entry import READ, Entry
from tests.make.html import to_html
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet

TEXT = "本年度收到申请 12 件"
FILE = "file:///etc/passwd"
HOST = "http://127.0.0.1:9"


@cache
def report(encoding: str = "utf-8") -> bytes:
    """A sound report as a page."""
    return to_html(to_sheet("2021", seeded("2021", 7), Changes(year=2023)), encoding=encoding)


def page(body: str, head: str = "") -> bytes:
    """A page of one line of text and this."""
    start = f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head>'
    return f"{start}<body><p>{TEXT}</p>{body}</body></html>".encode()


def _cells(count: int, attributes: str = "") -> bytes:
    return page("<table>" + f"<tr>{f'<td{attributes}>1</td>' * 10}</tr>" * (count // 10) + "</table>")


def _said(declared: str, encoding: str) -> bytes:
    """A page that declares one encoding and is in another."""
    return report().decode().replace('charset="utf-8"', f'charset="{declared}"').encode(encoding, "replace")


FETCHES = (
    ("66", "a page that leads elsewhere", "", f'<meta http-equiv="refresh" content="0;url={HOST}/a">'),
    ("66b", "a base elsewhere", '<img src="a.png">', f'<base href="{HOST}/">'),
    ("66c", "a frame with a file", f'<iframe src="{FILE}"></iframe>', ""),
    ("66d", "styles from elsewhere", "", f'<style>@import url("{HOST}/a.css"); p {{background: url({FILE})}}</style>'),
    ("66e", "a sheet of styles", "", f'<link rel="stylesheet" href="{HOST}/a.css">'),
    ("66f", "an object", f'<object data="{FILE}"></object><embed src="{FILE}">', ""),
    ("66g", "a drawing that uses a file", f'<svg><use href="{FILE}#a"/><script>alert(1)</script></svg>', ""),
    ("66h", "a picture in the page", '<img src="data:text/html,<script>alert(1)</script>">', ""),
    ("66i", "a script", f'<script src="{HOST}/a.js"></script><script>document.write("99")</script>', ""),
)

TOO_LARGE, COMPLEX = ("TOO_LARGE",), ("HTML_TOO_DEEP", "TOO_LARGE")
NO_TEXT = ("EMPTY", "KIND_UNSUPPORTED")

ENTRIES: tuple[Entry, ...] = (
    Entry("64", "a million boxes in each other", lambda: page("<div>" * 1_000_000 + "12"), COMPLEX, quick=True),
    Entry(
        "64b",
        "many boxes in each other, few enough to count",
        lambda: page("<div>" * 4_000 + "12"),
        (READ, *COMPLEX),
        quick=True,
    ),
    Entry("64c", "tables in each other", lambda: page("<table><tr><td>" * 500 + "12"), (READ, *COMPLEX), quick=True),
    Entry("64d", "letters of many looks in each other", lambda: page("<b><i><u>" * 100_000 + "12"), COMPLEX),
    Entry("65", "a line of a hundred megabytes", lambda: b"1" * 100_000_000, TOO_LARGE, megabytes=1_000),
    Entry(
        "65b",
        "a page of one line of ninety megabytes",
        lambda: page("<p>" + "申" * 30_000_000),
        TOO_LARGE,
        megabytes=1_000,
        seconds=30,
    ),
    Entry("65c", "a line of four megabytes", lambda: "申请 12 ".encode() * 400_000, (READ, *TOO_LARGE), seconds=20),
    Entry("65d", "a tag of ten megabytes", lambda: page(f"<p {'a ' * 5_000_000}>12"), (READ, *COMPLEX)),
    Entry(
        "65e",
        "three million empty lines",
        lambda: b"\n" * 3_000_000 + TEXT.encode(),
        (READ,),
        problems=("LIMIT_LINES",),
    ),
    *(
        Entry(
            number,
            name,
            partial(page, body, head),
            shown=(TEXT,),
            absent=("root:", "alert"),
            quick=True,
        )
        for number, name, body, head in FETCHES
    ),
    Entry("67", "GBK that calls itself UTF-8", lambda: _said("utf-8", "gbk"), shown=("政府信息公开",), quick=True),
    Entry("67b", "UTF-8 that calls itself GBK", lambda: _said("gb2312", "utf-8"), shown=("政府信息公开",), quick=True),
    Entry("67c", "UTF-7", lambda: _said("utf-7", "utf-7"), (READ, "NOT_ANNUAL_REPORT"), absent=("<script",)),
    Entry("67d", "UTF-16 without its mark", lambda: _said("utf-16", "utf-16-le"), shown=("政府信息公开",), quick=True),
    Entry("67e", "HZ", lambda: _said("hz-gb-2312", "hz"), (READ,)),
    Entry(
        "67f",
        "letters of four bytes",
        lambda: page("<p>𠮷𡈽㐂 12</p>").decode().encode("gb18030"),
        shown=("𠮷𡈽㐂 12",),
        quick=True,
    ),
    Entry(
        "67g", "a script in UTF-7", lambda: page("+ADw-script+AD4-alert(1)+ADw-/script+AD4-"), shown=("+ADw-script",)
    ),
    Entry("68", "100,000 cells", lambda: _cells(100_000), (READ, *COMPLEX), seconds=20),
    Entry(
        "68b", "a cell a billion columns wide", lambda: _cells(100, ' colspan="1000000000"'), shown=(TEXT,), quick=True
    ),
    Entry("68c", "a cell a billion rows high", lambda: _cells(100, ' rowspan="1000000000"'), shown=(TEXT,), quick=True),
    Entry(
        "68d",
        "cells of a thousand by a thousand",
        lambda: _cells(30_000, ' rowspan="65534" colspan="1000"'),
        (READ, *COMPLEX),
        seconds=20,
    ),
    Entry("69", "text for ever", lambda: page("<plaintext></body><table><tr><td>12"), shown=(TEXT,), quick=True),
    Entry("69b", "a comment that never ends", lambda: page("<!-- <table><tr><td>12"), shown=(TEXT,), quick=True),
    Entry(
        "69c",
        "zero bytes in tags and text",
        lambda: page("<t\0able><tr><td>1\x002</td></tr></table>" + "<p>申请</p>" * 99),
        shown=(TEXT,),
        quick=True,
    ),
    Entry(
        "69d",
        "a hundred thousand comments",
        lambda: page("<!--a-->" * 100_000 + "<!--" * 100_000),
        (READ, *COMPLEX),
        shown=(),
    ),
    Entry("69e", "entities without end", lambda: page("&#x" + "9" * 1_000_000 + "&amp" * 100_000), (READ, *COMPLEX)),
    Entry("69f", "styles without end", lambda: page("", "<style>" + "a{" * 500_000 + "</style>"), shown=(TEXT,)),
    Entry(
        "69g",
        "selectors without end",
        lambda: page("", "<style>" + "*>*~*+* " * 50_000 + "{display:none}</style>"),
        (READ, *COMPLEX, "HTML_WITHOUT_TEXT"),
    ),
    Entry("69h", "nothing but zero bytes", lambda: b"\0" * 5_000_000, NO_TEXT),
    Entry(
        "70",
        "tables drawn with boxes",
        lambda: to_html(to_sheet("2021", seeded("2021", 7), Changes(year=2023)), "divs"),
        shown=("政府信息公开",),
    ),
    Entry("70b", "a sound report", report, shown=("政府信息公开",), quick=True),
)
"""Every row, in the order of the specification."""
