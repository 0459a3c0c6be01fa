"""Signing in with the token, by form or by the link that `gouji up` prints; signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from workers.web.access import LoginLimit, is_token, safe_path, sign_in
from workers.web.rendering import render
from workers.web.site import site_of

router = APIRouter()

WRONG = "令牌不对。请从启动时打印的地址进入，或向管理员索取。"
TOO_OFTEN = "一分钟内输错次数过多，请稍后再试。"


@router.get("/login")
def show(request: Request, token: str = "", next: str = "/") -> Response:  # noqa: A002 - the word in the address
    """The form; with the token of the printed link, straight on."""
    if token:
        return _try(request, token, next)
    return render(request, "login.html", title="登录", next=safe_path(next), trouble="")


@router.post("/login")
def submit(
    request: Request,
    token: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 - the word in the form
) -> Response:
    """The token from the form."""
    return _try(request, token.strip(), next)


@router.post("/logout")
def leave(request: Request) -> Response:
    """End this session."""
    request.session.clear()
    return RedirectResponse("/login", status_code=303)


def _try(request: Request, token: str, target: str) -> Response:
    logins: LoginLimit = request.app.state.logins
    address = request.client.host if request.client else "?"
    if not logins.is_open(address):
        return render(request, "login.html", status=429, title="登录", next=safe_path(target), trouble=TOO_OFTEN)
    if not is_token(token, site_of(request).token):
        logins.note_wrong(address)
        return render(request, "login.html", status=403, title="登录", next=safe_path(target), trouble=WRONG)
    sign_in(request)
    return RedirectResponse(safe_path(target), status_code=303)
