"""通知推送: the receivers and how they do, every delivery with its attempts, dead letters, sending again, a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, HTTPException, Path, Request
from fastapi import Query as Parameter
from starlette.responses import RedirectResponse, Response

from tasks import outbox
from tasks.delivery import Delivery, DeliveryState, Receiver, Sending
from tasks.ports.ledger import Entry
from tasks.ports.poster import Endpoint
from workers import audit
from workers.verbs import deliveries_between
from workers.web.access import operator
from workers.web.acting import acting
from workers.web.present.progress import entry_to_row
from workers.web.present.text import full_moment, moment, visible
from workers.web.rendering import render, say
from workers.web.site import site_of
from workers.web.tenant import tenant_of
from workers.zone import SHANGHAI

router = APIRouter()

PAGE = 50

DELIVERY_STATES = {
    DeliveryState.PENDING: "等待推送",
    DeliveryState.DELIVERED: "已送达",
    DeliveryState.DEAD: "已停止",
}

EVENTS = {"document.completed": "核查完成", "document.quarantined": "未能处理", "gouji.test": "测试"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointView:
    """One receiver. Its address is shown without query, which may hold a secret; to most people its host alone."""

    name: str
    address: str
    host: str
    health: str
    weight: str
    last_failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One event on its way to one receiver."""

    id: str
    event: str
    job: str
    report: str
    endpoint: str
    state: str
    state_name: str
    attempts: int
    created: str
    last: str
    next: str
    note: str
    sendings: tuple[str, ...]


@router.get("/webhooks")
def show(
    request: Request,
    state: str = "",
    endpoint: Annotated[str, Parameter(max_length=200)] = "",
    page: Annotated[int, Parameter(ge=1, le=10_000)] = 1,
) -> Response:
    """Receivers, and one page of deliveries, newest first."""
    context, now = site_of(request).context, site_of(request).context.clock()
    wanted = DeliveryState(state) if state in set(DeliveryState) else None
    tenant = tenant_of(request)
    found, has_more = tenant.deliveries(endpoint=endpoint or None, state=wanted, offset=(page - 1) * PAGE, limit=PAGE)
    return render(
        request,
        "webhooks.html",
        title="通知推送",
        endpoints=tuple(_endpoint(e, receiver, now) for e, receiver in outbox.endpoint_states(context)),
        deliveries=tuple(_delivery(d, tenant.entry(d.job), now) for d in found),
        states=tuple((s.value, name) for s, name in DELIVERY_STATES.items()),
        state=state,
        endpoint=endpoint,
        page=page,
        has_more=has_more,
        address=lambda **changes: _address({"state": state, "endpoint": endpoint, "page": page} | changes),
    )


@router.post("/webhooks/deliveries/{delivery_id}/redeliver")
def redeliver(request: Request, delivery_id: Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,200}$")]) -> Response:
    """重新推送: once more, now, under the same id."""
    site = site_of(request)
    after = acting(site, request).redeliver(delivery_id)
    if after is None:
        raise HTTPException(404, "没有找到这条推送。")
    say(request, f"已重新推送，{_sending(after.sendings[-1])}")
    return RedirectResponse("/webhooks", status_code=303)


@router.post("/webhooks/requeue")
def requeue(request: Request, ids: Annotated[list[str] | None, Form()] = None) -> Response:
    """重新排队: the ticked ones start their whole schedule again."""
    site = site_of(request)
    named = (i for i in (ids or [])[:PAGE] if i.replace("-", "").replace("_", "").isalnum())
    count = acting(site, request).requeue(tenant_of(request).delivery_ids(named))
    say(request, f"已重新排队 {count} 条。" if count else "没有选中可重新推送的记录。")
    return RedirectResponse("/webhooks", status_code=303)


