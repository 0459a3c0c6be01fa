"""Who may come in: one token, a signed session of eight hours.

Every unsafe method needs a CSRF token beside the browser's own Sec-Fetch-Site. Closed by default: only OPEN_PATHS
answer a stranger.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workers.web.site import Site, site_of

SESSION_COOKIE = "gouji_session"
SESSION_SECONDS = 8 * 3600
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
OPEN_PATHS = ("/healthz", "/login", "/favicon.ico")
OPEN_PREFIX = "/static/"
BEARER_PATHS = ("/metrics",)
"""Read by programs: the token may come as `Authorization: Bearer …`."""

LOGIN_ATTEMPTS = 5
LOGIN_SECONDS = 60.0


def session_key(token: str) -> str:
    """The key that signs sessions. It follows from the token: a new token ends every session, also across processes."""
    return hmac.new(token.encode(), b"gouji dashboard session", hashlib.sha256).hexdigest()


def is_token(given: str, token: str) -> bool:
    """Compare in constant time; an unset token matches nothing."""
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def sign_in(request: Request) -> None:
    """A fresh session: new id, new CSRF token; nothing of the old one stays."""
    request.session.clear()
    request.session.update(sid=secrets.token_hex(8), csrf=secrets.token_urlsafe(24), signed_in=True)


def csrf_token(request: Request) -> str:
    """This session's CSRF token; made when a form is first shown."""
    if "csrf" not in request.session:
        request.session["csrf"] = secrets.token_urlsafe(24)
    return str(request.session["csrf"])


def operator(request: Request) -> str:
    """Who acts, for the audit: the session's id and the address it came from."""
    address = request.client.host if request.client else "?"
    return f"{request.session.get('sid', '?')}@{address}"


def safe_path(path: str) -> str:
    """Where to go after signing in: a path of ours, or the first page."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path and path.isprintable()
    return path if is_ours else "/"


class LoginLimit:
    """At most LOGIN_ATTEMPTS wrong tokens a minute from one address."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._wrong: dict[str, deque[float]] = defaultdict(deque)

    def is_open(self, address: str) -> bool:
        """May this address try once more?"""
        self._forget_old()
        return len(self._wrong.get(address, ())) < LOGIN_ATTEMPTS

    def note_wrong(self, address: str) -> None:
        """This address gave a wrong token."""
        self._wrong[address].append(self._now())

    def _forget_old(self) -> None:
        limit = self._now() - LOGIN_SECONDS
        for address in tuple(self._wrong):
            times = self._wrong[address]
            while times and times[0] <= limit:
                times.popleft()
            if not times:
                del self._wrong[address]


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
    if request.method == "GET" and "token" in request.query_params and request.url.path != "/login":
        return _to_login(request, request.query_params["token"])
    path = request.url.path
    if path in OPEN_PATHS or path.startswith(OPEN_PREFIX) or request.session.get("signed_in"):
        return None
    if path in BEARER_PATHS and _has_bearer(request, site_of(request)):
        return None
    return _stranger(request)


def _is_own_page(request: Request) -> bool:
    """Sec-Fetch-Site where the browser sends it, else Origin; programs without either still need the CSRF token."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _has_bearer(request: Request, site: Site) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and is_token(given.strip(), site.token)


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
