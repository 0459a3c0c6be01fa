"""The poster's memory twin: keeps what was posted and answers as it was told to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.model.value import Value
from tasks.ports.poster import Answer, Endpoint

Answering = Callable[[Endpoint, str, bytes], Answer]


class Posted(Value):
    """One message as the receiver would have got it."""

    endpoint: str
    id: str
    body: bytes


def _accept(endpoint: Endpoint, message_id: str, body: bytes) -> Answer:  # noqa: ARG001 - accepts whatever it is
    return Answer(status=204)


@dataclass(slots=True)
class MemoryPoster:
    """The Poster in a list. `answering` plays the receivers. Safe to use from threads."""

    answering: Answering = _accept
    posted: list[Posted] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, endpoint: Endpoint, message_id: str, body: bytes) -> Answer:
        """Keep the message and give the answer."""
        with self._lock:
            self.posted.append(Posted(endpoint=endpoint.name, id=message_id, body=body))
        return self.answering(endpoint, message_id, body)
