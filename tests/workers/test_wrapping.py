from __future__ import annotations

import pytest
from rich.text import Text

from workers.wrapping import indented, text_to_lines


@pytest.mark.parametrize(
    ("plain", "width", "lines"),
    [
        ("请更正。", 7, ["请更", "正。"]),
        ("列、“一、本年”", 5, ["列、", "“一、", "本年”"]),
        ("30号 A04", 7, ["30号", "A04"]),
        ("短", 80, ["短"]),
        ("CELL_NOT_NUMERIC", 4, ["CELL_NOT_NUMERIC"]),
    ],
)
def test_no_line_begins_with_a_closing_mark_and_no_word_is_cut(plain: str, width: int, lines: list[str]) -> None:
    assert text_to_lines(Text(plain), width).plain.split("\n") == lines


def test_the_lines_below_a_sign_stand_under_the_text() -> None:
    assert indented(Text("总计填报零"), 10, sign=Text("✕")).plain == "  ✕ 总计填\n    报零"


def test_styles_survive_the_break() -> None:
    broken = text_to_lines(Text.assemble("总计", ("填报", "red")), 6)
    assert [(broken.plain[s.start : s.end], s.style) for s in broken.spans if s.style == "red"] == [
        ("填", "red"),
        ("报", "red"),
    ]
