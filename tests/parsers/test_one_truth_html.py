"""One table of figures, printed as a web page in every style and edition, is read as the same figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from tests.make.html import STYLES, to_html
from tests.parsers.test_one_truth import FORMS, read_figures, strange_to_say
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet


@pytest.mark.parametrize("style", [name for name, _ in STYLES])
@pytest.mark.parametrize(("edition", "year", "six"), FORMS)
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10_000), encoding=st.sampled_from(("utf-8", "gb18030", "utf-16")))
def test_every_page_tells_the_same_figures_and_nothing_is_found(  # noqa: PLR0913, PLR0917 - one a dimension
    style: str, edition: str, year: int, six: str, seed: int, encoding: str
) -> None:
    figures = seeded(edition, seed, merged=six == "merged")
    sheet = to_sheet(edition, figures, Changes(year=year, merged=six == "merged"))
    outcome = parsers.assess(to_html(sheet, style, encoding))
    assert read_figures(outcome, figures) == figures
    assert strange_to_say(outcome, merged=six == "merged") == []
    assert (outcome.report.agency.name, outcome.report.year) == ("澄湖县水务局", year)
    assert outcome.report.signed_on == f"{year + 1}-01-19"
