"""deploy/set_up.py on a real Ceph RGW: buckets as the RUNBOOK says, and events that arrive by HTTP push."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import pytest

from tests.real import servers
from tests.real.servers import Rgw
from workers.intake.events import body_to_hints

pytestmark = pytest.mark.reals3

KEY = "2023/铜官区 住建局+a&b%20c.pdf"
SECONDS = 60
"""RGW looks for the queue of a new topic about every half minute."""


class Receiver(ThreadingHTTPServer):
    """Keeps the bodies that come; answers 503 to the first `refuse` of them."""

    refuse = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: Queue[tuple[str, bytes]] = Queue()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        refused = self.server.refuse > 0
        self.server.refuse -= 1
        if not refused:
            self.server.bodies.put((self.path, body))
        self.send_response(503 if refused else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def set_up(rgw: Rgw, receiver: Receiver) -> Rgw:
    """The store as an operator sets it up; twice, because that must change nothing."""
    push = f"http://127.0.0.1:{receiver.server_port}/events/s3cret"
    for _ in range(2):
        servers.set_up(rgw, "ceph", "--push", push)
    return rgw


def test_an_upload_is_told_with_its_key_and_version(set_up: Rgw, receiver: Receiver) -> None:
    put = set_up.client("s3").put_object(Bucket=set_up.inbox, Key=KEY, Body=b"%PDF-")

    path, body = receiver.bodies.get(timeout=SECONDS)
    (hint,) = body_to_hints(body)

    assert path == "/events/s3cret"
    assert (hint.bucket, hint.key, hint.etag) == (set_up.inbox, KEY, put["ETag"].strip('"'))
    assert json.loads(body)["Records"][0]["s3"]["object"]["versionId"] == put["VersionId"]


def test_an_event_that_was_refused_comes_again(set_up: Rgw, receiver: Receiver) -> None:
    receiver.refuse = 1

    set_up.client("s3").put_object(Bucket=set_up.inbox, Key=KEY, Body=b"%PDF-")

    assert KEY in receiver.bodies.get(timeout=SECONDS)[1].decode()


def test_the_inbox_keeps_every_version_and_the_results_only_the_newest(set_up: Rgw) -> None:
    s3 = set_up.client("s3")

    assert s3.get_bucket_versioning(Bucket=set_up.inbox)["Status"] == "Enabled"
    assert "Status" not in s3.get_bucket_versioning(Bucket=set_up.results)


def test_abandoned_uploads_end_after_seven_days(set_up: Rgw) -> None:
    s3 = set_up.client("s3")
    rules = [s3.get_bucket_lifecycle_configuration(Bucket=b)["Rules"] for b in (set_up.inbox, set_up.results)]

    assert [rule[0]["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"] for rule in rules] == [7, 7]
