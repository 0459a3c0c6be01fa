"""What a damaged copy makes unreadable is ours to look at: nothing of it is put to the agency."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.outcome import Outcome
from workers.corpus.figures import CellId, cells_of, seeded, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import LAYOUTS, layout


def text_of(name: str) -> str:
    return layout(name)(to_sheet("2021", written("2021"), Changes()))


def accusations(outcome: Outcome) -> list[str]:
    return [finding.message for finding in outcome.findings.findings if finding.is_agencys]


@pytest.mark.parametrize("name", [name for name, _ in LAYOUTS])
@pytest.mark.parametrize("between", [" ", ""])
def test_a_text_that_lost_all_its_lines_accuses_nobody(name: str, between: str) -> None:
    outcome = parsers.assess(between.join(text_of(name).split("\n")).encode())
    assert (accusations(outcome), outcome.has_error) == ([], False)


@pytest.mark.parametrize("name", [name for name, _ in LAYOUTS])
@pytest.mark.parametrize("share", [3, 5, 7])
def test_a_text_cut_off_at_any_place_accuses_nobody(name: str, share: int) -> None:
    text = text_of(name)
    start = text.index("行政规范性文件")
    outcome = parsers.assess(text[: start + (len(text) - start) * share // 10].encode())
    assert accusations(outcome) == []


CELLS = tuple(cell for cell in cells_of("2021") if cell[0] == "requests")


@pytest.mark.parametrize("name", [name for name, _ in LAYOUTS])
@given(seed=st.integers(0, 10_000), blank=st.lists(st.sampled_from(CELLS), min_size=1, max_size=4, unique=True))
@settings(max_examples=12, deadline=None)
def test_a_report_whose_only_fault_is_blank_cells_gets_no_error(name: str, seed: int, blank: list[CellId]) -> None:
    text = layout(name)(to_sheet("2021", seeded("2021", seed), Changes(cells=dict.fromkeys(blank, ""))))
    assert not parsers.assess(text.encode()).has_error
