"""Uploading: a file dropped on a page goes to the inbox under its own name, after an optional folder."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, UploadFile
from fastapi import Query as Parameter
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from tasks.copies import to_ref
from workers import audit
from workers.web.access import operator
from workers.web.headers import MAX_UPLOAD
from workers.web.present.text import is_hidden_in
from workers.web.rendering import render, say
from workers.web.samples import SAMPLE_NAME, sample_report
from workers.web.site import Site, site_of
from workers.web.tenant import tenant_of

router = APIRouter()

MAX_KEY = 900
"""Bytes: a longer key would find its results under a hash."""

MAX_FILES = 200


def name_to_key(prefix: str, name: str) -> str:
    """The inbox key of an upload. Raises ValueError with a Chinese sentence for a name that cannot be taken."""
    folder = "".join(f"{part}/" for part in unicodedata.normalize("NFC", prefix).split("/") if part)
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2].strip()
    key = folder + base
    if not base or base in {".", ".."} or any(part in {".", ".."} for part in folder.split("/")):
        raise ValueError("文件名为空或不是文件名。")
    if is_hidden_in(key):
        raise ValueError("文件名含有控制字符或改变文字方向的字符，请改名后再上传。")
    if key.startswith("_"):
        raise ValueError("名称不能以下划线开头，请改名后再上传。")
    if len(key.encode()) > MAX_KEY:
        raise ValueError(f"名称过长（超过 {MAX_KEY} 字节），请缩短后再上传。")
    return key


@router.put("/upload")
async def put(
    request: Request,
    name: Annotated[str, Parameter(max_length=2000)],
    prefix: Annotated[str, Parameter(max_length=900)] = "",
) -> Response:
    """One file as the whole body: what the page's own script sends, so that it can show a bar."""
    site = site_of(request)
    key = _key(request, prefix, name)
    data = await _body(request)
    job = await run_in_threadpool(_store, site, request, key, data)
    return JSONResponse({"key": key, "job": job}, status_code=201)


@router.post("/upload")
async def post(request: Request, files: list[UploadFile], prefix: Annotated[str, Form()] = "") -> Response:
    """Files from a plain form, for browsers without script."""
    site = site_of(request)
    keys = [_key(request, prefix, file.filename or "") for file in files[:MAX_FILES]]
    for file, key in zip(files, keys, strict=False):
        await run_in_threadpool(_store, site, request, key, await file.read())
    say(request, f"已上传 {len(keys)} 个文件，几秒后出现在下表。")
    return RedirectResponse("/documents", status_code=303)


@router.post("/upload/form")
def sign(request: Request, name: Annotated[str, Form()], prefix: Annotated[str, Form()] = "") -> Response:
    """The form with which the page's script sends one file straight to the store."""
    site = site_of(request)
    if site.presigner is None:
        raise HTTPException(404, "文件经由看板上传。")
    key = _key(request, prefix, name)
    try:
        form = site.presigner.form(key)
    except ValueError as error:
        raise HTTPException(422, str(error)) from None
    audit.note(site.context, operator(request), "upload", key)
    return JSONResponse({"key": key, "url": form.url, "fields": form.fields}, status_code=201)


@router.post("/upload/sample")
def post_sample(request: Request) -> Response:
    """A made report of a made office, so that a new installation has something to show."""
    _store(site_of(request), request, _key(request, *SAMPLE_NAME.split("/")), sample_report())
    say(request, "已上传一份虚构的样例报告，几秒后出现在下表。")
    return RedirectResponse("/documents", status_code=303)


@router.get("/upload")
def form(request: Request) -> Response:
    """The plain form."""
    return render(request, "upload.html", title="上传", folders=tenant_of(request).person.prefixes)


def _key(request: Request, folder: str, name: str) -> str:
    """The inbox key, in a folder of this person's: what names none of them goes into the first (S27)."""
    person = tenant_of(request).person
    try:
        key = name_to_key(folder, name)
        return key if person.sees(key) else name_to_key(person.home + folder, name)
    except ValueError as error:
        raise HTTPException(422, str(error)) from None


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > MAX_UPLOAD:
            raise HTTPException(413)
    return bytes(parts)


def _store(site: Site, request: Request, key: str, data: bytes) -> str:
    """Write it down and put it there; the job that will follow (empty if it is gone again already)."""
    if len(data) > MAX_UPLOAD:
        raise HTTPException(413)
    audit.note(site.context, operator(request), "upload", key, after=hashlib.sha256(data).hexdigest())
    inbox = site.context.inbox
    site.context.store.put(inbox, key, data, "application/octet-stream")
    stored = site.context.store.head(inbox, key)
    return to_ref(inbox, stored).job if stored else ""
