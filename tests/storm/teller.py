"""Tells the intake of uploads by HTTP, as a store does: in the form and with the encoding of its kind."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from tests.storm.wire import LOOPBACK


@dataclass(slots=True)
class Teller:
    """Posts events to the intake's port from a thread of its own; one that is refused is not repeated."""

    port: int
    inbox: str
    counts: Counter[str] = field(default_factory=Counter)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self, events: list[tuple[float, str, bool]]) -> None:
        """From now on: (seconds from now, key, whether the key is encoded)."""
        self._thread = threading.Thread(target=self._tell_all, args=(events, time.monotonic()), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._over.set()
        if self._thread:
            self._thread.join(40)

    def _tell_all(self, events: list[tuple[float, str, bool]], began: float) -> None:
        for at, key, is_encoded in events:
            if self._over.wait(max(0.0, began + at - time.monotonic())):
                return
            self.counts[
                "events told" if self._tell(key_to_event(self.inbox, key, is_encoded)) else "events refused"
            ] += 1

    def _tell(self, body: bytes) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)
        try:
            connection.request("POST", "/events/storm", body)
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()


def key_to_event(inbox: str, key: str, is_encoded: bool) -> bytes:  # noqa: FBT001 - a fact of the event
    """The event of an upload: AWS encodes the key, Ceph RGW writes it as it is."""
    source, written = ("aws:s3", quote_plus(key, safe="/")) if is_encoded else ("ceph:s3", key)
    record = {
        "eventSource": source,
        "eventName": "ObjectCreated:Put",
        "s3": {"bucket": {"name": inbox}, "object": {"key": written}},
    }
    return json.dumps({"Records": [record]}).encode()
