"""What a single setting must look like. Each check returns the value, or raises ValueError with what is wrong in it."""

from __future__ import annotations

import ipaddress
import json
import re
from urllib.parse import urlsplit

from redis.connection import parse_url

_BUCKET = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]{1,61}[a-zA-Z0-9]")
"""S3 asks for lower case today; stores in use have older names."""

_SENTRY_SERVICE = "sentry.io"
"""The public service, with all its regions and organisations below it."""


def log_mode(value: str) -> str:
    """How the log is written."""
    if value not in {"text", "json"}:
        raise ValueError("只能是 text 或 json")
    return value


def sandbox_mode(value: str) -> str:
    """Whether documents may be read where the machine offers no walls."""
    if value not in {"required", "limits-only"}:
        raise ValueError("只能是 required 或 limits-only")
    return value


def bucket_name(value: str) -> str:
    """A name that a bucket can have."""
    if not _BUCKET.fullmatch(value):
        raise ValueError("桶名应为 3 至 63 个英文字母、数字、点或连字符")
    return value


def require_other(value: object, other: object, sentence: str) -> None:
    """Raise ValueError when two settings that must differ are the same; what is left open differs."""
    if value and value == other:
        raise ValueError(sentence)


def require_apart(value: str, other: object, sentence: str) -> None:
    """Raise ValueError when one name begins with the other: a policy or an event for one would catch the other too."""
    if isinstance(other, str) and (value.startswith(other) or other.startswith(value)):
        raise ValueError(sentence)


def http_address(value: str) -> str:
    """Empty, or an address of the web with a host and a possible port."""
    if value and not is_http_address(value):
        raise ValueError("应为 http:// 或 https:// 开头的地址")
    return value


def is_http_address(value: str) -> bool:
    """Whether programs can call there."""
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def networks(value: tuple[str, ...]) -> tuple[str, ...]:
    """Networks or addresses, such as 10.1.0.0/16."""
    for text in value:
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise ValueError(f"“{text}”不是网段或地址") from None
    return value


def redis_address(value: str) -> str:
    """Empty, or an address as redis-py reads it, with the number of a database."""
    try:
        parse_url(value or "redis://")  # type: ignore[no-untyped-call] # redis-py types it in part
        is_whole = urlsplit(value).path.strip("/").isdecimal() or value.count("/") < 3 or value.startswith("unix:")  # noqa: PLR2004 - the third begins the path
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError("写法应如 redis://:口令@主机:6379/0")
    return value


def sentry_dsn(value: str) -> str:
    """Empty, or what sentry-sdk takes, of a server of one's own (S20): nothing is reported to a third party."""
    if not value:
        return value
    from sentry_sdk.utils import BadDsn, Dsn

    try:
        host = Dsn(value).host.lower().rstrip(".")
    except BadDsn:
        raise ValueError("不是 Sentry 给出的 DSN") from None
    if host == _SENTRY_SERVICE or host.endswith(f".{_SENTRY_SERVICE}"):
        raise ValueError("只能是自建的 Sentry，不能是 sentry.io 的服务")
    return value


def json_list(value: object) -> object:
    """The list that an environment variable holds as JSON; what a file or a caller gives passes."""
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value or "[]")
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise ValueError("应为 JSON 列表，写法见 README")  # noqa: TRY004 - pydantic collects ValueErrors
    return found
