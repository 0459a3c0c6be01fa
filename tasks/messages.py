"""SubmissionRef: the only thing in a message. Under a kilobyte; a reference, never content."""

from __future__ import annotations

import hashlib
from enum import StrEnum

import msgspec

from parsers.model.value import Value

INSIDE = "!/"
"""Stands between a ZIP's key and the name of its member."""


class Reach(StrEnum):
    """How far a comparison goes: of one report alone, or of its neighbours as well."""

    ALONE = "alone"
    AROUND = "around"


class SubmissionRef(Value):
    """One version of one object in the inbox bucket.

    `etag` is lower case without quotes; `version_id` is empty in an unversioned bucket; `size` is in bytes. A member of
    a ZIP has the key `file.zip!/name` and all else of the ZIP, whose own key is `container`.
    """

    bucket: str
    key: str
    etag: str
    size: int
    version_id: str = ""
    container: str = ""

    @property
    def member(self) -> str | None:
        """The name inside the ZIP; None for what is an object itself."""
        return self.key.removeprefix(self.container + INSIDE) if self.container else None

    @property
    def upload(self) -> SubmissionRef:
        """The object that was uploaded: this submission itself, or the ZIP that it is a member of."""
        return msgspec.structs.replace(self, key=self.container, container="") if self.container else self

    def of_member(self, name: str) -> SubmissionRef:
        """The submission that this ZIP's member of this name is."""
        return msgspec.structs.replace(self, key=self.key + INSIDE + name, container=self.key)

    @property
    def job(self) -> str:
        """sha256(bucket, key, version id, ETag, size, and a member's container) in hex: its identity (DESIGN 5.3)."""
        parts = [self.bucket, self.key, self.version_id, self.etag, str(self.size)]
        parts += [self.container] if self.container else []
        digest = hashlib.sha256()
        for part in parts:
            encoded = part.encode()
            digest.update(len(encoded).to_bytes(4, "big") + encoded)
        return digest.hexdigest()
