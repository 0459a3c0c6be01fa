"""The running text of a section: what the paper broke is joined, and every letter knows its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.claims import lines_to_passage
from parsers.claims.passages import Passage
from parsers.model.document import Place


def passage(*lines: str) -> Passage:
    return lines_to_passage("overview", tuple((line, Place(line=i)) for i, line in enumerate(lines, 1)))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ("依申请公开受理渠。2023年全区受理政府信息公开申请2", "1件，均答复。"),
            "依申请公开受理渠。2023年全区受理政府信息公开申请21件,均答复。\n",
        ),
        (("（二）依申请公开情况", "收到申请2件。"), "(二)依申请公开情况\n收到申请2件。\n"),
        (("收到申请 ２ 件，", "办结２件。"), "收到申请2件,办结2件。\n"),
        (("信息 12 3 条",), "信息12 3条\n"),
        (("收到申請2件，辦結⼀件",), "收到申请2件,办结一件\n"),
    ],
)
def test_the_text_that_is_read(lines: tuple[str, ...], text: str) -> None:
    assert passage(*lines).text.rstrip("\n") == text.rstrip("\n")


def test_a_quotation_is_what_is_printed_and_stands_in_its_line() -> None:
    found = passage("（二）依申请公开情况", "全年收到申请 ２ 件。")
    start = found.text.index("全年")
    assert found.quote(start, start + len("全年收到申请2件")) == "全年收到申请 ２ 件"
    assert found.place(start).line == 2


@given(st.lists(st.text(alphabet="收到申请2 ３。，（）\t\u3000x", max_size=40), max_size=6))
def test_every_letter_of_the_text_has_its_own_place_in_what_is_printed(lines: list[str]) -> None:
    found = passage(*lines)
    assert len(found.origin) == len(found.text)
    assert all(a < b for a, b in pairwise(found.origin))
    assert all(0 <= position < len(found.printed) for position in found.origin)
