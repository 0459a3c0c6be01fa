"""The store on any S3. Conditional requests are never relied on: the answer's own ETag and length are compared."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004 - botocore's
    HTTPClientError,
    IncompleteReadError,
    ResponseStreamingError,
)
from botocore.loaders import Loader
from botocore.session import get_session

from tasks.errors import DeletedError, SupersededError, TransientError
from tasks.messages import SubmissionRef
from tasks.ports.store import StoredObject

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

T = TypeVar("T")

_ABSENT = ("NoSuchKey", "NoSuchVersion", "404", "NotFound", "MethodNotAllowed", "405")
"""405 is the answer to reading a delete marker."""

_BROKEN_OFF = 3
"""An answer that breaks off is asked for so often in all."""

_Page: TypeAlias = tuple[list[StoredObject], dict[str, str] | None]
"""What one page of a listing names, and where the next begins; None: there is none."""

_EXISTS = ("PreconditionFailed", "412", "ConditionalRequestConflict", "409")


def s3_config(*, own_endpoint: bool) -> Config:
    """Time-outs short enough that no worker hangs, four attempts in all, and no checksums that other servers refuse."""
    return Config(
        connect_timeout=5,
        read_timeout=30,
        retries={"mode": "standard", "total_max_attempts": 4},
        signature_version="s3v4",
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if own_endpoint else {},
        max_pool_connections=16,
    )


@cache
def _descriptions() -> Loader:
    """AWS's description of its services, read once a process: of ten times that a client is made, nine are cheap."""
    return Loader(extra_search_paths=[])


def s3_client(endpoint_url: str = "") -> S3Client:
    """A client for this endpoint, or for AWS itself; keys and region come from the usual AWS settings."""
    core = get_session()
    core.register_component("data_loader", _descriptions())
    session = boto3.Session(botocore_session=core)
    return session.client(
        "s3",
        endpoint_url=endpoint_url or None,
        region_name=session.region_name or "us-east-1",
        config=s3_config(own_endpoint=bool(endpoint_url)),
    )


