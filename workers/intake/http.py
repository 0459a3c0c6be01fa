"""The entrance for pushed events: POST /events/{secret}, or the secret in a header.

An answer of 2xx means that the hint is queued (or that an unknown body is kept).
"""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Annotated

import structlog
from botocore.exceptions import BotoCoreError, ClientError
from fastapi import FastAPI, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from tasks.errors import TransientError
from workers.intake.receive import Intake, StrangeBucketError

MAX_BODY_BYTES = 256 * 1024

log = structlog.get_logger("intake")


def make_app(intake: Intake, secret: str) -> FastAPI:
    """The HTTP application. Answers are short Chinese sentences; none repeats anything of the request."""
    app = FastAPI(title="勾稽 · 事件接收", docs_url=None, redoc_url=None, openapi_url=None)

    async def accept(request: Request, given: str) -> Response:
        if not is_same(given, secret):
            return _answer(HTTPStatus.FORBIDDEN, "口令不对")
        body = await _read_body(request)
        if body is None:
            return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "事件超过 256 kB")
        return await run_in_threadpool(_receive, intake, body)

    @app.post("/events/{given}")
    async def events_by_path(request: Request, given: str) -> Response:
        return await accept(request, given)

    @app.post("/events")
    async def events_by_header(
        request: Request,
        authorization: Annotated[str, Header()] = "",
        x_gouji_secret: Annotated[str, Header()] = "",
    ) -> Response:
        return await accept(request, x_gouji_secret or authorization.removeprefix("Bearer ").strip())

    @app.get("/healthz")
    def healthz() -> Response:
        return _answer(HTTPStatus.OK, "ok")

    return app


def is_same(given: str, secret: str) -> bool:
    """Whether the secret is right, in constant time; an unset secret is never right."""
    return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


async def _read_body(request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than we take."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            return None
    return bytes(body)


def _receive(intake: Intake, body: bytes) -> Response:
    try:
        refs = intake.receive(body)
    except StrangeBucketError as error:
        log.warning("事件所指的桶不是收件桶，已拒绝", bucket=str(error)[:63])
        return _answer(HTTPStatus.FORBIDDEN, "不是收件桶的事件")
    except (TransientError, BotoCoreError, ClientError) as error:
        log.warning("暂时无法入队，请对方重发", reason=str(error))
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "暂时无法接收，请稍后重发")
    if refs is None:
        log.warning("收到不认识的事件，已存入结果桶 _events/ 备查", bytes=len(body))
        return _answer(HTTPStatus.ACCEPTED, "不认识的事件，已留存备查")
    for ref in refs:
        log.info("收到推送事件，已入队", key=ref.key, job=ref.job[:12])
    return _answer(HTTPStatus.OK, f"已入队 {len(refs)} 份")


def _answer(status: HTTPStatus, sentence: str) -> Response:
    return Response(sentence, status_code=status, media_type="text/plain; charset=utf-8")
