"""报告: the list. Search, filters, order and page live in the address; rows change by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi import Query as Parameter
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from parsers.notices.words import SEVERITIES
from tasks.ports.ledger import Query, State
from workers.verbs import ends_under
from workers.web.acting import acting
from workers.web.catalogue import code_choices
from workers.web.present.progress import RowView, entry_to_row
from workers.web.present.words import STATES
from workers.web.rendering import render, say
from workers.web.site import site_of
from workers.web.tenant import Tenant, tenant_of
from workers.zone import SHANGHAI

router = APIRouter()

PAGE = 50
FIRST_YEAR = 2008
"""The regulation's first year of reports."""

MAX_LIVE_ROWS = 200
JOB = re.compile(r"[0-9a-f]{64}")

COLUMNS = (
    ("agency", "单位", ""),
    ("year", "年度", "number"),
    ("", "版式", ""),
    ("state", "状态", ""),
    ("error", "✕", "number"),
    ("warning", "▲", "number"),
    ("undetermined", "?", "number"),
    ("received", "收到时间", ""),
    ("took", "用时", "number"),
)
"""The ledger's word to sort by, the head, and its kind."""

TITLES = {"✕": "错误", "▲": "提醒", "?": "需人工核对"}


class Filters(BaseModel, frozen=True):
    """What the address asks for, as text: unknown words filter nothing."""

    q: str = Field(default="", max_length=200)
    state: str = ""
    year: str = ""
    severity: str = ""
    rule: str = ""
    prefix: str = Field(default="", max_length=900)
    sort: str = "-received"
    page: int = Field(default=1, ge=1, le=100_000)

    def address(self, **changes: str | int) -> str:
        """The same list with something changed; what is empty stays out of the address."""
        values = self.model_dump() | changes
        shown = {k: v for k, v in values.items() if v and (k, v) not in (("sort", "-received"), ("page", 1))}
        return "/documents" + (f"?{urlencode(shown)}" if shown else "")

    @property
    def is_narrow(self) -> bool:
        """Is anything filtered?"""
        return any((self.q, self.state, self.year, self.severity, self.rule, self.prefix))

    def query(self) -> Query:
        """The ledger's question."""
        return Query(
            search=self.q.strip(),
            state=State(self.state) if self.state in set(State) else None,
            year=int(self.year) if self.year.isdecimal() and self.year.isascii() else None,
            severity=self.severity if self.severity in SEVERITIES else None,
            code=self.rule or None,
            prefix=self.prefix,
            sort=self.sort,
            offset=(self.page - 1) * PAGE,
            limit=PAGE,
        )


@router.post("/documents/reprocess")
def reprocess(request: Request, prefix: Annotated[str, Form(min_length=1, max_length=900)]) -> Response:
    """重新核查这个目录: everything finished under this prefix is read and judged once more."""
    site = site_of(request)
    operator = acting(site, request)
    sees = tenant_of(request).person.sees
    found = tuple(end for end in ends_under(site.context, prefix) if sees(end.ref.key))
    for end in found:
        operator.reprocess(end.ref, end.judge_digest)
    say(request, f"已重新提交核查 {len(found)} 份，原来的结果文件保留。")
    return RedirectResponse(f"/documents?{urlencode({'prefix': prefix})}", status_code=303)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column's head: its words, where a click leads, and which way it is sorted now."""

    label: str
    title: str
    address: str
    sorted: str
    kind: str


@router.get("/documents")
def show(request: Request, filters: Annotated[Filters, Parameter()]) -> Response:
    """One page of the list."""
    site = site_of(request)
    now = site.context.clock()
    rows, total = _rows(tenant_of(request), filters, now)
    return render(
        request,
        "documents.html",
        title="报告",
        filters=filters,
        rows=rows,
        total=total,
        pages=max(1, -(-total // PAGE)),
        heads=_heads(filters),
        years=tuple((year, f"{year} 年度") for year in _years(now)),
        severities=tuple((name, f"有{word}") for name, word in SEVERITIES.items()),
        states=tuple((state.value, STATES[state]) for state in State),
        codes=code_choices(),
        drop_command=site.drop_command,
    )


@router.get("/documents/rows")
def some_rows(request: Request, jobs: Annotated[str, Parameter(max_length=66 * MAX_LIVE_ROWS)] = "") -> Response:
    """The rows of these jobs, for a page that already shows them."""
    site = site_of(request)
    wanted = [job for job in jobs.split(",")[:MAX_LIVE_ROWS] if JOB.fullmatch(job)]
    tenant = tenant_of(request)
    entries = [entry for job in wanted if (entry := tenant.entry(job)) is not None]
    rows = tuple(entry_to_row(entry, site.context.clock()) for entry in entries)
    return render(request, "document_rows.html", rows=rows)


def _rows(tenant: Tenant, filters: Filters, now: datetime) -> tuple[tuple[RowView, ...], int]:
    entries, total = tenant.entries(filters.query())
    return tuple(entry_to_row(entry, now) for entry in entries), total


def _heads(filters: Filters) -> tuple[Head, ...]:
    return tuple(_head(filters, name, label, kind) for name, label, kind in COLUMNS)


def _head(filters: Filters, name: str, label: str, kind: str) -> Head:
    way = {name: "ascending", f"-{name}": "descending"}.get(filters.sort, "none") if name else ""
    other = name if filters.sort == f"-{name}" else f"-{name}"
    return Head(
        label=label,
        title=TITLES.get(label, label),
        address=filters.address(sort=other, page=1) if name else "",
        sorted=way,
        kind=kind,
    )


def _years(now: datetime) -> tuple[int, ...]:
    return tuple(range(now.astimezone(SHANGHAI).year, FIRST_YEAR - 1, -1))
