"""What every answer carries, and how large a request may be."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
"""S17, and connect-src for the live stream and uploads."""


def policy(upload_origin: str = "") -> str:
    """The policy; where files go straight to the store, scripts may call it too."""
    return POLICY.replace("connect-src 'self'", f"connect-src 'self' {upload_origin}".rstrip())


HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

MAX_UPLOAD = 100 * 1024 * 1024
"""Bytes of one upload (S9)."""

MAX_FORM = 1024 * 1024
"""Bytes of any other request body (S29)."""

FORM_SLACK = 64 * 1024
"""What a multipart form adds around its file."""


class SecurityHeaders:
    """Sets HEADERS on every answer; pages are not kept by caches, static files are."""

    def __init__(self, app: ASGIApp, upload_origin: str = "") -> None:
        self.app = app
        self._headers = HEADERS | {"Content-Security-Policy": policy(upload_origin)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, adding the headers when the answer begins."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


TOO_LARGE = "文件超过 100 MB，未接收。请检查是否为扫描件，压缩后再上传。"


class BodyLimit:
    """Answers 413 to a body that is too large: at once if it says so, else when it has gone past the limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes as they come."""
        limit = MAX_UPLOAD + FORM_SLACK if scope.get("path") == "/upload" else MAX_FORM
        announced = dict(scope.get("headers", ())).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            await PlainTextResponse(TOO_LARGE, status_code=413)(scope, receive, send)
            return
        read = 0

        async def receive_counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413, TOO_LARGE)
            return message

        await self.app(scope, receive_counted, send)
