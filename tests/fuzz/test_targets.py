"""The harnesses get past the first look at a header, and what they once found stays mended."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_seeds_reach_what_the_target_is_about(target: Target) -> None:
    reached = {target.run(seed) for seed in target.seeds()}
    assert [depth for depth in target.reaches if depth not in reached] == []
