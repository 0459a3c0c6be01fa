"""Recorded event bodies of every source that we take, and bodies that we do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.intake.events import Kind, UnknownShapeError, body_to_hints

EVENTS = Path(__file__).parent / "events"
KEY = "2023/铜官区 住建局+a&b.pdf"
ETAG = "e98d2f001da5678b39482efbdf5770dc"

CREATED = (
    "aws_2_1_multipart",
    "aws_2_6_put",
    "aws_eventbridge_created",
    "aws_sns_put",
    "ceph_rgw_16_put",
    "minio_put",
    "ministack_1_4_bridge_put",
    "rustfs_1_put",
    "versitygw_1_7_put",
)
WRITTEN_RAW_WHERE_AWS_ENCODES = ("ministack_1_4_sns_put", "ministack_1_4_sqs_put")
REMOVED = ("aws_2_6_removed", "aws_eventbridge_deleted", "ceph_rgw_16_delete", "rustfs_1_removed")
TESTS = ("aws_test_event", "ministack_1_4_sns_test", "ministack_1_4_sqs_test")


def recorded(name: str) -> bytes:
    return (EVENTS / f"{name}.json").read_bytes()


def test_every_recorded_body_is_tested() -> None:
    named = (*CREATED, *WRITTEN_RAW_WHERE_AWS_ENCODES, *REMOVED, *TESTS)
    assert sorted(path.stem for path in EVENTS.iterdir()) == sorted(named)


@pytest.mark.parametrize("name", CREATED)
def test_a_created_object_is_named_with_its_decoded_key(name: str) -> None:
    (hint,) = body_to_hints(recorded(name))
    assert (hint.bucket, hint.key, hint.kind, hint.etag) == ("gouji-inbox", KEY, Kind.CREATED, ETAG)


@pytest.mark.parametrize("name", WRITTEN_RAW_WHERE_AWS_ENCODES)
def test_a_key_that_an_emulator_forgot_to_encode_stays_in_the_hint_as_written(name: str) -> None:
    (hint,) = body_to_hints(recorded(name))
    assert (hint.key, hint.raw_key) == (KEY.replace("+", " "), KEY)


@pytest.mark.parametrize("name", REMOVED)
def test_a_removed_object_is_told_apart(name: str) -> None:
    (hint,) = body_to_hints(recorded(name))
    assert (hint.key, hint.kind) == (KEY, Kind.REMOVED)


@pytest.mark.parametrize("name", TESTS)
def test_a_test_event_names_nothing(name: str) -> None:
    assert body_to_hints(recorded(name)) == ()


def test_a_restored_object_is_neither_created_nor_removed() -> None:
    (hint,) = body_to_hints(recorded("aws_2_6_put").replace(b"ObjectCreated:Put", b"ObjectRestore:Completed"))
    assert hint.kind is Kind.OTHER


def test_several_records_keep_their_order() -> None:
    body = b'{"Records":[%s,%s]}' % (_record("b.pdf"), _record("a.pdf"))
    assert [hint.key for hint in body_to_hints(body)] == ["b.pdf", "a.pdf"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'"text"',
        b"[" * 100_000,
        b'{"Type":"SubscriptionConfirmation","Message":"x"}',
        b'{"Type":"Notification","Message":"no JSON"}',
        b'{"Records":[{"s3":{"bucket":{"name":"b"},"object":{"key":5}},"eventName":"ObjectCreated:Put"}]}',
        b'{"Records":[{"obs":{}}]}',
        b'{"key":"/buckets/b/x.pdf","event_type":"create"}',
    ],
)
def test_any_other_body_is_of_unknown_shape(body: bytes) -> None:
    with pytest.raises(UnknownShapeError):
        body_to_hints(body)


@pytest.mark.parametrize("key", ["", "a\\u0000b", "x" * 4000, "\\ud800"])
def test_a_key_that_no_store_can_hold_is_of_unknown_shape(key: str) -> None:
    with pytest.raises(UnknownShapeError):
        body_to_hints(b'{"Records":[%s]}' % _record(key))


@given(st.binary())
def test_no_body_breaks_the_parser(body: bytes) -> None:
    """Whatever bytes come, the answer is hints or an unknown shape."""
    try:
        hints = body_to_hints(body)
    except UnknownShapeError:
        return
    assert isinstance(hints, tuple)


def _record(key: str) -> bytes:
    return f'{{"s3":{{"bucket":{{"name":"b"}},"object":{{"key":"{key}"}}}},"eventName":"ObjectCreated:Put"}}'.encode()
