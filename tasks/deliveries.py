"""Where deliveries lie in the results bucket, and how they are found. What is done with them is tasks/outbox.py.

waiting   `_outbox/<id>.<receiver>.<due>.json`: the name says what is due and for whom
settled   `_outbox_sent/<id>.json` or `_outbox_dead/<id>.json`
log       `_outbox_log/<time, newest first>.<state>.<receiver>.<id>`: empty; for pages only, rebuilt by nothing
receivers `_outbox_receivers/<receiver>.json`: only of endpoints that have failed
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from math import ceil

from parsers.model.files import json_to_value, value_to_json
from parsers.model.value import Value
from tasks import layout
from tasks.context import Context
from tasks.delivery import Delivery, DeliveryState, Receiver
from tasks.ports.poster import Endpoint

JSON = "application/json"
_NEWEST_FIRST = 10**13
"""Milliseconds are counted down from here (the year 2286), so that the newest name sorts first."""


MAX_LOOKED_AT = 1000
"""Deliveries that are read at most to find somebody's own among everybody's."""


class Waiting(Value):
    """What a name in `_outbox/` says: whose, for which receiver, due when. `changed` is when it was written."""

    key: str
    id: str
    receiver: str
    due: datetime
    changed: datetime


class Line(Value):
    """One line of the log or of the waiting ones, for a page; `key` is where its delivery should be."""

    id: str
    key: str
    receiver: str
    state: DeliveryState
    at: datetime


def name_to_receiver(endpoint_name: str) -> str:
    """How an endpoint is called inside keys: eight digits of its name's hash."""
    return hashlib.sha256(endpoint_name.encode()).hexdigest()[:8]


def delivery_to_waiting_key(delivery: Delivery) -> str:
    """Where it waits; the second is rounded up, so that nothing is due too early."""
    due = ceil(delivery.not_before.timestamp())
    return f"{layout.OUTBOX}{delivery.id}.{name_to_receiver(delivery.endpoint)}.{due:011d}.json"


def settled_key(delivery_id: str, state: DeliveryState) -> str:
    """Where a settled delivery stays."""
    return f"{layout.DEAD if state is DeliveryState.DEAD else layout.SENT}{delivery_id}.json"


def delivery_to_log_key(delivery: Delivery) -> str:
    """Its line of the log; raises ValueError for one that is not settled."""
    if delivery.settled is None:
        raise ValueError(f"delivery {delivery.id} is not settled")
    countdown = _NEWEST_FIRST - int(delivery.settled.timestamp() * 1000)
    return f"{layout.OUTBOX_LOG}{countdown:013d}.{delivery.state}.{name_to_receiver(delivery.endpoint)}.{delivery.id}"


def waiting(context: Context, id_prefix: str = "") -> Iterator[Waiting]:
    """The names of what waits, in the order of ids. An object of another shape is not ours and is passed over."""
    for stored in context.store.walk(context.results, layout.OUTBOX + id_prefix):
        parts = stored.key.removeprefix(layout.OUTBOX).removesuffix(".json").split(".")
        if len(parts) == 3 and parts[2].isdecimal():  # noqa: PLR2004 - id, receiver, due
            due = datetime.fromtimestamp(int(parts[2]), UTC)
            yield Waiting(key=stored.key, id=parts[0], receiver=parts[1], due=due, changed=stored.last_modified)


def find_waiting(context: Context, delivery_id: str) -> tuple[Delivery | None, tuple[str, ...]]:
    """The delivery as it waits, and every name it waits under: after a crash several, then the furthest counts."""
    keys = tuple(found.key for found in waiting(context, f"{delivery_id}."))
    found = [delivery for key in keys if (delivery := _read(context, key)) is not None]
    return max(found, key=lambda d: (d.round, d.tried), default=None), keys


def find_settled(context: Context, delivery_id: str) -> Delivery | None:
    """The delivery as it was settled; where a crash left both places, the later one counts."""
    places = tuple(settled_key(delivery_id, state) for state in (DeliveryState.DELIVERED, DeliveryState.DEAD))
    found = [delivery for key in places if (delivery := _read(context, key)) is not None]
    return max(found, key=lambda d: (d.round, d.settled or d.created), default=None)


def find(context: Context, delivery_id: str) -> Delivery | None:
    """The delivery in its present state, or None."""
    pending, _ = find_waiting(context, delivery_id)
    settled = find_settled(context, delivery_id)
    if pending is None or settled is None:
        return pending or settled
    return pending if pending.round > settled.round else settled


def put_waiting(context: Context, delivery: Delivery, old_keys: tuple[str, ...] = ()) -> None:
    """Let it wait for `not_before`; then the names it waited under so far go."""
    key = delivery_to_waiting_key(delivery)
    context.store.put(context.results, key, value_to_json(delivery), JSON)
    _delete(context, tuple(old for old in old_keys if old != key))


