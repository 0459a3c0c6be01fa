"""规则: every rule with its sentence of law, formula and example, and how often it was found this year."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from workers.web.catalogue import rules_to_views
from workers.web.rendering import render
from workers.web.site import site_of
from workers.web.tenant import tenant_of
from workers.zone import SHANGHAI

router = APIRouter()


@router.get("/rules")
def show(request: Request) -> Response:
    """All rules, in the order in which they are applied."""
    year = site_of(request).context.clock().astimezone(SHANGHAI).year
    counts = tenant_of(request).by_code(year)
    return render(request, "rules.html", title="规则", rules=rules_to_views(counts), year=year)
