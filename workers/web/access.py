"""The gate before every page: strangers and requests of foreign pages are turned away before a body is read.

Closed by default: only OPEN_PATHS answer a stranger. Every unsafe method needs a CSRF token beside the browser's own
Sec-Fetch-Site.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workers.web.limits import WINDOW_SECONDS, Window
from workers.web.people import is_token
from workers.web.rights import BEARER_PATHS, SAFE_METHODS, is_open
from workers.web.session import person_of
from workers.web.site import site_of

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
"""Under these names a browser may call where nobody signs in: another name that leads here is an attack."""


def operator(request: Request) -> str:
    """Who acts, for the audit: name, the session's id and the address it came from."""
    person = person_of(request)
    address = request.client.host if request.client else "?"
    return f"{person.name if person else '?'}#{request.session.get('sid', '?')}@{address}"


def safe_path(path: str) -> str:
    """Where to go after signing in: a path of ours, or the first page."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path and path.isprintable()
    return path if is_ours else "/"


class Gate:
    """Turns strangers away before any body is read, and requests that another site's page made."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the stranger, or hand the request on."""
        refusal = _refusal(Request(scope)) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)


def _refusal(request: Request) -> Response | None:
    if request.method not in SAFE_METHODS and not _is_own_page(request):
        return PlainTextResponse("请求来自其他网站，已拒绝。", status_code=403)
    if site_of(request).people.is_open and request.url.hostname not in LOCAL_HOSTS:
        return PlainTextResponse("免登录的看板只能从本机打开。", status_code=403)
    if request.method == "GET" and "token" in request.query_params and request.url.path != "/login":
        return _to_login(request, request.query_params["token"])
    path = request.url.path
    if is_open(path) or person_of(request) is not None:
        return None
    if path in BEARER_PATHS and _has_bearer(request):
        return _too_many(request)
    return _stranger(request)


def _is_own_page(request: Request) -> bool:
    """Sec-Fetch-Site where the browser sends it, else Origin; programs without either still need the CSRF token."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _has_bearer(request: Request) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and is_token(given.strip(), site_of(request).people.token)


def _too_many(request: Request) -> Response | None:
    """A program that asks too often is told when to come again; there is one token, hence one count."""
    bearers: Window = request.app.state.bearers
    if bearers.take("token"):
        return None
    headers = {"Retry-After": str(round(WINDOW_SECONDS))}
    return PlainTextResponse("请求过于频繁，请稍后再试。", status_code=429, headers=headers)


def _stranger(request: Request) -> Response:
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    return _to_login(request, "") if wants_page else PlainTextResponse("请先登录。", status_code=401)


def _to_login(request: Request, token: str) -> Response:
    rest = {name: values for name, values in parse_qs(request.url.query).items() if name != "token"}
    path = request.url.path + (f"?{urlencode(rest, doseq=True)}" if rest else "")
    words = {"next": path} | ({"token": token} if token else {})
    return RedirectResponse(f"/login?{urlencode(words)}", status_code=303)


async def require_csrf(request: Request) -> AsyncIterator[None]:
    """A dependency of every route: an unsafe method carries the session's CSRF token, in the header or in the form."""
    if request.method in SAFE_METHODS:
        yield
    elif "x-csrf-token" in request.headers or not _is_form(request):
        _require_token(request, request.headers.get("x-csrf-token"))
        yield
    else:
        async with request.form() as form:  # what was uploaded stays open until the page has answered
            _require_token(request, form.get("csrf"))
            yield


def _require_token(request: Request, given: object) -> None:
    if not (isinstance(given, str) and is_token(given, str(request.session.get("csrf", "")))):
        raise HTTPException(403, "页面已过期，请刷新后重试。")


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in {"application/x-www-form-urlencoded", "multipart/form-data"}
