"""一份报告: the form with its marks, the findings beside it, the timeline, every result object, and 重新核查."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request
from starlette.responses import RedirectResponse, Response

from parsers import with_across
from parsers.model.errors import DocumentError
from parsers.model.outcome import Outcome
from parsers.model.report import Report
from tasks import layout
from tasks.containers import member_names
from tasks.errors import DeletedError, SupersededError
from tasks.extract import fetch
from tasks.ports.ledger import Entry, State
from tasks.ports.store import StoredObject
from tasks.records import Done
from workers.web.acting import acting
from workers.web.present.across import across_to_correction, across_to_neighbours
from workers.web.present.judgement import findings_to_judgement, report_to_sections
from workers.web.present.progress import entry_to_row, entry_to_steps
from workers.web.present.sheet import report_to_sheets
from workers.web.present.text import attachment, full_moment, visible
from workers.web.present.words import EDITIONS, KINDS, SOURCE_KINDS
from workers.web.rendering import render, say
from workers.web.results import Results, load, objects_of
from workers.web.site import Site, site_of
from workers.web.tenant import tenant_of

router = APIRouter()

Job = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]

OBJECT = re.compile(r"(?:[0-9a-f]{8,64}/)?(?:across-[0-9a-f]{16}/)?[a-z][a-z_]*\.(?:json|html|docx|pdf)")
"""The names of result objects below a job's folder."""

NAMES = {
    "report.json": "报告数据",
    "findings.json": "核查结果",
    "notice.json": "反馈通知（数据）",
    "notice.html": "反馈通知（网页）",
    "notice.docx": "反馈通知（Word）",
    "annotated.pdf": "标注件（PDF）",
    "across.json": "跨文件核查结果",
    "run.json": "处理记录",
    "done.json": "完成标记",
    "quarantine.json": "未能处理标记",
    "members.json": "压缩包内的文件",
}

TYPES = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "docx": "application/octet-stream",
    "pdf": "application/octet-stream",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectView:
    """One result object: its name below the job's folder, what it is, its size and time."""

    path: str
    name: str
    label: str
    judging: str
    size: int
    written: str
    is_valid: bool
    """Does the end of the job name it? Other ones stand there from earlier judgings and comparisons."""


@router.get("/documents/{job}")
def show(request: Request, job: Job, tab: str = "form") -> Response:
    """The page of one submission."""
    site = site_of(request)
    entry = _entry(request, job)
    results = load(site, job)
    return render(
        request,
        "document.html",
        title=entry_to_row(entry, site.context.clock()).name,
        job=job,
        tab="text" if tab == "text" else "form",
        entry=entry,
        row=entry_to_row(entry, site.context.clock()),
        steps=entry_to_steps(entry),
        objects=_objects(site, job, results.done),
        copy_prefix=visible(f"{site.context.results}/{layout.copy_prefix(entry.ref.key)}"),
        can_judge_again=entry.state is State.DONE,
        results=results,
        members=_members(site, results),
        **_values(results, tenant_of(request).sees_job),
    )


def _members(site: Site, results: Results) -> tuple[tuple[str, str], ...]:
    """Name and job of what a ZIP contains; nothing for a report."""
    done = results.done
    if done is None or not done.is_container:
        return ()
    return tuple((name, done.ref.of_member(name).job) for name in member_names(site.context, done.job))


@router.get("/documents/{job}/live")
def live(request: Request, job: Job) -> Response:
    """The state line and the timeline, which change while the report is under way."""
    site = site_of(request)
    entry = _entry(request, job)
    row = entry_to_row(entry, site.context.clock())
    return render(request, "document_live.html", job=job, row=row, entry=entry, steps=entry_to_steps(entry))


@router.post("/documents/{job}/judge")
def judge_again(request: Request, job: Job) -> Response:
    """重新核查: send it on its way once more, by the rules of today."""
    site = site_of(request)
    entry = _entry(request, job)
    if entry.state is not State.DONE:
        raise HTTPException(409, "这份报告还没有核查完，或未能处理，不能重新核查。")
    acting(site, request).reprocess(entry.ref, entry.judge_digest or "")
    say(request, "已重新提交核查，完成后本页会自动更新。")
    return RedirectResponse(f"/documents/{job}", status_code=303)


