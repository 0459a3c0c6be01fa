"""The store's proxy does what it says, seen by the product's own client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tasks.errors import TransientError
from tasks.ports.s3_store import S3Store, s3_client
from tests.storm.crew import Helper
from tests.storm.wire import LOOPBACK

BUCKET = "stutter"


class Stuttering:
    """A store behind the proxy, and the proxy's log."""

    def __init__(self, helper: Helper, log: Path) -> None:
        self.helper, self.log = helper, log
        self.store = S3Store(s3_client(f"http://{LOOPBACK}:{json.loads(helper.hear())['port']}"))

    def weather(self, uploads: dict[str, float] | None = None, **rates: float) -> dict[str, Any]:
        order = {"seed": 1, "rates": {name.lstrip("_"): rate for name, rate in rates.items()}, "stall_seconds": 0.1}
        told: dict[str, Any] = json.loads(
            self.helper.tell(json.dumps(order | {"inbox": BUCKET, "uploads": uploads or {}}))
        )
        return told


pytestmark = pytest.mark.embedded


@pytest.fixture(scope="module")
def stuttering(s3_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stuttering]:
    import os

    folder = tmp_path_factory.mktemp("stutter")
    log = folder / "puts.jsonl"
    target = str(urlsplit(s3_endpoint).port)
    helper = Helper(("tests.storm.lines", "s3", "0", target, str(log)), dict(os.environ), folder / "log")
    helper.start()
    made = Stuttering(helper, log)
    made.store.client.create_bucket(Bucket=BUCKET)
    made.store.put(BUCKET, "a", b"0123456789", "text/plain")
    yield made
    made.store.client.close()
    helper.kill()


def test_calm_it_hands_everything_on(stuttering: Stuttering) -> None:
    stuttering.weather()
    assert stuttering.store.get(BUCKET, "a") == b"0123456789"
    assert stuttering.store.get(BUCKET, "none") is None
    found = stuttering.store.head(BUCKET, "a")
    assert found
    assert found.size == 10


@pytest.mark.parametrize("fault", ["500", "503", "reset", "truncated"])
def test_what_always_fails_is_a_trouble_that_passes(stuttering: Stuttering, fault: str) -> None:
    stuttering.weather(**{fault: 1.0})  # type: ignore[arg-type] # a row names what it changes
    with pytest.raises(TransientError):
        stuttering.store.get(BUCKET, "a")
    assert stuttering.weather()["counts"][fault] >= 1


def test_an_upload_that_was_listed_is_absent(stuttering: Stuttering) -> None:
    stuttering.weather(_404=1.0)
    assert "a" in [stored.key for stored in stuttering.store.walk(BUCKET)]
    assert stuttering.store.get(BUCKET, "a") is None


def test_an_upload_has_another_etag(stuttering: Stuttering) -> None:
    stuttering.weather(etag=1.0)
    answer = stuttering.store.client.get_object(Bucket=BUCKET, Key="a")
    answer["Body"].close()
    assert answer["ETag"].strip('"') == "0" * 32


def test_it_notes_which_bytes_were_taken_under_which_key(stuttering: Stuttering) -> None:
    stuttering.weather()
    stuttering.store.put(BUCKET, "_submissions/报/report.json", b"{}", "application/json")
    line = json.loads(stuttering.log.read_text("utf-8").splitlines()[-1])
    assert (line["key"], line["sha256"][:8]) == ("_submissions/报/report.json", "44136fa3")


def test_reading_uploads_has_a_weather_of_its_own(stuttering: Stuttering) -> None:
    stuttering.weather(uploads={"500": 1.0})
    with pytest.raises(TransientError):
        stuttering.store.get(BUCKET, "a")
    assert stuttering.store.client.list_objects_v2(Bucket=BUCKET)["KeyCount"] >= 1


def test_an_answer_that_breaks_off_now_and_then_is_asked_for_again(stuttering: Stuttering) -> None:
    stuttering.weather(truncated=0.2)
    for _ in range(20):
        assert stuttering.store.get(BUCKET, "a") == b"0123456789"
        assert "a" in [stored.key for stored in stuttering.store.walk(BUCKET)]
    assert stuttering.weather()["counts"]["truncated"] >= 1
