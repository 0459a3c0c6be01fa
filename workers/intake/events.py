"""Bodies of storage events to hints: which object may be new. Chosen by shape, never by version.

A hint is only a hint: what stands under the key is asked of the store (resolve.py). Keys are percent-encoded by AWS,
MinIO and RustFS, and written as they are by EventBridge, Ceph RGW and versitygw; the hint carries both readings.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import unquote_plus

import msgspec

MAX_KEY_BYTES = 1024
"""The S3 limit; no store can hold a longer key."""

_CREATED = "ObjectCreated:"
_REMOVED = "ObjectRemoved:"
_VERSITYGW = "webhook-global"
_BRIDGE_CREATED = "Object Created"
_BRIDGE_REMOVED = "Object Deleted"


class UnknownShapeError(Exception):
    """This body is no storage event that we know."""


class Kind(StrEnum):
    """What happened to the object, as far as we care."""

    CREATED = "created"
    REMOVED = "removed"
    OTHER = "other"


class ObjectHint(msgspec.Struct, frozen=True, kw_only=True):
    """An object that may be new. `key` is decoded as its source encodes, `raw_key` is what stood in the body.

    `etag` is lower case without quotes, empty when the event names none.
    """

    source: str
    bucket: str
    key: str
    raw_key: str
    kind: Kind
    etag: str = ""


class _Bucket(msgspec.Struct):
    name: str


class _S3Object(msgspec.Struct):
    key: str
    eTag: str | None = None  # noqa: N815 - the name on the wire
    etag: str | None = None


class _S3(msgspec.Struct):
    bucket: _Bucket
    object: _S3Object
    configurationId: str | None = None  # noqa: N815 - the name on the wire


class _Record(msgspec.Struct):
    s3: _S3
    eventName: str  # noqa: N815 - the name on the wire
    eventSource: str = ""  # noqa: N815 - the name on the wire


class _Detail(msgspec.Struct):
    bucket: _Bucket
    object: _S3Object


class _Body(msgspec.Struct):
    """Every shape at once: a field that is absent says which shape it is not."""

    Records: list[_Record] | None = None
    Event: str = ""
    Type: str = ""
    Message: str = ""
    detail_type: str = msgspec.field(default="", name="detail-type")
    detail: _Detail | None = None


def body_to_hints(body: bytes) -> tuple[ObjectHint, ...]:
    """The hints of one event body, in its order; none for a test event. Raises UnknownShapeError."""
    found = _decode(body)
    if found.Type == "Notification":  # SNS wraps the body once
        found = _decode(found.Message.encode())
    return _hints(found)


def _decode(body: bytes) -> _Body:
    try:
        return msgspec.json.decode(body, type=_Body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise UnknownShapeError(str(error)) from None


def _hints(body: _Body) -> tuple[ObjectHint, ...]:
    if body.Records is not None:
        return tuple(_record_to_hint(record) for record in body.Records)
    if body.detail is not None and body.detail_type:
        return (_detail_to_hint(body.detail_type, body.detail),)
    if body.Event == "s3:TestEvent":
        return ()
    raise UnknownShapeError("neither Records nor detail nor a test event")


def _record_to_hint(record: _Record) -> ObjectHint:
    raw = _possible_key(record.s3.object.key)
    is_plain = record.eventSource.startswith("ceph:") or record.s3.configurationId == _VERSITYGW
    return ObjectHint(
        source=record.eventSource or "s3",
        bucket=record.s3.bucket.name,
        key=raw if is_plain else unquote_plus(raw),
        raw_key=raw,
        kind=_event_name_to_kind(record.eventName),
        etag=_plain_etag(record.s3.object),
    )


def _detail_to_hint(detail_type: str, detail: _Detail) -> ObjectHint:
    key = _possible_key(detail.object.key)
    kinds = {_BRIDGE_CREATED: Kind.CREATED, _BRIDGE_REMOVED: Kind.REMOVED}
    return ObjectHint(
        source="eventbridge",
        bucket=detail.bucket.name,
        key=key,
        raw_key=key,
        kind=kinds.get(detail_type, Kind.OTHER),
        etag=_plain_etag(detail.object),
    )


def _event_name_to_kind(name: str) -> Kind:
    short = name.removeprefix("s3:")
    if short.startswith(_CREATED):
        return Kind.CREATED
    return Kind.REMOVED if short.startswith(_REMOVED) else Kind.OTHER


def _possible_key(key: str) -> str:
    """The key as written, if a store can hold it (percent-encoding at most triples its length)."""
    if not key or "\0" in key or len(key.encode()) > 3 * MAX_KEY_BYTES:
        raise UnknownShapeError("a key that no store can hold")
    return key


def _plain_etag(found: _S3Object) -> str:
    return (found.eTag or found.etag or "").strip('"').lower()
