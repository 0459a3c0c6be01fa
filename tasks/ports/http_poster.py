"""The poster on httpx2's transport: signs, resolves once, checks every address, connects to what it checked.

No redirect is followed, no proxy of the environment used, no answer believed beyond its status and Retry-After. The
whole exchange has ten seconds, however slowly the other side drips.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore2
import httpx2
import structlog
from standardwebhooks import Webhook

from tasks.ports.addresses import Opening, is_allowed
from tasks.ports.poster import Answer, Endpoint

SECONDS = 10.0
"""For everything after the name is resolved: connecting, sending, waiting, reading."""

MAX_ANSWER = 64 * 1024
"""Bytes of the answer that are read (and thrown away)."""

_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*", re.ASCII)
_DOTTED = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", re.ASCII)

Resolver = Callable[[str, int], tuple[str, ...]]
"""A host name and port to all its addresses; raises OSError."""

_log = structlog.get_logger(__name__)


class RefusedError(Exception):
    """The settings do not allow this address; nothing was sent."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Every address that the system's resolver names, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def _now() -> datetime:
    return datetime.now(UTC)


def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpPoster:
    """The Poster. `openings` are the settings' networks and ports; the rest is the world, which tests replace."""

    openings: tuple[Opening, ...] = ()
    resolver: Resolver = resolve
    clock: Callable[[], datetime] = _now
    tls: ssl.SSLContext = field(default_factory=_tls)
    seconds: float = SECONDS

    def post(self, endpoint: Endpoint, message_id: str, body: bytes) -> Answer:
        """Never raises for what the receiver or the network does."""
        try:
            url = text_to_url(endpoint.url)
            answer = self._send(url, sign(endpoint, message_id, body, self.clock()), body)
        except RefusedError as refusal:
            _log.warning("推送地址被拒绝", endpoint=endpoint.name, reason=str(refusal))
            return Answer(status=None, reason=str(refusal))
        except (httpcore2.TimeoutException, TimeoutError):
            return Answer(status=None, reason=f"接收端在 {self.seconds:g} 秒内没有答复。")
        except ssl.SSLError:
            return Answer(status=None, reason="接收端的证书无法验证，或加密连接未能建立。")
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, UnicodeError) as error:
            return Answer(status=None, reason=_error_to_reason(error))
        return answer

    def _send(self, url: httpx2.URL, headers: tuple[tuple[str, str], ...], body: bytes) -> Answer:
        # a pool of its own for each message: connections, like answers, are not shared between receivers
        backend = _CheckedBackend(url.scheme, self.openings, self.resolver, time.monotonic() + self.seconds)
        limits = {"connect": self.seconds, "read": self.seconds, "write": self.seconds, "pool": self.seconds}
        with (
            httpcore2.ConnectionPool(ssl_context=self.tls, network_backend=backend) as pool,
            pool.stream("POST", str(url), headers=headers, content=body, extensions={"timeout": limits}) as response,
        ):
            answer = _response_to_answer(response, self.clock())
            _drain(response.iter_stream())
        return answer


def text_to_url(text: str) -> httpx2.URL:
    """The address as a URL; raises RefusedError for what no address of a receiver may be."""
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError):
        raise RefusedError("接收地址无法识别。") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise RefusedError("接收地址必须以 https:// 开头（内网可用 http://）。")
    if "%" in url.host or _is_odd_number(url.host):
        raise RefusedError("接收地址无法识别。")
    if url.userinfo:
        raise RefusedError("接收地址中不能带用户名或密码。")
    return url.copy_with(fragment=None)


def _is_odd_number(host: str) -> bool:
    """A host that programs may take for an address though it is not written as one: 127.1, 0x7f000001, 2130706433."""
    last = host.rstrip(".").rpartition(".")[2]
    return bool(_NUMBER.fullmatch(last)) and not _DOTTED.fullmatch(host)


def sign(endpoint: Endpoint, message_id: str, body: bytes, now: datetime) -> tuple[tuple[str, str], ...]:
    """The headers of a message: id, time, and one signature for each secret of the endpoint."""
    text = body.decode()
    signatures = (Webhook(secret).sign(message_id, now, text) for secret in endpoint.secrets)
    return (
        ("content-type", "application/json"),
        ("user-agent", "Gouji"),
        ("webhook-id", message_id),
        ("webhook-timestamp", str(int(now.timestamp()))),
        ("webhook-signature", " ".join(signatures)),
    )


def header_to_seconds(value: str, now: datetime) -> int | None:
    """Retry-After: seconds or an HTTP date, as seconds from now; None if it is neither."""
    if value.isascii() and value.isdecimal():
        return int(value[:9])
    try:
        at = parsedate_to_datetime(value)
        return max(0, int((at - now).total_seconds()))
    except (ValueError, TypeError, OverflowError):  # TypeError: a date without a zone
        return None


def _response_to_answer(response: httpcore2.Response, now: datetime) -> Answer:
    headers = {name.lower(): value for name, value in response.headers}
    retry_after = header_to_seconds(headers.get(b"retry-after", b"").decode("latin-1"), now)
    return Answer(status=response.status, reason=_status_to_reason(response.status), retry_after=retry_after)


def _status_to_reason(status: int) -> str:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return ""
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return f"接收端答复 {status}（跳转到别处），按失败处理。"
    return f"接收端答复 {status}。"


def _error_to_reason(error: Exception) -> str:
    """What a person can use; httpcore2 wraps the system's errors, so the cause is asked."""
    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "接收端的证书无法验证，或加密连接未能建立。"
    if any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        return "接收地址的域名无法解析。"
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return "接收端拒绝连接。"
    if isinstance(error, httpcore2.ProtocolError):
        return "接收端的答复不是 HTTP。"
    return "与接收端的连接未能建立或中断。"


def _drain(chunks: Iterable[bytes]) -> None:
    """Take the answer's body, as far as it is small and quick; the status alone has already decided."""
    left = MAX_ANSWER
    try:
        for chunk in chunks:
            left -= len(chunk)
            if left <= 0:
                return
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
        return


class _CheckedBackend(httpcore2.NetworkBackend):
    """Connects to addresses that were resolved once and checked, all of them; and only until the deadline."""

    def __init__(self, scheme: str, openings: tuple[Opening, ...], resolver: Resolver, deadline: float) -> None:
        self._scheme = scheme
        self._openings = openings
        self._resolver = resolver
        self._deadline = deadline
        self._system = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is stricter
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first of the host's addresses that answers; none, if any of them is not allowed."""
        addresses = self._resolver(host, port)
        if not all(is_allowed(address, port, self._scheme, self._openings) for address in addresses):
            raise RefusedError("接收地址不在允许的范围内（GOUJI_WEBHOOK_ALLOW）。")
        trouble: Exception = httpcore2.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._system.connect_tcp(address, port, _left(self._deadline), local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                trouble = error
        raise trouble


class _TimedStream(httpcore2.NetworkStream):
    """A connection whose every step has only what is left until the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline is stricter
        """Some bytes."""
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the same
        """All bytes."""
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the same
    ) -> httpcore2.NetworkStream:
        """The same connection, encrypted, for the host of the URL."""
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> object:
        """What the transport asks about its socket."""
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    """Seconds until the deadline; raises ReadTimeout when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time is up")
    return left
