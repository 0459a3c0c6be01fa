"""The same figures out of the formats that LibreOffice and Chromium write.

A conversion takes seconds, so CI runs a few seeds of each. For the judge's 200:
`GOUJI_TEST_SEEDS=200 .venv/bin/pytest -m "office or browser" tests/one_truth` (about twenty minutes on two cores).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import parsers
from tasks.sandbox import Sandbox
from tests.one_truth.checks import cells_without_place, strange_findings, wrong_cells
from tests.one_truth.formats import seed_to_truth
from tests.one_truth.programs import BY_BROWSER, BY_OFFICE, SAVED, printed, saved

COUNT = int(os.environ.get("GOUJI_TEST_SEEDS", "8"))

PRINTED = [
    *(pytest.param(kind, marks=pytest.mark.office) for kind in BY_OFFICE),
    *(pytest.param(kind, marks=pytest.mark.browser) for kind in BY_BROWSER),
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.mark.office
@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("kind", SAVED)
def test_what_libreoffice_saves_tells_the_same_figures(sandbox: Sandbox, kind: str, seed: int) -> None:
    truth = seed_to_truth(seed)
    outcome = parsers.check(parsers.classify(sandbox.read(saved(kind, COUNT)[seed])))
    assert wrong_cells(outcome, truth.figures) == []
    assert cells_without_place(outcome, paged=False) == []
    assert strange_findings(outcome, merged=truth.merged) == []


@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("kind", PRINTED)
def test_what_other_programs_print_tells_the_same_figures(kind: str, seed: int) -> None:
    report, data = printed(kind, COUNT)[seed]
    outcome = parsers.assess(data)
    assert wrong_cells(outcome, report.draft.figures) == []
    assert cells_without_place(outcome, paged=True) == []
    assert strange_findings(outcome, merged=report.draft.merged) == []
