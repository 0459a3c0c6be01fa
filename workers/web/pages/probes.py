"""For machines: /healthz for whoever asks, /metrics for who has the token."""

from __future__ import annotations

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import PlainTextResponse, Response

from workers.web.site import site_of

router = APIRouter()


@router.get("/healthz")
def health(request: Request) -> Response:
    """200 and `ok`, or 503 and what is wrong, a line each."""
    wrong = site_of(request).health()
    return PlainTextResponse("\n".join(wrong) or "ok", status_code=503 if wrong else 200)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Prometheus text."""
    return Response(site_of(request).metrics(), media_type=CONTENT_TYPE_LATEST)
