"""What each role may do: one line an address. What stands nowhere is the administrator's, if it changes anything.

The folder's border is held here too: an address with a {job} or a {delivery_id} of somebody else's is an address that
does not exist.
"""

from __future__ import annotations

from fastapi import HTTPException, Request

from workers.people.person import Role
from workers.web.session import person_of
from workers.web.tenant import tenant_of

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

BEARER_PATHS = ("/metrics",)
"""Read by programs: the token may come as `Authorization: Bearer …`."""

OPEN_PATHS = ("/healthz", "/login", "/favicon.ico")
OPEN_PREFIX = "/static/"
"""Answered to strangers."""

RIGHTS = (
    ("GET", "/", Role.VIEWER),
    ("GET", "/today/live", Role.VIEWER),
    ("GET", "/documents", Role.VIEWER),
    ("GET", "/documents/rows", Role.VIEWER),
    ("GET", "/documents/{job}", Role.VIEWER),
    ("GET", "/documents/{job}/live", Role.VIEWER),
    ("GET", "/documents/{job}/objects/{path:path}", Role.VIEWER),
    ("GET", "/documents/{job}/original", Role.VIEWER),
    ("POST", "/documents/reprocess", Role.OPERATOR),
    ("POST", "/documents/{job}/judge", Role.OPERATOR),
    ("GET", "/failures", Role.VIEWER),
    ("POST", "/failures/retry", Role.OPERATOR),
    ("POST", "/failures/{job}/retry", Role.OPERATOR),
    ("GET", "/webhooks", Role.VIEWER),
    ("POST", "/webhooks/deliveries/{delivery_id}/redeliver", Role.OPERATOR),
    ("POST", "/webhooks/requeue", Role.OPERATOR),
    ("POST", "/webhooks/replay", Role.OPERATOR),
    ("POST", "/webhooks/test", Role.ADMIN),
    ("GET", "/rules", Role.VIEWER),
    ("GET", "/upload", Role.OPERATOR),
    ("PUT", "/upload", Role.OPERATOR),
    ("POST", "/upload", Role.OPERATOR),
    ("POST", "/upload/form", Role.OPERATOR),
    ("POST", "/upload/sample", Role.OPERATOR),
    ("GET", "/events", Role.VIEWER),
    ("GET", "/metrics", Role.ADMIN),
    ("POST", "/logout", Role.VIEWER),
)


def required_role(method: str, path: str) -> Role:
    """Who may use this address, by its template."""
    wanted = "GET" if method == "HEAD" else method
    named = (role for known, template, role in RIGHTS if (known, template) == (wanted, path))
    return next(named, Role.VIEWER if method in SAFE_METHODS else Role.ADMIN)


def is_open(path: str) -> bool:
    """May a stranger ask for this?"""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIX)


def require_right(request: Request) -> None:
    """A dependency of every route: the person's role includes the address's, and its document is within reach."""
    person = person_of(request)
    if is_open(request.url.path):
        return
    if person is None:
        _require_program(request)
        return
    if not person.may(required_role(request.method, request.scope["route"].path)):
        raise HTTPException(403, "您的角色不能做这件事，请找管理员。")
    _require_sight(request)


def _require_program(request: Request) -> None:
    """Nobody is signed in: then the gate has let a program with the token in, where programs may read."""
    if request.url.path not in BEARER_PATHS:
        raise HTTPException(401, "请先登录。")


def _require_sight(request: Request) -> None:
    tenant = tenant_of(request)
    job, delivery = (request.path_params.get(name) for name in ("job", "delivery_id"))
    if job is not None and not tenant.sees_job(str(job)):
        raise HTTPException(404, "没有找到这份报告。")
    if delivery is not None and not tenant.sees_delivery(str(delivery)):
        raise HTTPException(404, "没有找到这条推送。")
