"""Coordinates of a page as printed and as seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.readers.pdf_view import View

numbers = st.floats(-1000, 1000, allow_nan=False)
spans = st.floats(1, 900, allow_nan=False)


@given(numbers, numbers, spans, spans, st.integers(0, 3), numbers, numbers, spans, spans)
def test_a_box_goes_to_the_sheet_and_back(  # noqa: PLR0913 - a page and a box have that many edges
    left: float, bottom: float, width: float, height: float, quarters: int, x: float, y: float, wide: float, high: float
) -> None:
    view = View(left, bottom, left + width, bottom + height, quarters)
    box = (x, y, x + wide, y + high)
    assert view.back(view.box(box)) == pytest.approx(box, abs=1e-6)
    assert view.box(view.back(box)) == pytest.approx(box, abs=1e-6)
