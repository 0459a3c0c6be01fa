"""T13 in short: twelve documents of all formats; the night has five hundred (`python -m tests.same_everywhere`)."""

from __future__ import annotations

import pytest

from tests.same_everywhere import elsewhere

pytestmark = pytest.mark.proof


def test_one_process_and_eight_elsewhere_make_the_same_outcomes() -> None:
    one, eight = elsewhere(12, 3, 1), elsewhere(12, 3, 8)
    assert len(one) == 12
    assert one == eight
