"""The live stream, as server-sent events."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from workers.web.live import Live
from workers.web.session import look_up
from workers.web.tenant import tenant_of

router = APIRouter()


@router.get("/events")
async def stream(request: Request) -> Response:
    """Changes of the ledger from now on, or from the event that the browser saw last."""
    live: Live = request.app.state.live
    last = request.headers.get("last-event-id", "")
    tenant = tenant_of(request)
    lines = live.stream(last, tenant.changes, lambda: look_up(request) is not None)
    return StreamingResponse(lines, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
