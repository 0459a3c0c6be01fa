"""What both entrances do with a body, on the memory twins; and the HTTP entrance's answers."""

from __future__ import annotations

import dataclasses
import hashlib
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tasks.errors import TransientError
from tasks.messages import SubmissionRef
from tasks.ports.memory_store import MemoryStore
from workers.intake import http
from workers.intake.http import MAX_BODY_BYTES, is_allowed, make_app
from workers.intake.receive import Intake

EVENTS = Path(__file__).parent / "events"
KEY = "2023/铜官区 住建局+a&b.pdf"
SECRET = "correct-secret"
ETAG = hashlib.md5(b"report", usedforsecurity=False).hexdigest()


def recorded(name: str) -> bytes:
    return (EVENTS / f"{name}.json").read_bytes()


class Desk:
    """An intake over memory: what was queued, and how the broker behaves."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.queued: list[SubmissionRef] = []
        self.length = 0
        self.refuses = False
        self.intake = Intake(
            store=self.store,
            inbox="gouji-inbox",
            results="gouji-results",
            enqueue=self._enqueue,
            queue_length=lambda: self.length,
            queue_limit=10,
        )
        self.client = TestClient(make_app(self.intake, SECRET))

    def _enqueue(self, ref: SubmissionRef) -> None:
        if self.refuses:
            raise TransientError("broker")
        self.queued.append(ref)

    def put(self, key: str, data: bytes = b"report") -> None:
        self.store.put("gouji-inbox", key, data, "application/pdf")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    "name",
    [
        "aws_2_6_put",
        "aws_sns_put",
        "aws_eventbridge_created",
        "ministack_1_4_sqs_put",
        "ceph_rgw_16_put",
        "rustfs_1_put",
        "minio_put",
        "versitygw_1_7_put",
    ],
)
def test_a_key_with_space_plus_and_ampersand_arrives_however_its_source_writes_it(desk: Desk, name: str) -> None:
    desk.put(KEY)
    desk.intake.receive(recorded(name))
    assert desk.queued == [SubmissionRef(bucket="gouji-inbox", key=KEY, etag=ETAG, size=6)]


def test_size_and_etag_are_those_of_the_store_not_of_the_event(desk: Desk) -> None:
    desk.put(KEY, b"a longer report")
    desk.intake.receive(recorded("aws_2_6_put"))
    assert [ref.size for ref in desk.queued] == [15]


def test_where_both_readings_of_a_key_exist_the_etag_decides(desk: Desk) -> None:
    desk.put(KEY)
    desk.put(KEY.replace("+", " "), b"another report")
    desk.intake.receive(recorded("ministack_1_4_sqs_put"))
    assert [ref.key for ref in desk.queued] == [KEY]


def test_an_object_that_is_gone_queues_nothing(desk: Desk) -> None:
    assert desk.intake.receive(recorded("aws_2_6_put")) == ()


def test_a_removed_object_queues_nothing_though_another_stands_there_again(desk: Desk) -> None:
    desk.put(KEY)
    assert desk.intake.receive(recorded("aws_2_6_removed")) == ()


def test_a_folder_placeholder_queues_nothing(desk: Desk) -> None:
    desk.put("2023/", b"")
    place = b'{"bucket":{"name":"gouji-inbox"},"object":{"key":"2023/"}}'
    body = b'{"Records":[{"s3":%s,"eventName":"ObjectCreated:Put"}]}' % place
    assert desk.intake.receive(body) == ()


def by_path(desk: Desk, body: bytes) -> int:
    return desk.client.post(f"/events/{SECRET}", content=body).status_code


@pytest.mark.parametrize(
    "headers", [{"X-Gouji-Secret": SECRET}, {"Authorization": f"Bearer {SECRET}"}], ids=["own", "bearer"]
)
def test_the_secret_may_come_in_a_header(desk: Desk, headers: dict[str, str]) -> None:
    desk.put(KEY)
    answer = desk.client.post("/events", content=recorded("ceph_rgw_16_put"), headers=headers)
    assert (answer.status_code, len(desk.queued)) == (200, 1)


def test_the_secret_may_come_in_the_path(desk: Desk) -> None:
    desk.put(KEY)
    assert (by_path(desk, recorded("ceph_rgw_16_put")), len(desk.queued)) == (200, 1)


@pytest.mark.parametrize("path", ["/events/wrong", "/events"])
def test_without_the_secret_nothing_is_read(desk: Desk, path: str) -> None:
    desk.put(KEY)
    assert (desk.client.post(path, content=recorded("ceph_rgw_16_put")).status_code, desk.queued) == (403, [])


def test_an_unset_secret_lets_nobody_in(desk: Desk) -> None:
    client = TestClient(make_app(desk.intake, ""))
    assert client.post("/events", content=recorded("aws_2_6_put")).status_code == 403


def test_another_bucket_is_refused(desk: Desk) -> None:
    assert by_path(desk, recorded("ceph_rgw_16_put").replace(b"gouji-inbox", b"other")) == 403


def test_a_refusing_broker_answers_503_so_that_the_sender_repeats(desk: Desk) -> None:
    desk.put(KEY)
    desk.refuses = True
    assert by_path(desk, recorded("ceph_rgw_16_put")) == 503


def test_a_full_queue_answers_503(desk: Desk) -> None:
    desk.put(KEY)
    desk.length = 10
    assert (by_path(desk, recorded("ceph_rgw_16_put")), desk.queued) == (503, [])


def test_an_unknown_shape_is_kept_and_answered_202(desk: Desk) -> None:
    body = b'{"an": "unknown event"}'
    status = by_path(desk, body)
    kept = [desk.store.get("gouji-results", found.key) for found in desk.store.walk("gouji-results", "_events/")]
    assert (status, kept) == (202, [body])


@pytest.mark.parametrize(
    ("size", "status"), [(MAX_BODY_BYTES, 202), (MAX_BODY_BYTES + 1, 413)], ids=["at the limit", "above it"]
)
def test_a_body_may_have_256_kilobytes(desk: Desk, size: int, status: int) -> None:
    assert by_path(desk, b" " * size) == status


def test_a_test_event_is_answered_200(desk: Desk) -> None:
    assert by_path(desk, recorded("aws_test_event")) == 200


def test_healthz_needs_no_secret(desk: Desk) -> None:
    assert desk.client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("address", "allow", "is_taken"),
    [
        ("192.0.2.7", (), True),
        ("192.0.2.7", ("192.0.2.0/24",), True),
        ("192.0.2.7", ("10.0.0.0/8", "192.0.2.7"), True),
        ("::ffff:192.0.2.7", ("192.0.2.0/24",), True),
        ("2001:db8::1", ("2001:db8::/32",), True),
        ("198.51.100.1", ("192.0.2.0/24",), False),
        ("2001:db8::1", ("192.0.2.0/24",), False),
        ("", ("192.0.2.0/24",), False),
    ],
)
def test_events_are_taken_from_the_named_networks(address: str, allow: tuple[str, ...], is_taken: bool) -> None:  # noqa: FBT001 - a column
    assert is_allowed(address, allow) is is_taken


def test_from_another_address_even_the_right_secret_is_refused(desk: Desk) -> None:
    client = TestClient(make_app(desk.intake, SECRET, ("192.0.2.0/24",)), client=("198.51.100.1", 1))
    assert client.post(f"/events/{SECRET}", content=b"{}").status_code == 403


def test_while_store_or_broker_hang_the_sender_is_answered_within_a_second(desk: Desk) -> None:
    desk.put(KEY)
    is_free = threading.Event()
    desk.intake = dataclasses.replace(desk.intake, queue_length=lambda: int(is_free.wait(10)))
    with TestClient(make_app(desk.intake, SECRET)) as client:
        start = time.monotonic()
        answers = [client.post(f"/events/{SECRET}", content=recorded("aws_2_6_put")).status_code]
        took = time.monotonic() - start
        is_free.set()
    assert (answers, took < 1) == ([503], True)


def test_what_was_answered_too_late_is_queued_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow() -> int:
        time.sleep(0.1)
        return 0

    monkeypatch.setattr(http, "ANSWER_SECONDS", 0.01)
    desk.put(KEY)
    desk.intake = dataclasses.replace(desk.intake, queue_length=slow)
    with TestClient(make_app(desk.intake, SECRET)) as client:
        status = client.post(f"/events/{SECRET}", content=recorded("aws_2_6_put")).status_code
        time.sleep(0.3)
    assert (status, [ref.key for ref in desk.queued]) == (503, [KEY])


def test_when_too_much_is_in_hand_more_is_refused_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_AT_ONCE", 0)
    assert by_path(desk, recorded("aws_2_6_put")) == 503
