"""Fixtures for the real servers; what they are stands in servers.py."""

from __future__ import annotations

import pytest

from tests.real.servers import Broker, Rgw, running_broker, running_rgw


@pytest.fixture
def rgw() -> Rgw:
    """The running RGW, with two bucket names nobody else uses."""
    return running_rgw()


@pytest.fixture
def broker() -> Broker:
    """The running redis-server."""
    return running_broker()
