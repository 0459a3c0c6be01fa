"""Fixtures of the chain's tests."""

from __future__ import annotations

import pytest

from tests.tasks.worlds import World, make_world


@pytest.fixture
def world() -> World:
    """An empty world whose inbox keeps no versions."""
    return make_world()
