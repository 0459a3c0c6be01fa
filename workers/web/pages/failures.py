"""未能处理: quarantined files, why, what to do, and trying again: one, or those that are ticked."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi import Query as Parameter
from starlette.responses import RedirectResponse, Response

from tasks.ports.ledger import Query, State
from workers.web.access import safe_path
from workers.web.acting import acting
from workers.web.pages.document import Job
from workers.web.pages.documents import JOB, PAGE
from workers.web.present.progress import entry_to_row
from workers.web.rendering import render, say
from workers.web.site import Site, site_of
from workers.web.tenant import tenant_of

router = APIRouter()


@router.get("/failures")
def show(
    request: Request,
    q: Annotated[str, Parameter(max_length=200)] = "",
    reason: Annotated[str, Parameter(max_length=100)] = "",
    page: Annotated[int, Parameter(ge=1, le=100_000)] = 1,
) -> Response:
    """One page of what could not be processed."""
    site = site_of(request)
    query = Query(state=State.QUARANTINED, search=q.strip(), code=reason or None, offset=(page - 1) * PAGE, limit=PAGE)
    entries, total = tenant_of(request).entries(query)
    rows = tuple(entry_to_row(entry, site.context.clock()) for entry in entries)
    return render(
        request,
        "failures.html",
        title="未能处理",
        rows=rows,
        total=total,
        q=q,
        reason=reason,
        page=page,
        pages=max(1, -(-total // PAGE)),
        address=lambda **changes: _address({"q": q, "reason": reason, "page": page} | changes),
    )


@router.post("/failures/retry")
def retry_ticked(request: Request, jobs: Annotated[list[str] | None, Form()] = None) -> Response:
    """重试所选: each of the ticked ones that is still quarantined."""
    site = site_of(request)
    wanted = [job for job in (jobs or [])[:PAGE] if JOB.fullmatch(job)]
    count = sum(_retry(site, request, job) for job in wanted)
    say(request, f"已重新提交 {count} 份。" if count else "没有选中任何报告。")
    return RedirectResponse("/failures", status_code=303)


@router.post("/failures/{job}/retry")
def retry(request: Request, job: Job, back: Annotated[str, Form()] = "/failures") -> Response:
    """重试: one of them."""
    if not _retry(site_of(request), request, job):
        raise HTTPException(404, "这份报告已不在未能处理之列。")
    say(request, "已重新提交 1 份。")
    return RedirectResponse(safe_path(back), status_code=303)


def _retry(site: Site, request: Request, job: str) -> bool:
    entry = tenant_of(request).entry(job)
    if entry is None or entry.state is not State.QUARANTINED:
        return False
    acting(site, request).retry(entry.ref, entry.reason_code or "")
    return True


def _address(values: dict[str, str | int]) -> str:
    shown = {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}
    return "/failures" + (f"?{urlencode(shown)}" if shown else "")
