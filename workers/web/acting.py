"""Who acts on a page, as the verbs of workers/verbs.py and the audit want to know it."""

from __future__ import annotations

from starlette.requests import Request

from workers.verbs import Operator
from workers.web.access import operator
from workers.web.site import Site


def acting(site: Site, request: Request) -> Operator:
    """The operator of this session."""
    return Operator(site.context, operator(request), site.again)
