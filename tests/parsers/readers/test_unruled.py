"""Tables without any rule: columns that show in the numbers keep their blank cells."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.document import Line
from parsers.readers.ink import Ink
from parsers.readers.layout import ink_to_blocks
from tests.make.pens import none
from tests.parsers.readers.test_layout import page, texts
from tests.parsers.test_one_truth import FORMS, read_figures
from workers.corpus.figures import seeded
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, to_sheet

FULL = (("甲甲", 50, 100), ("1", 150, 100), ("22", 200, 100), ("3", 250, 100))
GAPS = (("乙乙", 50, 120), ("4", 150, 120), ("5", 250, 120))
LAST = (("丙丙", 50, 140), ("666", 150, 140), ("7", 200, 140), ("8", 250, 140))


def test_a_gap_between_numbers_under_each_other_is_a_blank_cell() -> None:
    assert texts(page(*FULL, *GAPS, *LAST)) == [
        [["甲甲", "1", "22", "3"], ["乙乙", "4", "", "5"], ["丙丙", "666", "7", "8"]]
    ]


def test_lines_in_which_no_number_is_missing_stay_lines() -> None:
    assert texts(page(*FULL, *LAST)) == ["甲甲 1 22 3", "丙丙 666 7 8"]


def test_numbers_between_the_halves_of_their_label_are_one_row_with_it() -> None:
    ink = page(
        *FULL, ("乙乙", 50, 120), ("4", 150, 126), ("5", 250, 126), ("丙", 50, 132), *[(t, x, 160) for t, x, _ in LAST]
    )
    assert texts(ink)[0][1] == ["乙乙丙", "4", "", "5"]  # type: ignore[index]


def test_where_no_row_fills_all_columns_nothing_is_guessed() -> None:
    ink = page(
        ("1", 150, 100), ("2", 200, 100), ("3", 250, 100), *GAPS, ("9", 200, 140), ("8", 250, 140), ("7", 300, 140)
    )
    assert all(isinstance(block, Line) for block in ink_to_blocks(ink).blocks)


def test_prose_with_numbers_is_no_table() -> None:
    prose = [(f"全年受理申请{i}件，办结", 50.0, 100.0 + 20 * i) for i in range(9)]
    assert len(texts(page(*prose))) == 9


def test_a_blank_page_has_nothing_on_it() -> None:
    assert texts(Ink(page=1, width=600, height=800)) == []


@pytest.mark.parametrize(("edition", "year", "six"), FORMS)
def test_a_report_without_rules_and_with_blanks_is_never_read_wrong(edition: str, year: int, six: str) -> None:
    figures = seeded(edition, 4, merged=six == "merged")
    blanks = [cell for i, cell in enumerate(figures) if cell[0] == "requests" and i % 9 == 4]
    changes = Changes(year=year, merged=six == "merged", cells=dict.fromkeys(blanks, ""))
    found = read_figures(parsers.assess(to_pdf(to_sheet(edition, figures, changes), pen=none)), figures)
    assert {cell: value for cell, value in found.items() if cell in blanks or value != figures[cell]} == {}
    assert len(found) > 0.9 * (len(figures) - len(blanks))
