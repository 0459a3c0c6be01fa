"""One contract for the store: the memory twin and a real S3 keep it alike."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest

from tasks.copies import to_ref
from tasks.errors import DeletedError, SupersededError, TransientError
from tasks.messages import SubmissionRef
from tasks.ports.memory_store import MemoryStore
from tasks.ports.s3_store import S3Store, s3_client
from tasks.ports.store import Store

Make = Callable[[str], tuple[Store, str]]
"""Makes a store and a bucket: `plain` or `versioned`."""

KEYS = ("2023/铜官区 住建局+a&b%2F.pdf", "a", "空 格.txt", "x=1&y=2.txt", "é.txt", "~*'().txt")


def _memory(kind: str) -> tuple[Store, str]:
    bucket = "bucket"
    return MemoryStore(versioned=frozenset({bucket}) if kind == "versioned" else frozenset()), bucket


@pytest.fixture(params=["memory", "s3"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    if request.param == "memory":
        yield _memory
        return
    client = s3_client(request.getfixturevalue("s3_endpoint"))

    def real(kind: str) -> tuple[Store, str]:
        bucket = f"store-{uuid.uuid4().hex[:8]}"
        client.create_bucket(Bucket=bucket)
        if kind == "versioned":
            client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        return S3Store(client), bucket

    yield real
    client.close()


def standing(store: Store, bucket: str, key: str) -> SubmissionRef:
    found = store.head(bucket, key)
    assert found is not None
    return to_ref(bucket, found)


@pytest.mark.parametrize("kind", ["plain", "versioned"])
class TestBoth:
    def test_what_was_put_is_got(self, make: Make, kind: str) -> None:
        store, bucket = make(kind)
        for key in KEYS:
            store.put(bucket, key, key.encode(), "text/plain")
        assert [store.get(bucket, key) for key in KEYS] == [key.encode() for key in KEYS]

    def test_an_empty_object_is_an_object(self, make: Make, kind: str) -> None:
        store, bucket = make(kind)
        store.put(bucket, "empty", b"", "text/plain")
        assert store.fetch(standing(store, bucket, "empty")) == b""

    def test_a_walk_lists_each_key_once_in_order_under_the_prefix(self, make: Make, kind: str) -> None:
        store, bucket = make(kind)
        for key in ("b/2", "b/1", "a", "b/1", "c"):
            store.put(bucket, key, b"x", "text/plain")
        assert [stored.key for stored in store.walk(bucket, "b/")] == ["b/1", "b/2"]

    def test_a_walk_and_a_head_name_the_same_submission(self, make: Make, kind: str) -> None:
        store, bucket = make(kind)
        store.put(bucket, KEYS[0], b"one", "text/plain")
        store.put(bucket, KEYS[0], b"two", "text/plain")
        assert [to_ref(bucket, stored) for stored in store.walk(bucket)] == [standing(store, bucket, KEYS[0])]

    def test_what_is_not_there_is_none(self, make: Make, kind: str) -> None:
        store, bucket = make(kind)
        assert (store.head(bucket, "no"), store.get(bucket, "no")) == (None, None)

    def test_a_removed_object_is_neither_listed_nor_fetched(self, make: Make, kind: str) -> None:
        store, bucket = make(kind)
        store.put(bucket, "a", b"1", "text/plain")
        ref = SubmissionRef(bucket=bucket, key="a", etag=standing(store, bucket, "a").etag, size=1)
        store.delete(bucket, "a")
        store.delete(bucket, "a")
        assert (list(store.walk(bucket)), store.head(bucket, "a")) == ([], None)
        with pytest.raises(DeletedError):
            store.fetch(ref)


def test_put_new_leaves_what_stands(make: Make) -> None:
    """In a bucket without versions, as the results are; Ceph RGW 16.2 ignores the condition where versions are kept."""
    store, bucket = make("plain")
    assert [store.put_new(bucket, "a", data, "text/plain") for data in (b"1", b"2")] == [True, False]
    assert store.get(bucket, "a") == b"1"


def test_without_versions_a_replaced_object_is_superseded(make: Make) -> None:
    store, bucket = make("plain")
    store.put(bucket, "a", b"one", "text/plain")
    ref = standing(store, bucket, "a")
    store.put(bucket, "a", b"two", "text/plain")
    with pytest.raises(SupersededError):
        store.fetch(ref)


def test_with_versions_an_older_one_stays_readable(make: Make) -> None:
    store, bucket = make("versioned")
    store.put(bucket, "a", b"one", "text/plain")
    ref = standing(store, bucket, "a")
    store.put(bucket, "a", b"two", "text/plain")
    assert store.fetch(ref) == b"one"


def test_more_than_one_page_is_listed(make: Make) -> None:
    store, bucket = make("plain")
    for number in range(1010):
        store.put(bucket, f"{number:04d}", b"", "text/plain")
    assert [stored.key for stored in store.walk(bucket)] == [f"{number:04d}" for number in range(1010)]


def test_a_server_that_is_not_there_is_a_fault_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with pytest.raises(TransientError):
        S3Store(s3_client("http://127.0.0.1:9")).get("bucket", "a")
