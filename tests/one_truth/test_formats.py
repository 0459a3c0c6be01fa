"""The same figures out of every format that needs no other program: 200 seeded reports × every format.

Variants of a format, such as glued layouts and borders, take turns with the seed.
Marked `onetruth`: it takes minutes, so CI runs it; `make test` has its small sister tests/parsers/test_one_truth.py.
Here: `.venv/bin/pytest -m onetruth`. Formats that need LibreOffice or Chromium: test_programs.py.
"""

from __future__ import annotations

import pytest

import parsers
from tests.one_truth.checks import accusations, cells_without_place, glued_troubles, strange_findings, wrong_cells
from tests.one_truth.formats import FORMATS, Make, in_turn, seed_to_truth, tables_alone
from workers.corpus.ofd import to_ofd
from workers.corpus.pdf import to_pdf
from workers.corpus.texts import GLUED, layout

pytestmark = pytest.mark.onetruth

SEEDS = range(200)

PAGED = ("pdf", "pdf without rules", "ofd")

ROW_STEPS = tuple(range(0, 620, 11))
"""Points: less than the height of a row of table 2, so that each of its rows is once the last one of a page."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "make"), FORMATS, ids=[name for name, _ in FORMATS])
def test_every_cell_is_the_printed_one_with_its_place_and_nothing_is_found(name: str, make: Make, seed: int) -> None:
    truth = seed_to_truth(seed)
    outcome = parsers.assess(make(truth.sheet, seed))
    assert wrong_cells(outcome, truth.figures) == []
    assert cells_without_place(outcome, paged=name in PAGED) == []
    assert strange_findings(outcome, merged=truth.merged, tables_only=tables_alone(name, seed)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_glued_cell_is_right_or_undecidable_with_the_truth_among_its_candidates(seed: int) -> None:
    truth = seed_to_truth(seed)
    name, _ = in_turn(GLUED, seed)
    outcome = parsers.assess(layout(name)(truth.sheet).encode())
    assert list(glued_troubles(outcome, truth.figures)) == []
    assert accusations(outcome, merged=truth.merged) == []


@pytest.mark.parametrize("start", ROW_STEPS)
def test_a_page_break_at_any_row_changes_nothing(start: int) -> None:
    truth = seed_to_truth(start)
    for data in (to_pdf(truth.sheet, start=start), to_ofd(truth.sheet, start=start)[0]):
        outcome = parsers.assess(data)
        assert wrong_cells(outcome, truth.figures) == []
        assert cells_without_place(outcome, paged=True) == []
        assert strange_findings(outcome, merged=truth.merged) == []
