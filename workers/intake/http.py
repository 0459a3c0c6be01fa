"""The entrance for pushed events: POST /events/{secret}, or the secret in a header.

An answer of 2xx means that the hint is queued (or that an unknown body is kept).
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from functools import partial
from http import HTTPStatus
from typing import Annotated

import structlog
from botocore.exceptions import BotoCoreError, ClientError
from fastapi import FastAPI, Header, Request, Response

from tasks.errors import TransientError
from workers.intake.receive import Intake, StrangeBucketError

MAX_BODY_BYTES = 256 * 1024

ANSWER_SECONDS = 0.8
"""A sender is answered within a second (S31): when store or broker take longer, it is asked to send again.

The hint may still be queued afterwards. That does no harm: the same hint twice is one submission.
"""

MAX_AT_ONCE = 32
"""Events in hand. While store or broker hang, each of them holds a thread; more are refused at once."""

log = structlog.get_logger("intake")


def make_app(intake: Intake, secret: str, allow: tuple[str, ...] = ()) -> FastAPI:
    """The HTTP application. Answers are short Chinese sentences; none repeats anything of the request.

    `allow` are the networks from which events are taken; without any, the secret alone decides.
    """
    app = FastAPI(title="勾稽 · 事件接收", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(intake)

    async def accept(request: Request, given: str) -> Response:
        if not is_allowed(request.client.host if request.client else "", allow):
            return _answer(HTTPStatus.FORBIDDEN, "不接收来自这个地址的事件")
        if not is_same(given, secret):
            return _answer(HTTPStatus.FORBIDDEN, "口令不对")
        body = await _read_body(request)
        if body is None:
            return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "事件超过 256 kB")
        return await desk.receive(body)

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


def is_allowed(address: str, allow: tuple[str, ...]) -> bool:
    """Whether events are taken from this address."""
    if not allow:
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return any(mapped in ipaddress.ip_network(network, strict=False) for network in allow)


class Desk:
    """Hands bodies to threads, and answers for those that take too long."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._busy: set[asyncio.Future[Response]] = set()

    async def receive(self, body: bytes) -> Response:
        """The answer; 503 when it would come too late, or when too much is in hand."""
        if len(self._busy) >= MAX_AT_ONCE:
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "暂时无法接收，请稍后重发")
        work = asyncio.get_running_loop().run_in_executor(None, partial(_receive, self._intake, body))
        self._busy.add(work)
        work.add_done_callback(self._ended)
        done, _ = await asyncio.wait({work}, timeout=ANSWER_SECONDS)
        if not done:
            log.warning("存储或队列没有及时应答，请对方重发")
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "暂时无法接收，请稍后重发")
        return work.result()

    def _ended(self, work: asyncio.Future[Response]) -> None:
        self._busy.discard(work)
        if not work.cancelled() and work.exception() is not None:
            log.error("处理事件时出错", kind=type(work.exception()).__name__)


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
