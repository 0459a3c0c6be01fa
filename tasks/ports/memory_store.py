"""The store's memory twin: the same promises as S3, for tests and for trying things out. Safe to use from threads."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tasks.errors import DeletedError, SupersededError
from tasks.messages import SubmissionRef
from tasks.ports.store import StoredObject


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class MemoryStore:
    """Buckets in a dictionary. `versioned` names the buckets that keep old versions readable."""

    versioned: frozenset[str] = frozenset()
    clock: Callable[[], datetime] = _now
    _stands: dict[str, dict[str, tuple[StoredObject, bytes]]] = field(default_factory=lambda: defaultdict(dict))
    _old: dict[tuple[str, str, str], bytes] = field(default_factory=dict)
    _count: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def head(self, bucket: str, key: str) -> StoredObject | None:
        """What stands under this key now, or None."""
        found = self._stands[bucket].get(key)
        return found[0] if found else None

    def fetch(self, ref: SubmissionRef) -> bytes:
        """Exactly that version's bytes."""
        if ref.version_id:
            try:
                return self._old[ref.bucket, ref.key, ref.version_id]
            except KeyError:
                raise DeletedError(ref.key) from None
        found = self._stands[ref.bucket].get(ref.key)
        if found is None:
            raise DeletedError(ref.key)
        if (found[0].etag, found[0].size) != (ref.etag, ref.size):
            raise SupersededError(ref.key)
        return found[1]

    def get(self, bucket: str, key: str) -> bytes | None:
        """The object's bytes, or None."""
        found = self._stands[bucket].get(key)
        return found[1] if found else None

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:  # noqa: ARG002 - the protocol's
        """Write the whole object."""
        with self._lock:
            self._count += bucket in self.versioned
            version = f"v{self._count:08d}" if bucket in self.versioned else ""
            etag = hashlib.md5(data, usedforsecurity=False).hexdigest()
            stored = StoredObject(key=key, etag=etag, size=len(data), last_modified=self.clock(), version_id=version)
            self._stands[bucket][key] = (stored, data)
            if version:
                self._old[bucket, key, version] = data

    def put_new(self, bucket: str, key: str, data: bytes, content_type: str) -> bool:
        """Write only if nothing stands there."""
        with self._lock:
            if key in self._stands[bucket]:
                return False
            self.put(bucket, key, data, content_type)
            return True

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object; nothing happens when there is none."""
        self._stands[bucket].pop(key, None)

    def walk(self, bucket: str, prefix: str = "") -> Iterator[StoredObject]:
        """Every object under the prefix, in the order of the keys' UTF-8 bytes."""
        keys = sorted((k for k in list(self._stands[bucket]) if k.startswith(prefix)), key=str.encode)
        for key in keys:
            found = self._stands[bucket].get(key)
            if found:
                yield found[0]
