"""What the outbox keeps: a delivery (one event for one receiver, with its attempts), and how a receiver is doing."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from parsers.model.value import Value
from tasks.ports.poster import Answer
from tasks.schedule import ATTEMPTS, delay_before, patience

GONE = 410
BREAKER_FAILURES = 10
BREAKER_PAUSE = timedelta(minutes=5)


class DeliveryState(StrEnum):
    """pending waits for its next attempt; delivered and dead are settled."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


class Sending(Value):
    """One POST: when, what came back (None = no answer), the reason in one Chinese sentence; by hand or by schedule."""

    at: datetime
    status: int | None
    reason: str = ""
    manual: bool = False


class Delivery(Value):
    """One event for one receiver. `id` is the webhook-id; `body` is sent as it stands here, each time.

    `round` counts how often people put it back; `sendings` is the whole history, `tried` those of this round;
    `not_before` the next one; `note` says in Chinese why it was given up; `settled` when it was delivered or given up.
    """

    id: str
    type: str
    job: str
    endpoint: str
    body: str
    created: datetime
    not_before: datetime
    state: DeliveryState = DeliveryState.PENDING
    sendings: tuple[Sending, ...] = ()
    tried: int = 0
    round: int = 0
    sequence: int = 1
    settled: datetime | None = None
    note: str = ""


class Receiver(Value):
    """How an endpoint is doing; kept only from its first failure on. `address` is the hash of its url.

    `failures` in a row; nothing is sent before `paused_until`; `disabled` after a 410, until a success by hand.
    """

    name: str
    address: str
    failures: int = 0
    paused_until: datetime | None = None
    disabled: bool = False
    last_failure: Sending | None = None

    def is_paused(self, now: datetime) -> bool:
        """Is nothing to be sent there now."""
        return self.paused_until is not None and now < self.paused_until


def answered(delivery: Delivery, answer: Answer, now: datetime) -> Delivery:
    """The delivery after a scheduled attempt: delivered, dead, or waiting for the next one."""
    sending = Sending(at=now, status=answer.status, reason=answer.reason)
    tried = msgspec.structs.replace(delivery, sendings=(*delivery.sendings, sending), tried=delivery.tried + 1)
    if answer.delivered:
        return msgspec.structs.replace(tried, state=DeliveryState.DELIVERED, settled=now, note="")
    if answer.status == GONE:
        return given_up(tried, now, "接收端答复 410，表示不再接收，已停止推送。")
    if tried.tried >= ATTEMPTS:
        return given_up(tried, now, f"已按计划推送 {ATTEMPTS} 次，均未成功。")
    wait = max(delay_before(delivery.id, tried.tried + 1), patience(answer.status, answer.retry_after))
    return msgspec.structs.replace(tried, not_before=now + wait)


def answered_by_hand(delivery: Delivery, answer: Answer, now: datetime) -> Delivery:
    """The delivery after somebody sent it again: a success settles it, a failure only joins the history."""
    sending = Sending(at=now, status=answer.status, reason=answer.reason, manual=True)
    longer = msgspec.structs.replace(delivery, sendings=(*delivery.sendings, sending))
    if not answer.delivered:
        return longer
    return msgspec.structs.replace(longer, state=DeliveryState.DELIVERED, settled=now, note="")


def given_up(delivery: Delivery, now: datetime, note: str) -> Delivery:
    """A dead letter."""
    return msgspec.structs.replace(delivery, state=DeliveryState.DEAD, settled=now, note=note)


def put_back(delivery: Delivery, now: datetime) -> Delivery:
    """The delivery at the start of a new round of the whole schedule; its id and history stay."""
    return msgspec.structs.replace(
        delivery,
        state=DeliveryState.PENDING,
        not_before=now,
        tried=0,
        round=delivery.round + 1,
        settled=None,
        note="",
    )


def receiver_after(receiver: Receiver, answer: Answer, now: datetime) -> Receiver:
    """The receiver after an answer: a success clears everything, the tenth failure in a row opens the breaker."""
    if answer.delivered:
        return Receiver(name=receiver.name, address=receiver.address)
    failures = receiver.failures + 1
    pause = max(
        BREAKER_PAUSE if failures >= BREAKER_FAILURES else timedelta(),
        patience(answer.status, answer.retry_after),
    )
    return msgspec.structs.replace(
        receiver,
        failures=failures,
        paused_until=now + pause if pause else None,
        disabled=receiver.disabled or answer.status == GONE,
        last_failure=Sending(at=now, status=answer.status, reason=answer.reason),
    )
