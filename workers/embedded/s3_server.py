"""The embedded S3 as a process: MiniStack behind a gate, `python -m workers.embedded.s3_server PORT`.

MiniStack checks no keys, lets every web page in (CORS *) and wipes its data when asked. On a desktop, where a browser
runs beside it, the gate therefore turns away whatever comes from a web page, under a foreign name, or to wipe.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from workers.embedded.process import LOOPBACK
from workers.embedded.s3_index import index

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEALTH = "/_ministack/health"
_NAMES = (LOOPBACK, "localhost")
_BODY_METHODS = ("PUT", "POST")
_ETAG_OF_NOTHING = b'"d41d8cd98f00b204e9800998ecf8427e"'


def admits(scope: Scope) -> bool:
    """Whether this request may reach MiniStack: from a program on this machine, for the store or the queue."""
    headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", ())}
    host = headers.get(b"host", "").rpartition(":")[0] or headers.get(b"host", "")
    if b"origin" in headers or not host.endswith(_NAMES):
        return False
    path = str(scope.get("path", ""))
    if {".", ".."} & set(path.split("/")):
        return False  # MiniStack makes file names of keys: this one would be found in another bucket after a restart
    return path == HEALTH or not path.startswith(("/_ministack", "/_localstack"))


def is_empty_folder(scope: Scope) -> bool:
    """Whether this is the upload of a folder's placeholder: an empty object whose key ends in a slash."""
    if scope.get("method") != "PUT" or scope.get("query_string") or not str(scope.get("path", "")).endswith("/"):
        return False
    headers = {name.lower(): value for name, value in scope.get("headers", ())}
    length = headers.get(b"x-amz-decoded-content-length", headers.get(b"content-length", b""))
    has_key = len(str(scope["path"]).strip("/").split("/")) > 1
    return has_key and length == b"0" and b"x-amz-copy-source" not in headers


async def receive_whole(receive: Receive) -> bytes | None:
    """The whole body of a request, or None when its sender went away before the end."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _once(body: bytes) -> Receive:
    """A body that was received before, as the application expects it."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def gated(app: App) -> App:
    """The application behind the gate; start-up and shutdown pass.

    The placeholder of a folder is answered and not kept. MiniStack would write it as a file; the files of that folder
    would then not reach the disk, and be lost at the end.

    An upload whose sender was killed half-way is dropped: MiniStack would keep the half as the object.
    """

    async def pass_on(scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method") not in _BODY_METHODS:
            await app(scope, receive, send)
            return
        body = await receive_whole(receive)
        if body is not None:
            await app(scope, _once(body), send)

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and admits(scope) and is_empty_folder(scope):
            await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", _ETAG_OF_NOTHING)]})
            await send({"type": "http.response.body", "body": b""})
        elif scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["type"] == "http" and admits(scope):
            await pass_on(scope, receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    return gate


def main(port: int) -> None:
    """Serve until SIGTERM; MiniStack then writes its state."""
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    from ministack.app import app
    from ministack.services import s3

    index(s3)
    config = Config()
    config.bind = [f"{LOOPBACK}:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    asyncio.run(serve(gated(app), config))  # type: ignore[arg-type] # hypercorn's own types, of the same shape


if __name__ == "__main__":
    main(int(sys.argv[1]))
