"""Coordinates of a page as printed and as seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model.document import Box
from parsers.readers.pdf_view import View

boxes = st.tuples(*[st.floats(-1000, 1000)] * 2, *[st.floats(1, 900)] * 2).map(
    lambda edges: (edges[0], edges[1], edges[0] + edges[2], edges[1] + edges[3])
)


@given(boxes, st.integers(0, 3), boxes)
def test_a_box_goes_to_the_sheet_and_back(page: Box, quarters: int, box: Box) -> None:
    view = View(*page, quarters)
    assert view.back(view.box(box)) == pytest.approx(box, abs=1e-6)
    assert view.box(view.back(box)) == pytest.approx(box, abs=1e-6)
