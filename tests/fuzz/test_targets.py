"""The harnesses get past the first look at a header, and what they once found stays mended."""

from __future__ import annotations

import pytest

from tests.fuzz.found import FOUND
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_seeds_reach_what_the_target_is_about(target: Target) -> None:
    reached = {target.run(seed) for seed in target.seeds()}
    assert [depth for depth in target.reaches if depth not in reached] == []


@pytest.mark.parametrize(("name", "words", "data"), FOUND, ids=[words for _, words, _ in FOUND])
def test_what_was_once_found_is_found_no_more(name: str, words: str, data: bytes) -> None:  # noqa: ARG001 - the id
    target = next(target for target in TARGETS if target.name == name)
    assert target.run(data)