@router.get("/documents/{job}/objects/{path:path}")
def download(request: Request, job: Job, path: str) -> Response:
    """A result object, as an attachment."""
    if not OBJECT.fullmatch(path):
        raise HTTPException(404)
    site = site_of(request)
    data = site.context.store.get(site.context.results, f"{layout.SUBMISSIONS}{job}/{path}")
    if data is None:
        raise HTTPException(404, "这个结果文件不在结果桶中。")
    name = path.rpartition("/")[2]
    return Response(data, media_type=TYPES[name.rpartition(".")[2]], headers=_saved_as(name))


@router.get("/documents/{job}/original")
def original(request: Request, job: Job) -> Response:
    """The upload itself: only ever as an attachment, without a type that a browser would open."""
    site = site_of(request)
    entry = _entry(request, job)
    try:
        data = fetch(site.context, entry.ref)
    except (DeletedError, SupersededError, DocumentError):
        raise HTTPException(404, "收件桶中已没有这一版原件：它已被删除，或被同名的新文件取代。") from None
    name = visible(entry.ref.key.rpartition("/")[2]) or "original"
    return Response(data, media_type="application/octet-stream", headers=_saved_as(name))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": attachment(name), "Content-Security-Policy": "default-src 'none'; sandbox"}


def _entry(request: Request, job: str) -> Entry:
    entry = tenant_of(request).entry(job)
    if entry is None:
        raise HTTPException(404, "台账中没有这份报告。若刚刚清空过台账，请运行 gouji reindex。")
    return entry


def _values(results: Results, sees_job: Callable[[str], bool]) -> dict[str, Any]:
    report, findings = results.report, results.findings
    if report is None or findings is None:
        return {"report": None, "sheets": (), "sections": (), "judgement": None, "facts": (), "correction": None}
    if results.across is not None:
        findings = with_across(Outcome(report=report, findings=findings), results.across).findings
    return {
        "report": report,
        "sheets": report_to_sheets(report, findings.findings),
        "sections": report_to_sections(report),
        "judgement": findings_to_judgement(findings.findings, findings.passed),
        "facts": _facts(report),
        "neighbours": tuple(one for one in across_to_neighbours(results.across) if sees_job(one.job)),
        "correction": across_to_correction(results.across, report),
    }


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    """The head of the page: what stands there, in pairs. What is not known is left out."""
    kind = SOURCE_KINDS.get(report.source.kind.value, report.source.kind.value)
    pages = f"，{report.source.pages} 页" if report.source.pages else ""
    facts = (
        ("单位", visible(report.agency.name or "")),
        ("类别", KINDS.get(report.agency.kind or "", "")),
        ("年度", str(report.year or "")),
        ("版式", EDITIONS.get(report.edition or "", "")),
        ("落款日期", visible(report.signed_on or "")),
        ("统计期限", visible((report.period or "").replace("/", " 至 "))),
        ("原件", f"{kind}{pages}"),
    )
    return tuple((name, value) for name, value in facts if value)


def _objects(site: Site, job: str, done: Done | None) -> tuple[ObjectView, ...]:
    prefix = f"{layout.SUBMISSIONS}{job}/"
    valid = frozenset(f"{done.judge_digest}/{made.folder}{made.name}" for made in done.files) if done else frozenset()
    return tuple(_object(stored, stored.key.removeprefix(prefix), valid) for stored in objects_of(site, job))


def _object(stored: StoredObject, path: str, valid: frozenset[str]) -> ObjectView:
    folder, _, name = path.rpartition("/")
    return ObjectView(
        path=path,
        name=name,
        label=NAMES.get(name, ""),
        judging=folder.partition("/")[0],
        size=stored.size,
        written=full_moment(stored.last_modified),
        is_valid=path in valid,
    )
