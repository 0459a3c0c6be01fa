"""The poster: one signed POST to one webhook endpoint. What is sent, when, and again is decided by tasks/outbox.py."""

from __future__ import annotations

from typing import Protocol

from parsers.model.value import Value


class Endpoint(Value):
    """A webhook receiver: its address, its `whsec_` secrets (the first signs, a second during rotation), its name."""

    name: str
    url: str
    secrets: tuple[str, ...]


class Answer(Value):
    """What the receiver said: an HTTP status, or None and a reason in one Chinese sentence; Retry-After in seconds."""

    status: int | None
    reason: str = ""
    retry_after: int | None = None

    @property
    def delivered(self) -> bool:
        """Any 2xx; a redirect is a failure."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - the 2xx class of RFC 9110


class Poster(Protocol):
    """Sends a body, signed after Standard Webhooks, to addresses that the settings allow; follows no redirect."""

    def post(self, endpoint: Endpoint, message_id: str, body: bytes) -> Answer:
        """Never raises for what the receiver or the network does."""
