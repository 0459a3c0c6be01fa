"""Fixtures for the real servers; what they are stands in servers.py."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

import pytest

from tests.real.servers import Broker, Rgw, required


@pytest.fixture
def rgw() -> Rgw:
    """The running RGW."""
    tag = secrets.token_hex(4)
    return Rgw(
        endpoint=required("GOUJI_TEST_S3_ENDPOINT"),
        access_key=required("GOUJI_TEST_S3_ACCESS_KEY"),
        secret_key=required("GOUJI_TEST_S3_SECRET_KEY"),
        inbox=f"inbox-{tag}",
        results=f"results-{tag}",
    )


@pytest.fixture
def broker() -> Broker:
    """The running redis-server."""
    parts = urlsplit(required("GOUJI_TEST_REDIS_URL"))
    return Broker(str(parts.hostname), int(parts.port or 0), required("GOUJI_TEST_REDIS_PASSWORD"))