@dataclass(slots=True)
class S3Store:
    """The Store over one boto3 client (safe to use from threads)."""

    client: S3Client
    _versioned: dict[str, bool] = field(default_factory=dict)

    def head(self, bucket: str, key: str) -> StoredObject | None:
        """What stands under this key now, or None."""
        found = _unless_absent(lambda: self.client.head_object(Bucket=bucket, Key=key))
        if found is None:
            return None
        return StoredObject(
            key=key,
            etag=_plain(found["ETag"]),
            size=found["ContentLength"],
            last_modified=found["LastModified"],
            version_id=_version(found.get("VersionId")),
        )

    def fetch(self, ref: SubmissionRef) -> bytes:
        """Exactly that version's bytes: by its version id, or as long as its ETag and length still stand there."""
        pinned: dict[str, Any] = {"VersionId": ref.version_id} if ref.version_id else {}
        found = _unless_absent(lambda: _whole(lambda: self._read(ref.bucket, ref.key, pinned)))
        if found is None:
            raise DeletedError(ref.key)
        etag, data = found
        if (etag, len(data)) != (ref.etag, ref.size):
            raise SupersededError(ref.key)
        return data

    def get(self, bucket: str, key: str) -> bytes | None:
        """The object's bytes, or None."""
        found = _unless_absent(lambda: _whole(lambda: self._read(bucket, key, {})))
        return found[1] if found else None

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        """Write the whole object."""
        _translated(lambda: self.client.put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type))

    def put_new(self, bucket: str, key: str, data: bytes, content_type: str) -> bool:
        """Write only if nothing stands there; some servers do not honour the condition and answer True twice."""
        try:
            self.client.put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type, IfNoneMatch="*")
        except ClientError as error:
            if _code(error) in _EXISTS:
                return False
            raise _trouble(error) from error
        except BotoCoreError as error:
            raise _trouble(error) from error
        return True

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object; nothing happens when there is none."""
        _translated(lambda: self.client.delete_object(Bucket=bucket, Key=key))

    def walk(self, bucket: str, prefix: str = "") -> Iterator[StoredObject]:
        """Every object under the prefix, page by page; with version ids where the bucket keeps versions."""
        ask = self._versions if self._keeps_versions(bucket) else self._objects
        after: dict[str, str] | None = {}
        while after is not None:
            page, after = _translated(partial(_whole, partial(ask, bucket, prefix, after)))
            yield from page

    def _objects(self, bucket: str, prefix: str, after: dict[str, str]) -> _Page:
        page = self.client.list_objects_v2(Bucket=bucket, Prefix=prefix, **after)  # type: ignore[arg-type] # its names
        following = {"ContinuationToken": page["NextContinuationToken"]} if page.get("IsTruncated") else None
        return [_listed(item, "") for item in page.get("Contents", ())], following

    def _versions(self, bucket: str, prefix: str, after: dict[str, str]) -> _Page:
        page = self.client.list_object_versions(Bucket=bucket, Prefix=prefix, **after)  # type: ignore[arg-type] # the same
        newest = (item for item in page.get("Versions", ()) if item["IsLatest"])
        markers = {"KeyMarker": "NextKeyMarker", "VersionIdMarker": "NextVersionIdMarker"}
        following = {ours: str(page[theirs]) for ours, theirs in markers.items() if page.get(theirs)}  # type: ignore[literal-required] # the same
        listed = [_listed(item, _version(item.get("VersionId"))) for item in newest]
        return listed, following if page.get("IsTruncated") else None

    def _keeps_versions(self, bucket: str) -> bool:
        if bucket not in self._versioned:
            answer = _translated(lambda: self.client.get_bucket_versioning(Bucket=bucket))
            self._versioned[bucket] = answer.get("Status") == "Enabled"
        return self._versioned[bucket]

    def _read(self, bucket: str, key: str, pinned: dict[str, Any]) -> tuple[str, bytes]:
        answer = self.client.get_object(Bucket=bucket, Key=key, **pinned)
        data = answer["Body"].read()
        if len(data) != answer["ContentLength"]:
            raise TransientError(f"{len(data)} of {answer['ContentLength']} bytes came")
        return _plain(answer["ETag"]), data


def _listed(item: Any, version_id: str) -> StoredObject:
    return StoredObject(
        key=item["Key"],
        etag=_plain(item["ETag"]),
        size=item["Size"],
        last_modified=item["LastModified"],
        version_id=version_id,
    )


def _plain(etag: str) -> str:
    return etag.strip('"').lower()


def _version(version_id: str | None) -> str:
    """An unversioned object is reported without an id or with the word null."""
    return "" if version_id in (None, "null") else version_id


def _unless_absent(call: Callable[[], T]) -> T | None:
    try:
        return call()
    except ClientError as error:
        if _code(error) in _ABSENT:
            return None
        raise _trouble(error) from error
    except BotoCoreError as error:
        raise _trouble(error) from error


def _whole(call: Callable[[], T]) -> T:
    """Ask again when an answer breaks off midway: boto repeats only what fails before the body.

    A sweep asks a hundred times, and would hardly ever come to its end.
    """
    for _ in range(_BROKEN_OFF - 1):
        with contextlib.suppress(ResponseStreamingError, IncompleteReadError):
            return call()
    return call()


def _translated(call: Callable[[], T]) -> T:
    try:
        return call()
    except (ClientError, BotoCoreError) as error:
        raise _trouble(error) from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _trouble(error: Exception) -> Exception:
    """The store's fault for the moment, or the error itself (wrong keys, no such bucket: not cured by waiting)."""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
        waiting = status >= 500 or status == 429 or _code(error) in ("SlowDown", "RequestTimeout")  # noqa: PLR2004 - HTTP
        return TransientError(f"S3 {_code(error)}") if waiting else error
    if isinstance(error, HTTPClientError | ConnectionError):
        return TransientError(f"S3 {type(error).__name__}")
    return error