def put_settled(context: Context, delivery: Delivery, old_keys: tuple[str, ...], before: Delivery | None) -> None:
    """Settle it: its record first, then its line in the log, and last the old names and the settlement `before` go."""
    key, line = settled_key(delivery.id, delivery.state), delivery_to_log_key(delivery)
    context.store.put(context.results, key, value_to_json(delivery), JSON)
    context.store.put(context.results, line, b"", "text/plain")
    _delete(context, old_keys)
    if before is not None and before.settled is not None:
        stale = (settled_key(before.id, before.state), delivery_to_log_key(before))
        _delete(context, tuple(old for old in stale if old not in {key, line}))


def read_receiver(context: Context, endpoint: Endpoint) -> Receiver:
    """How this endpoint is doing; one whose address was changed starts afresh."""
    fresh = Receiver(name=endpoint.name, address=hashlib.sha256(endpoint.url.encode()).hexdigest())
    data = context.store.get(context.results, _receiver_key(endpoint))
    known = fresh if data is None else json_to_value(data, Receiver)
    return known if known.address == fresh.address else fresh


def put_receiver(context: Context, endpoint: Endpoint, receiver: Receiver) -> None:
    """Remember how this endpoint is doing."""
    context.store.put(context.results, _receiver_key(endpoint), value_to_json(receiver), JSON)


def count_dead(context: Context) -> int:
    """How many dead letters there are; one listing, a page of it for each thousand."""
    return sum(1 for _ in context.store.walk(context.results, layout.DEAD))


def forget_dead(context: Context, before: datetime) -> int:
    """Remove the dead letters that were given up before this moment, the line of the log first; how many."""
    listed = context.store.walk(context.results, layout.DEAD)
    old = [stored.key for stored in listed if stored.last_modified < before]
    found = [delivery for key in old if (delivery := _read(context, key)) is not None]
    for delivery in found:
        _delete(context, (delivery_to_log_key(delivery), settled_key(delivery.id, DeliveryState.DEAD)))
    return len(found)


def page(  # noqa: PLR0913 - the questions that a page of them answers
    context: Context,
    *,
    endpoint: str | None = None,
    state: DeliveryState | None = None,
    offset: int = 0,
    limit: int = 50,
    wanted: Callable[[Delivery], bool] | None = None,
) -> tuple[tuple[Delivery, ...], bool]:
    """Deliveries newest first, and whether there are more; filtered by the endpoint's name and by state.

    Costs the listing of what waits and of the log as far as the page reaches, and one read for each line shown.
    With `wanted`, which looks at the delivery itself, each of the newest MAX_LOOKED_AT lines is read until it is full.
    """
    receiver = None if endpoint is None else name_to_receiver(endpoint)
    lines = (
        line
        for line in _lines(context)
        if (receiver is None or line.receiver == receiver) and (state is None or line.state is state)
    )
    if wanted is not None:
        newest = (_line_to_delivery(context, line) for line in islice(lines, MAX_LOOKED_AT))
        found = (delivery for delivery in newest if delivery is not None and wanted(delivery))
        page_and_next = tuple(islice(found, offset, offset + limit + 1))
        return page_and_next[:limit], len(page_and_next) > limit
    read = list(islice(lines, offset, offset + limit + 1))
    shown = tuple(d for line in read[:limit] if (d := _line_to_delivery(context, line)) is not None)
    return shown, len(read) > limit


def _line_to_delivery(context: Context, line: Line) -> Delivery | None:
    return _read(context, line.key) or find(context, line.id)


def settled(context: Context) -> Iterator[Line]:
    """The log: what was delivered or given up, newest first; one that was put back and settled again stands twice."""
    return _log(context)


def _lines(context: Context) -> Iterator[Line]:
    """What waits and what is settled, newest first, each id once."""
    pending = sorted(
        (
            Line(id=w.id, key=w.key, receiver=w.receiver, state=DeliveryState.PENDING, at=w.changed)
            for w in waiting(context)
        ),
        key=_age,
    )
    seen: set[str] = set()
    for line in heapq.merge(pending, _log(context), key=_age):
        if line.id not in seen:
            seen.add(line.id)
            yield line


def _age(line: Line) -> float:
    return -line.at.timestamp()


def _log(context: Context) -> Iterator[Line]:
    for stored in context.store.walk(context.results, layout.OUTBOX_LOG):
        countdown, state, receiver, delivery_id = stored.key.removeprefix(layout.OUTBOX_LOG).split(".")
        at = datetime.fromtimestamp((_NEWEST_FIRST - int(countdown)) / 1000, UTC)
        key = settled_key(delivery_id, DeliveryState(state))
        yield Line(id=delivery_id, key=key, receiver=receiver, state=DeliveryState(state), at=at)


def _read(context: Context, key: str) -> Delivery | None:
    data = context.store.get(context.results, key)
    return None if data is None else json_to_value(data, Delivery)


def _delete(context: Context, keys: tuple[str, ...]) -> None:
    for key in keys:
        context.store.delete(context.results, key)


def _receiver_key(endpoint: Endpoint) -> str:
    return f"{layout.RECEIVERS}{name_to_receiver(endpoint.name)}.json"
