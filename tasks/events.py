"""Events: what a webhook tells. Thin: ids, keys, hashes, counts, a link, one sentence; never the document's text."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from parsers.model.files import value_to_json_line
from parsers.model.value import Value
from tasks.messages import SubmissionRef

MAX_BODY = 20_000
"""Bytes of a payload, at most."""

_NAMESPACE = uuid.UUID("7b1d9d0c-6a3c-5f0e-9c56-2f6c7f2f6d11")
"""Ours alone; changing it would change every webhook-id."""


class EventType(StrEnum):
    """What can have happened."""

    COMPLETED = "document.completed"
    QUARANTINED = "document.quarantined"
    UPDATED = "document.updated"
    """A neighbour came, and the notice reads otherwise now."""


class Event(Value):
    """One end of one submission.

    `outcome` is the hash that makes a second outcome of the same job another event (sha256 of what the terminal marker
    names); `content` the sha256 of the bytes, if they were ever read; `marker` the key of done.json or quarantine.json
    and `files` the folder of the results, both in the results bucket; `counts` findings by severity; `sequence` numbers
    the outcomes of one job from 1; `summary` says it all in one sentence for people.
    """

    type: EventType
    ref: SubmissionRef
    outcome: str
    marker: str
    at: datetime
    files: str | None = None
    content: str | None = None
    reader_digest: str | None = None
    judge_digest: str | None = None
    counts: dict[str, int] = {}
    reason_code: str | None = None
    sequence: int = 1
    summary: str = ""


class Submission(Value):
    """Payload, `data.submission`: which version of which object."""

    bucket: str
    key: str
    version_id: str
    etag: str
    size: int


class Results(Value):
    """Payload, `data.results`: where the record stands."""

    bucket: str
    marker: str
    files: str | None


class Data(Value):
    """Payload, `data`."""

    job: str
    state: str
    sequence: int
    submission: Submission
    content_sha256: str | None
    reader_digest: str | None
    judge_digest: str | None
    counts: dict[str, int]
    reason_code: str | None
    results: Results
    link: str
    summary: str


class Payload(Value):
    """The body of a webhook, as Standard Webhooks recommends it: type, timestamp, data."""

    type: str
    timestamp: datetime
    data: Data


def event_to_body(event: Event, results_bucket: str, link: str) -> str:
    """The payload as one line of JSON; the same for every receiver and retry. Raises ValueError over 20 kB."""
    ref = event.ref
    data = Data(
        job=ref.job,
        state=event.type.removeprefix("document."),
        sequence=event.sequence,
        submission=Submission(bucket=ref.bucket, key=ref.key, version_id=ref.version_id, etag=ref.etag, size=ref.size),
        content_sha256=event.content,
        reader_digest=event.reader_digest,
        judge_digest=event.judge_digest,
        counts=event.counts,
        reason_code=event.reason_code,
        results=Results(bucket=results_bucket, marker=event.marker, files=event.files),
        link=link,
        summary=event.summary,
    )
    body = value_to_json_line(Payload(type=event.type.value, timestamp=event.at, data=data))
    if len(body) > MAX_BODY:
        raise ValueError(f"payload of {len(body)} bytes for job {ref.job}")
    return body.decode()


def event_to_id(event: Event, endpoint_name: str) -> str:
    """The webhook-id: constant for this outcome and receiver. By its first 12 digits, the job's, it is found."""
    name = f"{event.ref.job}\x00{event.type.value}\x00{event.outcome}\x00{endpoint_name}"
    return f"{job_to_prefix(event.ref.job)}{uuid.uuid5(_NAMESPACE, name)}"


def job_to_prefix(job: str) -> str:
    """With what the ids of a job's deliveries begin."""
    return f"{job[:12]}-"


def at_to_test_body(at: datetime) -> str:
    """The payload of a test delivery."""
    return value_to_json_line({"type": "gouji.test", "timestamp": at, "data": {}}).decode()
