"""The outbox: what is to be told is written first, and told from there. At least once, always under the same id.

The new place of a delivery is written before the old one is removed, and the higher round counts where both stand: a
crash between any two steps repeats a step and loses nothing. The listing alone says what is due and for whom, so
neither settled deliveries nor those of a receiver that is down cost a read.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from functools import partial

import structlog

from tasks import deliveries
from tasks.context import Context
from tasks.deliveries import Waiting, name_to_receiver
from tasks.delivery import (
    Delivery,
    DeliveryState,
    Receiver,
    answered,
    answered_by_hand,
    given_up,
    put_back,
    receiver_after,
)
from tasks.errors import TransientError
from tasks.events import Event, EventType, at_to_test_body, event_to_body, event_to_id
from tasks.ports.poster import Answer, Endpoint
from tasks.schedule import WHOLE

__all__ = [
    "Event",
    "EventType",
    "deliver",
    "deliver_due",
    "deliver_each",
    "redeliver",
    "requeue",
    "send_test",
    "write_records",
]

HEAD_START = timedelta(seconds=15)
"""notify delivers at once; only what it lost is for the sweep."""

LEASE_SECONDS = 30
SIDE_BY_SIDE = 16
"""Receivers that are told at the same time."""

PATIENCE_SECONDS = 1.0
"""So long notify waits for its receivers; one that is slower goes on by itself and holds up nobody."""

_log = structlog.get_logger(__name__)


def write_records(context: Context, event: Event) -> tuple[str, ...]:
    """One delivery for each endpoint, and their ids. What is there already, in whatever state, stays as it is."""
    body = event_to_body(event, context.results, context.link(event.ref.job))
    made = tuple(_event_to_delivery(event, endpoint, body, context.clock()) for endpoint in context.endpoints)
    for delivery in made:
        if deliveries.find(context, delivery.id) is None:
            deliveries.put_waiting(context, delivery)
    return tuple(delivery.id for delivery in made)


def deliver(context: Context, delivery_id: str, *, only_sound: bool = False) -> Delivery | None:
    """One attempt at a waiting delivery; the delivery after it. Raises TransientError of the store.

    None if there was no attempt: nothing waits under this id, its receiver is paused (or, where `only_sound` are told,
    failed last time), or another process is at it.
    """
    with _lease(context, delivery_id) as mine:
        return _deliver(context, delivery_id, only_sound=only_sound) if mine else None


def deliver_due(context: Context, limit: int = 200, seconds: float = 20) -> int:
    """How many deliveries that were due were tried: at most `limit` a receiver and for about `seconds`.

    For the sweep. A receiver that hangs or fails holds up no other one.
    """
    now = context.clock()
    due = sorted((w for w in deliveries.waiting(context) if w.due <= now), key=lambda w: (w.due, w.id))
    return deliver_each(context, due, limit, now + timedelta(seconds=seconds))


def deliver_each(
    context: Context, due: Iterable[Waiting], limit: int, until: datetime, patience: float | None = None
) -> int:
    """How many of these were tried: one after the other for each receiver, different receivers side by side.

    With `patience` (seconds) nobody is waited for longer, and only receivers that did not fail last time are told: the
    others are for the sweep. What goes on is as safe as what waits: the outbox has it until it is settled.
    """
    lines: dict[str, list[Waiting]] = {}
    for one in due:
        lines.setdefault(one.receiver, []).append(one)
    if not lines:
        return 0
    pool = ThreadPoolExecutor(min(SIDE_BY_SIDE, len(lines)), thread_name_prefix="outbox")
    line = partial(_deliver_line, context, limit, until, only_sound=patience is not None)
    begun = [pool.submit(line, of_one) for of_one in lines.values()]
    ended, _ = wait(begun, timeout=patience)
    pool.shutdown(wait=False)
    return sum(one.result() for one in begun if one in ended)


def redeliver(context: Context, delivery_id: str) -> Delivery | None:
    """Send it once more now, whatever its state: same id, new time and signature. None if it is not known.

    Success settles it; failure leaves it as it was; both join its history. A paused or disabled receiver is tried too.
    """
    delivery = deliveries.find(context, delivery_id)
    if delivery is None:
        return None
    endpoint = _endpoint(context, delivery)
    answer = Answer(status=None, reason=_NO_ENDPOINT) if endpoint is None else _post(context, endpoint, delivery)
    after = answered_by_hand(delivery, answer, context.clock())
    _keep(context, after)
    if endpoint is not None:
        _note(context, endpoint, deliveries.read_receiver(context, endpoint), answer)
    return after


def requeue(context: Context, delivery_ids: Iterable[str]) -> int:
    """Put settled deliveries back to wait from now on, with the whole schedule before them; how many there were."""
    found = (deliveries.find(context, delivery_id) for delivery_id in delivery_ids)
    settled = [d for d in found if d is not None and d.state is not DeliveryState.PENDING]
    for delivery in settled:
        deliveries.put_waiting(context, put_back(delivery, context.clock()))
    return len(settled)


def send_test(context: Context, endpoint: Endpoint) -> Answer:
    """Send a `gouji.test` event that leaves no record; a success makes a disabled or paused receiver open again."""
    answer = context.poster.post(endpoint, f"test-{uuid.uuid4()}", at_to_test_body(context.clock()).encode())
    _note(context, endpoint, deliveries.read_receiver(context, endpoint), answer)
    return answer


def endpoint_states(context: Context) -> tuple[tuple[Endpoint, Receiver], ...]:
    """The endpoints of the settings, and how each is doing."""
    return tuple((endpoint, deliveries.read_receiver(context, endpoint)) for endpoint in context.endpoints)


_NO_ENDPOINT = "设置中已没有这个接收端。"
_DISABLED = "接收端曾答复 410，已停止推送。"
_OVERDUE = "接收端长时间不可用，已超过推送期限。"


def _event_to_delivery(event: Event, endpoint: Endpoint, body: str, now: datetime) -> Delivery:
    return Delivery(
        id=event_to_id(event, endpoint.name),
        type=event.type.value,
        job=event.ref.job,
        endpoint=endpoint.name,
        body=body,
        created=now,
        not_before=now + HEAD_START,
        sequence=event.sequence,
    )


def _deliver_line(
    context: Context, limit: int, until: datetime, due: list[Waiting], *, only_sound: bool = False
) -> int:
    """One receiver's deliveries, the longest waiting first; stops when it is paused or the time is up."""
    tried, in_order = 0, True
    for one in due[:limit]:
        # the receiver's state is asked only when something did not arrive
        if context.clock() >= until or (not in_order and _is_held(context, one)):
            break
        try:
            found = deliver(context, one.id, only_sound=only_sound)
        except ValueError:  # a record that cannot be read (msgspec's errors are ValueErrors) stops no other one
            _log.warning("推送记录无法读取，已跳过", delivery=one.id)
            continue
        tried += found is not None
        in_order = found is not None and found.state is DeliveryState.DELIVERED
    return tried


