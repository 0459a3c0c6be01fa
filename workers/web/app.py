"""The dashboard's application: its middleware, its pages, and what it says when something is wrong."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from tasks.errors import TransientError
from workers.reporting import report
from workers.web.access import Gate, require_csrf
from workers.web.headers import BodyLimit, SecurityHeaders
from workers.web.limits import BEARER_REQUESTS, LOGIN_ATTEMPTS, Window
from workers.web.live import Live
from workers.web.pages import document, documents, events, failures, login, probes, rules, today, uploads, webhooks
from workers.web.rendering import STATIC, render
from workers.web.rights import require_right
from workers.web.session import SESSION_COOKIE, SESSION_SECONDS
from workers.web.site import Site
from workers.web.tally import Tally

log = logging.getLogger(__name__)

PAGES = (login, today, documents, document, failures, webhooks, rules, uploads, events, probes)


class KeptFiles(StaticFiles):
    """Static files carry their hash in their address, so a browser may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, to be kept for a year."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def create_app(site: Site) -> FastAPI:
    """The application over these ports. The order of the middleware is the order in which a request meets it."""
    app = FastAPI(
        title="Gouji",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        dependencies=[Depends(require_csrf), Depends(require_right)],
        middleware=[
            Middleware(SecurityHeaders, site.upload_origin),
            Middleware(
                SessionMiddleware,
                secret_key=site.people.session_key(),
                session_cookie=SESSION_COOKIE,
                max_age=SESSION_SECONDS,
                same_site="lax",
                https_only=site.secure,
            ),
            Middleware(Gate),
            Middleware(BodyLimit),
        ],
    )
    app.state.site = site
    app.state.logins = Window(LOGIN_ATTEMPTS, time.monotonic)
    app.state.bearers = Window(BEARER_REQUESTS, time.monotonic)
    app.state.tally = Tally(time.monotonic)
    for page in PAGES:
        app.include_router(page.router)
    app.add_api_route("/favicon.ico", _favicon, include_in_schema=False)
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(TransientError, _not_now)
    app.add_exception_handler(Exception, _broken)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    live = Live(app.state.site)
    app.state.live = live
    live.start()
    yield
    await live.stop()


def _favicon() -> FileResponse:
    return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")


SENTENCES = {
    403: "没有权限做这件事。",
    404: "没有找到这个页面。它可能已被移走，或地址有误。",
    405: "这个地址不接受这样的请求。",
    413: "文件太大，未接收。",
}


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    sentence = detail if detail and not detail.isascii() else SENTENCES.get(status, "请求未能完成。")
    return _answer(request, status, sentence)


async def _misunderstood(request: Request, _error: Exception) -> Response:
    return _answer(request, 422, "地址或表单中有系统不认识的内容，请返回后重试。")


async def _not_now(request: Request, _error: Exception) -> Response:
    log.warning("存储或台账没有应答：%s", request.scope["path"].partition("?")[0][:40])
    return _answer(request, 503, "存储或台账暂时没有应答，请稍后刷新。报告不会因此丢失。")


async def _broken(request: Request, error: Exception) -> Response:
    number = secrets.token_hex(4)
    log.error("页面出错：%s，编号 %s", type(error).__name__, number)
    report(error)
    return _answer(request, 500, f"程序内部出现问题，已记录，编号 {number}。请把编号告诉管理员。")


def _answer(request: Request, status: int, sentence: str) -> Response:
    """A page for people, a line for programs. It carries no trace and no content of a document."""
    if "text/html" not in request.headers.get("accept", "") or "session" not in request.scope:
        return PlainTextResponse(sentence, status_code=status)
    return render(request, "sorry.html", status=status, title="未能完成", sentence=sentence, number=status)
