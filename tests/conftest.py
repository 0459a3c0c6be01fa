"""What all tests share: a real Redis (Valkey) and a real S3 for the session, or those that the environment names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.embedded import Embedded, start

REAL = (
    ("realredis", "GOUJI_TEST_REDIS_URL", {"valkey_url", "redis"}),
    ("reals3", "GOUJI_TEST_S3_ENDPOINT", {"s3_endpoint", "s3"}),
)
"""Marker, the variable that names the server, and how a test asks for it: by fixture, or by parameter."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same tests are the suites for real servers: where one is named, those that use it carry its marker.

    Those of the embedded servers themselves do not.

    Every marker of ours stands in the JUnit file, where .ci/count.py counts it.
    """
    for item in items:
        asked = _asked(item)
        for marker, variable, names in REAL:
            if variable in os.environ and not names.isdisjoint(asked) and not item.get_closest_marker("embedded"):
                item.add_marker(marker)
        ours = ("realredis", "reals3", "browser", "office", "ocr", "onetruth", "hostile", "proof")
        markers = (name for name in ours if item.get_closest_marker(name))
        item.user_properties += [("marker", name) for name in markers]


def _asked(item: pytest.Item) -> tuple[str, ...]:
    """The names of the fixtures and the words among the parameters of a test."""
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    words = tuple(value for value in parameters if isinstance(value, str))
    return (*getattr(item, "fixturenames", ()), *words)


@pytest.fixture(scope="session")
def embedded() -> Iterator[Embedded]:
    """The embedded servers, as far as the environment does not name others."""
    with tempfile.TemporaryDirectory(prefix="gouji-test-") as folder:
        servers = start(
            Path(folder),
            with_valkey="GOUJI_TEST_REDIS_URL" not in os.environ,
            with_s3="GOUJI_TEST_S3_ENDPOINT" not in os.environ,
        )
        yield servers
        servers.stop()


@pytest.fixture(scope="session")
def valkey_url(embedded: Embedded) -> str:
    """A Redis or Valkey that may be filled and emptied: GOUJI_TEST_REDIS_URL, or the embedded one."""
    return os.environ.get("GOUJI_TEST_REDIS_URL") or embedded.environment["REDIS_URL"]


@pytest.fixture(scope="session")
def s3_endpoint(embedded: Embedded) -> Iterator[str]:
    """An S3 in which buckets may be made: GOUJI_TEST_S3_ENDPOINT (keys from AWS_*), or the embedded one."""
    given = os.environ.get("GOUJI_TEST_S3_ENDPOINT")
    if given:
        yield given
        return
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION")
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setenv(name, embedded.environment[name])
        yield embedded.environment["S3_ENDPOINT_URL"]
