"""Labels broken over two lines and rows moved sideways are noted where a text shows them, and nowhere else."""

from __future__ import annotations

import pytest

import parsers
from workers.corpus.figures import written
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import LAYOUTS, layout

ROW = "2.没有现成信息需要另行制作\t0\t0\t0\t0\t0\t0\t0\n"
TORN = "2.没有现成信息需要\t0\t0\t0\t0\t0\t0\t0\n\n\t\t另行制作\t\t\t\t\t\t\t\n"


def oddities(text: str) -> tuple[list[str], list[str]]:
    found = parsers.classify(parsers.read(text.encode())).traces["requests"].oddities
    return [row.found for row in found.broken], [row.found for row in found.moved]


def tabbed() -> str:
    return layout("tabbed")(to_sheet("2021", written("2021")))


@pytest.mark.parametrize("name", [name for name, _ in LAYOUTS])
def test_no_layout_is_odd_by_itself(name: str) -> None:
    assert oddities(layout(name)(to_sheet("2021", written("2021")))) == ([], [])


def test_a_label_broken_around_its_values_is_noted() -> None:
    assert oddities(tabbed().replace(ROW, TORN)) == (["2.没有现成信息需要|另行制作"], [])


def test_a_row_moved_by_a_tab_is_noted() -> None:
    assert oddities(tabbed().replace("\t\t3.其他\t", "\t3.其他\t")) == ([], ["3.其他"])


def test_rows_that_all_begin_anywhere_are_not_moved() -> None:
    text = tabbed()
    for number, words in (
        ("2.重复申请", "\t"),
        ("3.要求提供公开出版物", "\t\t\t"),
        ("4.无正当理由", "\t"),
        ("3.危及", "\t"),
    ):
        text = text.replace(f"\t\t{number}", f"{words}{number}")
    assert oddities(text) == ([], [])