@router.post("/webhooks/replay")
def replay(
    request: Request,
    endpoint: Annotated[str, Form(max_length=200)] = "",
    start: Annotated[str, Form(max_length=40)] = "",
    end: Annotated[str, Form(max_length=40)] = "",
    only_dead: Annotated[bool, Form()] = False,  # noqa: FBT002 - a box on the form
) -> Response:
    """按接收端和时间重新排队: what was delivered or given up there and then starts its whole schedule again."""
    site = site_of(request)
    span = (_to_moment(start), _to_moment(end))
    ids = tenant_of(request).delivery_ids(
        deliveries_between(site.context, endpoint or None, *span, only_dead=only_dead)
    )
    say(request, f"已重新排队 {acting(site, request).requeue(ids)} 条，编号不变。")
    return RedirectResponse("/webhooks", status_code=303)


def _to_moment(words: str) -> datetime | None:
    """What a date and time field holds, Beijing time; None if it was left empty."""
    if not words:
        return None
    try:
        return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise HTTPException(422, "时间的写法不对。") from None


@router.post("/webhooks/test")
def send_test(request: Request, endpoint: Annotated[str, Form()]) -> Response:
    """测试推送: a `gouji.test` event to one receiver."""
    site = site_of(request)
    found = next((e for e in site.context.endpoints if e.name == endpoint), None)
    if found is None:
        raise HTTPException(404, "设置中没有这个接收端。")
    complete = audit.note(site.context, operator(request), "test_delivery", found.name)
    answer = outbox.send_test(site.context, found)
    complete(str(answer.status or "-"))
    now = site.context.clock()
    sending = Sending(at=now, status=answer.status, reason=answer.reason, manual=True)
    say(request, f"测试推送到 {visible(found.name)}：{_sending(sending)}")
    return RedirectResponse("/webhooks", status_code=303)


def _endpoint(endpoint: Endpoint, receiver: Receiver, now: datetime) -> EndpointView:
    parts = urlsplit(endpoint.url)
    health, weight = _health(receiver, now)
    return EndpointView(
        name=visible(endpoint.name),
        host=visible(parts.hostname or ""),
        address=visible(f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"),
        health=health,
        weight=weight,
        last_failure=f"{full_moment(receiver.last_failure.at)} {_sending(receiver.last_failure)}"
        if receiver.last_failure
        else "",
    )


def _health(receiver: Receiver, now: datetime) -> tuple[str, str]:
    if receiver.disabled:
        return "已停用：接收端答复 410。测试推送成功后恢复", "error"
    if receiver.is_paused(now) and receiver.paused_until is not None:
        return f"暂停至 {moment(receiver.paused_until, now)}，连续失败 {receiver.failures} 次", "warning"
    if receiver.failures:
        return f"连续失败 {receiver.failures} 次，继续重试", "warning"
    return "正常", "passed"


def _delivery(delivery: Delivery, entry: Entry | None, now: datetime) -> DeliveryView:
    return DeliveryView(
        id=delivery.id,
        event=EVENTS.get(delivery.type, delivery.type),
        job=delivery.job,
        report=entry_to_row(entry, now).name if entry else "",
        endpoint=visible(delivery.endpoint),
        state=delivery.state.value,
        state_name=DELIVERY_STATES[delivery.state],
        attempts=len(delivery.sendings),
        created=moment(delivery.created, now),
        last=_sending(delivery.sendings[-1]) if delivery.sendings else "尚未推送",
        next=moment(delivery.not_before, now) if delivery.state is DeliveryState.PENDING else "",
        note=visible(delivery.note),
        sendings=tuple(
            f"{full_moment(s.at)} {'手动 ' if s.manual else ''}{_sending(s)}" for s in reversed(delivery.sendings)
        ),
    )


def _sending(sending: Sending) -> str:
    if sending.status is None:
        return f"没有应答：{visible(sending.reason)}" if sending.reason else "没有应答"
    return f"应答 {sending.status}" + (f"：{visible(sending.reason)}" if sending.reason else "")


def _address(values: dict[str, str | int]) -> str:
    shown = {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}
    return "/webhooks" + (f"?{urlencode(shown)}" if shown else "")
