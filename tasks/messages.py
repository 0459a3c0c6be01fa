"""SubmissionRef: the only thing in a message. Under a kilobyte; a reference, never content."""

from __future__ import annotations

import hashlib

from parsers.model.value import Value


class SubmissionRef(Value):
    """One version of one object in the inbox bucket.

    `etag` is lower case without quotes; `version_id` is empty in an unversioned bucket; `size` is in bytes.
    """

    bucket: str
    key: str
    etag: str
    size: int
    version_id: str = ""

    @property
    def job(self) -> str:
        """sha256(bucket, key, version id, ETag, size) in hex: the identity of this submission (DESIGN 5.3)."""
        parts = (self.bucket, self.key, self.version_id, self.etag, str(self.size))
        digest = hashlib.sha256()
        for part in parts:
            encoded = part.encode()
            digest.update(len(encoded).to_bytes(4, "big") + encoded)
        return digest.hexdigest()
