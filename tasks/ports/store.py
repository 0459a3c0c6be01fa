"""The store: two buckets. Every method names its bucket; nothing here knows what the objects mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from parsers.model.value import Value
from tasks.messages import SubmissionRef


class StoredObject(Value):
    """One line of a listing, or the answer to a HEAD."""

    key: str
    etag: str
    size: int
    last_modified: datetime
    version_id: str = ""


class Store(Protocol):
    """S3 as far as Gouji needs it. Transient faults raise TransientError after the client's own retries."""

    def head(self, bucket: str, key: str) -> StoredObject | None:
        """What stands under this key now, or None."""

    def fetch(self, ref: SubmissionRef) -> bytes:
        """Exactly that version's bytes; raises SupersededError or DeletedError when it no longer stands."""

    def get(self, bucket: str, key: str) -> bytes | None:
        """The object's bytes, or None."""

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        """Write the whole object."""

    def put_new(self, bucket: str, key: str, data: bytes, content_type: str) -> bool:
        """Write only if nothing stands there; False if something does. An optimisation, not a lock."""

    def delete(self, bucket: str, key: str) -> None:
        """Remove one of our own records (outbox entries); an upload is never removed."""

    def walk(self, bucket: str, prefix: str = "") -> Iterator[StoredObject]:
        """Every object under the prefix, in key order, page by page."""
