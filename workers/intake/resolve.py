"""A hint to a submission: asks the store what stands under the key now."""

from __future__ import annotations

from botocore.exceptions import ClientError

from tasks.messages import SubmissionRef
from tasks.ports.store import Store, StoredObject
from workers.intake.events import Kind, ObjectHint
from workers.sweep import is_folder


def is_wanted(hint: ObjectHint) -> bool:
    """Whether the hint may name a new report."""
    return hint.kind is Kind.CREATED


def hint_to_ref(store: Store, hint: ObjectHint) -> SubmissionRef | None:
    """The submission that stands there; None when there is none (any more), or only a folder's placeholder.

    Raises TransientError.

    The decoded key is tried first, then the key as written. Where both exist (`a b.pdf` and `a+b.pdf`), the event's
    ETag decides; if it fits neither, the object was replaced since and the first one found is taken.

    A store may refuse to look at a reading that nobody wrote (`%2e%2e/a.pdf` decodes to `../a.pdf`). That is its
    answer for this reading; only where it refuses every one of them do our rights look wrong (ClientError).
    """
    standing: list[StoredObject] = []
    readings = tuple(dict.fromkeys((hint.key, hint.raw_key)))
    refused = 0
    for key in readings:
        try:
            found = store.head(hint.bucket, key)
        except ClientError:
            refused += 1
            if refused == len(readings):
                raise
            continue
        if found is None or is_folder(found):
            continue
        if not hint.etag or found.etag == hint.etag:
            return _ref(hint.bucket, found)
        standing.append(found)
    return _ref(hint.bucket, standing[0]) if standing else None


def _ref(bucket: str, found: StoredObject) -> SubmissionRef:
    return SubmissionRef(bucket=bucket, key=found.key, etag=found.etag, size=found.size, version_id=found.version_id)