def _is_held(context: Context, one: Waiting) -> bool:
    """Is its receiver paused, and the delivery not yet so late that it is to be given up."""
    now = context.clock()
    for endpoint in context.endpoints:
        if name_to_receiver(endpoint.name) == one.receiver:
            return deliveries.read_receiver(context, endpoint).is_paused(now) and now - one.due <= WHOLE
    return False


def _deliver(context: Context, delivery_id: str, *, only_sound: bool) -> Delivery | None:
    delivery, keys = deliveries.find_waiting(context, delivery_id)
    if delivery is None:
        return None
    before = deliveries.find_settled(context, delivery_id)
    if before is not None and before.round >= delivery.round:
        deliveries.put_settled(context, before, keys, None)  # finishes what a crash cut off
        return before
    after = _attempt(context, delivery, only_sound=only_sound)
    if after is None:
        return None
    if after.state is DeliveryState.PENDING:
        deliveries.put_waiting(context, after, keys)
    else:
        deliveries.put_settled(context, after, keys, before)
    return after


def _attempt(context: Context, delivery: Delivery, *, only_sound: bool) -> Delivery | None:
    """The delivery after one attempt; None if its receiver is to be left alone for now."""
    endpoint, now = _endpoint(context, delivery), context.clock()
    if endpoint is None:
        return given_up(delivery, now, _NO_ENDPOINT)
    receiver = deliveries.read_receiver(context, endpoint)
    if receiver.disabled:
        return given_up(delivery, now, _DISABLED)
    if receiver.is_paused(now):
        return given_up(delivery, now, _OVERDUE) if now - delivery.not_before > WHOLE else None
    if only_sound and receiver.failures:
        return None
    answer = _post(context, endpoint, delivery)
    _note(context, endpoint, receiver, answer)
    return answered(delivery, answer, context.clock())


def _keep(context: Context, delivery: Delivery) -> None:
    """Write a delivery that was sent by hand to where its state belongs."""
    before = deliveries.find_settled(context, delivery.id)
    _, keys = deliveries.find_waiting(context, delivery.id)
    if delivery.state is DeliveryState.PENDING:
        deliveries.put_waiting(context, delivery, keys)
    else:
        deliveries.put_settled(context, delivery, keys, before)


def _post(context: Context, endpoint: Endpoint, delivery: Delivery) -> Answer:
    return context.poster.post(endpoint, delivery.id, delivery.body.encode())


def _note(context: Context, endpoint: Endpoint, receiver: Receiver, answer: Answer) -> None:
    """Remember how the receiver is doing; one that never fails costs no write."""
    after = receiver_after(receiver, answer, context.clock())
    if after != receiver:
        deliveries.put_receiver(context, endpoint, after)


def _endpoint(context: Context, delivery: Delivery) -> Endpoint | None:
    return next((e for e in context.endpoints if e.name == delivery.endpoint), None)


@contextlib.contextmanager
def _lease(context: Context, delivery_id: str) -> Iterator[bool]:
    """Keep other processes from sending the same at the same time; without a ledger it may be sent twice."""
    name, owner = f"outbox:{delivery_id}", uuid.uuid4().hex
    try:
        mine = context.ledger.lease(name, owner, LEASE_SECONDS)
    except TransientError:
        yield True
        return
    try:
        yield mine
    finally:
        if mine:
            with contextlib.suppress(TransientError):
                context.ledger.release(name, owner)
