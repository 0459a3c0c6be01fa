"""What a webhook tells is thin, small and of one form, whatever the document and its name hold (S23)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.notices.summary import to_summary
from parsers.readers.archive import MOST_NAME
from tasks import layout
from tasks.events import MAX_BODY, Event, EventType, event_to_body
from tasks.messages import INSIDE, SubmissionRef
from workers.reference import schemas

SCHEMA = schemas()["webhook.json"]
LONGEST_KEY = 1024
"""Bytes, of S3."""

COUNTS = {"error": 2, "info": 0, "undetermined": 1, "warning": 3}
FIELDS = {
    "job", "state", "sequence", "submission", "content_sha256", "reader_digest", "judge_digest", "counts",
    "reason_code", "results", "link", "summary",
}  # fmt: skip


def body_of(key: str, agency: str, kind: EventType = EventType.COMPLETED) -> str:
    ref = SubmissionRef(bucket="b" * 63, key=key, etag="e" * 64, size=2**40, version_id="v" * 1024)
    event = Event(
        type=kind,
        ref=ref,
        outcome="o" * 64,
        marker=layout.done(ref.job),
        at=datetime(2026, 11, 22, 8, 30, 15, tzinfo=UTC),
        files=layout.submission(ref.job, "d" * 16, ""),
        content="c" * 64,
        reader_digest="r" * 16,
        judge_digest="j" * 16,
        counts=COUNTS,
        summary=to_summary(agency, 2023, "2021", COUNTS),
    )
    return event_to_body(event, "r" * 63, f"https://{'a' * 200}.example/documents/{ref.job}")


@settings(max_examples=40, deadline=None)
@given(key=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300), agency=st.text(max_size=2000))
def test_every_payload_has_the_published_form_and_no_field_besides(key: str, agency: str) -> None:
    body = json.loads(body_of(key, agency))
    jsonschema.validate(body, SCHEMA, jsonschema.Draft202012Validator)
    assert set(body) == {"type", "timestamp", "data"}
    assert set(body["data"]) == FIELDS


@pytest.mark.parametrize("character", ["\x01", "\\", "\u2028", "字", "𠀀", "a"])
@pytest.mark.parametrize("kind", EventType)
def test_the_longest_names_stay_within_the_limit(character: str, kind: EventType) -> None:
    size = len(character.encode())
    key = character * (LONGEST_KEY // size) + INSIDE + character * (MOST_NAME // size)
    assert len(body_of(key, character * 10_000, kind).encode()) <= MAX_BODY
