"""An S3 that stutters: an HTTP proxy before a real server, with faults drawn from a seed and a log of every PUT.

An error may come before the request reached the server or after it was carried out: the client cannot tell, which is
the point.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO
from urllib.parse import unquote

from tests.storm.wire import LOOPBACK, reset

_HEAD_LIMIT = 1 << 16
_END = b"\r\n\r\n"
_NO_BODY = (204, 304)


class Fault(StrEnum):
    """What may happen to one request."""

    NONE = "none"
    ERROR = "500"
    SLOW_DOWN = "503"
    TRUNCATED = "truncated"
    RESET = "reset"
    STALL = "stall"
    ABSENT = "404"
    """Of an upload that was listed."""
    ETAG = "etag"
    """Of an upload: the answer names another ETag."""


OF_UPLOADS = (Fault.ABSENT, Fault.ETAG)
"""Only where the inbox is read: our own records are read after they were written, and S3 is consistent there."""


@dataclass(slots=True)
class Weather:
    """How often which fault happens, and the chance that decides."""

    rates: dict[Fault, float]
    chance: random.Random
    stall_seconds: float = 5.0
    inbox: str = ""
    uploads: dict[Fault, float] = field(default_factory=dict)
    """How often each happens where an upload is read or looked at."""

    def draw(self, method: str, path: str) -> Fault:
        """The fault of the next request."""
        roll = self.chance.random()
        rates = self.uploads if self.uploads and self._is_upload(path) else self.rates
        for fault, rate in rates.items():
            if roll < rate:
                return fault if self._fits(fault, method, path) else Fault.NONE
            roll -= rate
        return Fault.NONE

    def _fits(self, fault: Fault, method: str, path: str) -> bool:
        if fault in OF_UPLOADS:
            return self._is_upload(path) and method == "GET"
        return fault is not Fault.TRUNCATED or method == "GET"

    def _is_upload(self, path: str) -> bool:
        return path.startswith(f"/{self.inbox}/") and len(path) > len(self.inbox) + 2


@dataclass(frozen=True, slots=True)
class Message:
    """One HTTP message: its first line, its headers as they came, its body."""

    first: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str:
        """The value of a header; empty where it is absent."""
        return next((value for known, value in self.headers if known.lower() == name), "")

    def to_bytes(self, body: bytes | None = None) -> bytes:
        """As it goes over the line; `body` may be shorter than the headers promise."""
        lines = [self.first, *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join(lines).encode("latin-1") + _END + (self.body if body is None else body)


@dataclass(slots=True)
class Stutter:
    """The proxy. `log` gets one line of JSON for every object that the server took under `_submissions/`."""

    target: int
    log: IO[str]
    weather: Weather
    counts: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    _server: asyncio.Server | None = None

    async def start(self, port: int = 0) -> int:
        """Listen; the port."""
        self._server = await asyncio.start_server(self._serve, LOOPBACK, port, limit=_HEAD_LIMIT)
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream = _Upstream(self.target)
        try:
            while (request := await _read(reader, writer)) is not None:
                if not await self._answer(request, writer, upstream):
                    break
        except (OSError, asyncio.IncompleteReadError, ValueError, EOFError):
            reset(writer)
        finally:
            writer.close()
            upstream.close()

    async def _answer(self, request: Message, writer: asyncio.StreamWriter, upstream: _Upstream) -> bool:
        """Answer one request; whether the connection goes on."""
        method, path, _ = request.first.split(" ", 2)
        self.requests += 1
        fault = self.weather.draw(method, path)
        if fault is not Fault.NONE:
            self.counts[fault.value] += 1
        reaches = fault not in (Fault.ERROR, Fault.SLOW_DOWN, Fault.RESET) or self.weather.chance.random() < 0.5
        answer = await upstream.ask(request, method) if reaches and fault is not Fault.ABSENT else None
        if answer is not None:
            self._note(request, method, path, answer)
        return await self._tell(fault, answer, writer, method)

    async def _tell(self, fault: Fault, answer: Message | None, writer: asyncio.StreamWriter, method: str) -> bool:
        if fault is Fault.RESET:
            reset(writer)
            return False
        if fault is Fault.STALL:
            await asyncio.sleep(self.weather.stall_seconds)
        made = fault_to_answer(fault, answer, method)
        if fault is Fault.TRUNCATED and made.body:
            writer.write(made.to_bytes(made.body[: len(made.body) // 2]))
            await writer.drain()
            return False
        writer.write(made.to_bytes())
        await writer.drain()
        return made.header("connection").lower() != "close"

    def _note(self, request: Message, method: str, path: str, answer: Message) -> None:
        """Which bytes now stand under which key."""
        if method != "PUT" or "/_submissions/" not in path or not answer.first.split(" ")[1].startswith("2"):
            return
        line = {
            "at": time.time(),
            "key": unquote(path.partition("?")[0].lstrip("/").partition("/")[2]),
            "sha256": hashlib.sha256(request.body).hexdigest(),
            "call": request.header("amz-sdk-invocation-id"),
        }
        if path.endswith("/done.json"):
            line["marker"] = request.body.decode()
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()


def fault_to_answer(fault: Fault, answer: Message | None, method: str) -> Message:
    """What the client is told."""
    if fault is Fault.ERROR:
        return _error("500 Internal Server Error", "InternalError", method)
    if fault is Fault.SLOW_DOWN:
        return _error("503 Slow Down", "SlowDown", method)
    if fault is Fault.ABSENT or answer is None:
        return _error("404 Not Found", "NoSuchKey", method)
    if fault is Fault.ETAG:
        headers = tuple(
            (n, '"00000000000000000000000000000000"' if n.lower() == "etag" else v) for n, v in answer.headers
        )
        return Message(answer.first, headers, answer.body)
    return answer


def _error(status: str, code: str, method: str) -> Message:
    body = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>storm</Message></Error>'.encode()
    headers = (("Content-Type", "application/xml"), ("Content-Length", str(len(body))))
    return Message(f"HTTP/1.1 {status}", headers, b"" if method == "HEAD" else body)


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter | None) -> Message | None:
    """The next message, or None when the other side closed; with a writer, a client that waits is told to go on."""
    try:
        head = await reader.readuntil(_END)
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head[: -len(_END)].decode("latin-1").split("\r\n")
    headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines))
    message = Message(first, headers)
    if writer is not None and message.header("expect"):
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        message = Message(first, tuple(pair for pair in headers if pair[0].lower() != "expect"))
    return await _with_body(message, reader)


async def _with_body(message: Message, reader: asyncio.StreamReader) -> Message:
    """The same with its body; one that comes in chunks is made whole."""
    if message.header("transfer-encoding").lower() != "chunked":
        length = int(message.header("content-length") or 0)
        return Message(message.first, message.headers, await reader.readexactly(length))
    parts: list[bytes] = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readuntil(b"\r\n")
    body = b"".join(parts)
    kept = tuple(pair for pair in message.headers if pair[0].lower() not in ("transfer-encoding", "content-length"))
    return Message(message.first, (*kept, ("Content-Length", str(len(body)))), body)


@dataclass(slots=True)
class _Upstream:
    """One connection to the server for one of the client's; opened anew when the server closed it."""

    target: int
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: Message, method: str) -> Message:
        """The server's answer."""
        for last in (False, True):
            with contextlib.suppress(*(() if last else (OSError, EOFError))):
                return await self._ask(request, method)
            self.close()
        raise OSError

    async def _ask(self, request: Message, method: str) -> Message:
        if self._streams is None:
            self._streams = await asyncio.open_connection(LOOPBACK, self.target, limit=_HEAD_LIMIT)
        reader, writer = self._streams
        writer.write(request.to_bytes())
        await writer.drain()
        answer = await self._answer(reader, method)
        if answer is None:
            raise EOFError
        return answer

    async def _answer(self, reader: asyncio.StreamReader, method: str) -> Message | None:
        if method != "HEAD":
            answer = await _read_answer(reader)
        else:
            answer = await _read_head(reader)
        return answer

    def close(self) -> None:
        """Let the connection go."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _read_head(reader: asyncio.StreamReader) -> Message | None:
    """An answer of which only the head comes."""
    try:
        head = await reader.readuntil(_END)
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head[: -len(_END)].decode("latin-1").split("\r\n")
    return Message(first, tuple((n, v.strip()) for n, _, v in (line.partition(":") for line in lines)))


async def _read_answer(reader: asyncio.StreamReader) -> Message | None:
    """An answer, passing over those that say "go on"."""
    while (head := await _read_head(reader)) is not None:
        status = int(head.first.split(" ")[1])
        if status >= 200:
            return head if status in _NO_BODY else await _with_body(head, reader)
    return None
