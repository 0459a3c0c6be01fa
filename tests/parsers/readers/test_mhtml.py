"""Pages saved as one file."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

import parsers
from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from tests.make.html import to_html
from tests.parsers.test_one_truth import read_figures
from workers.corpus.figures import written
from workers.corpus.sheet import to_sheet


def saved(page: str, charset: str, before: str = "") -> bytes:
    """A page as browsers and Word save it, perhaps with another page before it."""
    root = MIMEText(page, "html", charset)
    root["Content-ID"] = "<root@x>"
    whole = MIMEMultipart("related", boundary="----=_Part", start="<root@x>")
    if before:
        whole.attach(MIMEText(before, "html", "utf-8"))
    whole.attach(root)
    return whole.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_the_page_inside_tells_the_figures(charset: str) -> None:
    page = to_html(to_sheet("2021", written("2021"))).decode()
    outcome = parsers.assess(saved(page, charset))
    assert read_figures(outcome, written("2021")) == written("2021")
    assert outcome.report.source.kind is Kind.MHTML


def test_the_part_that_is_named_as_the_start_is_read() -> None:
    document = parsers.read(saved("<p>正文</p>", "utf-8", before="<p>框架</p>"))
    assert [block.text for block in document.blocks if hasattr(block, "text")] == ["正文"]


def test_one_without_a_page_is_refused() -> None:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
    data = head + b"--x\nContent-Type: image/png\n\nabc\n--x--\n"
    with pytest.raises(DocumentError) as caught:
        parsers.read(data)
    assert caught.value.code == "MHTML_BROKEN"
