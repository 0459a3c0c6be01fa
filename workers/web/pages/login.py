"""Signing in: with name and password, with the token, or by the link that `gouji up` prints; signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from workers import audit
from workers.people.person import Person
from workers.people.users_file import to_name
from workers.web.access import operator, safe_path
from workers.web.limits import Window, address_to_source
from workers.web.rendering import render
from workers.web.session import sign_in
from workers.web.site import site_of

router = APIRouter()

WRONG_TOKEN = "令牌不对。请从启动时打印的地址进入，或向管理员索取。"  # noqa: S105 - a sentence
WRONG_PASSWORD = "用户名或口令不对。"  # noqa: S105 - a sentence
TOO_OFTEN = "一分钟内输错次数过多，请稍后再试。"


@router.get("/login")
def show(request: Request, token: str = "", next: str = "/") -> Response:  # noqa: A002 - the word in the address
    """The form; with the token of the printed link, straight on."""
    return _try(request, next, token=token) if token else _form(request, next, "", 200)


@router.post("/login")
def submit(
    request: Request,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 - the word in the form
) -> Response:
    """Name and password, or the token, from the form."""
    return _try(request, next, token=token.strip(), name=to_name(name), password=password)


@router.post("/logout")
def leave(request: Request) -> Response:
    """End this session."""
    audit.note(site_of(request).context, operator(request), "sign_out", "")
    request.session.clear()
    return RedirectResponse("/login", status_code=303)


def _try(request: Request, target: str, *, token: str = "", name: str = "", password: str = "") -> Response:
    """One try. It is counted before anything is compared, so that tries at the same moment are counted too."""
    logins: Window = request.app.state.logins
    counted = _counted(request, name)
    if not logins.take(*counted):
        return _form(request, target, TOO_OFTEN, 429)
    person = _compare(request, token, name, password)
    if person is None:
        return _form(request, target, WRONG_PASSWORD if name else WRONG_TOKEN, 403)
    logins.give_back(*counted)
    sign_in(request, person)
    audit.note(site_of(request).context, operator(request), "sign_in", "")
    return RedirectResponse(safe_path(target), status_code=303)


def _counted(request: Request, name: str) -> tuple[str, ...]:
    """Under which names a try counts: the address, and the user (S26)."""
    source = address_to_source(request.client.host if request.client else "?")
    return (f"address {source}", f"user {name.casefold()}") if name else (f"address {source}",)


def _compare(request: Request, token: str, name: str, password: str) -> Person | None:
    people = site_of(request).people
    return people.by_password(name, password) if name else people.by_token(token)


def _form(request: Request, target: str, trouble: str, status: int) -> Response:
    people = site_of(request).people
    return render(
        request,
        "login.html",
        status=status,
        title="登录",
        next=safe_path(target),
        trouble=trouble,
        has_users=people.has_users,
        has_token=bool(people.token),
    )
