"""A webhook receiver that answers 204, and now and then 500 or nothing; what it took stands in its log."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.storm.wire import LOOPBACK


@dataclass(slots=True)
class Receiver:
    """Listens on loopback from `start` on. `taken` are (webhook-id, event type, job) in the order of arrival."""

    chance: random.Random
    failing: float = 0.0
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    refused: int = 0
    _server: ThreadingHTTPServer | None = None

    def start(self) -> int:
        """The port."""
        self._server = _Server((LOOPBACK, 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return int(self._server.server_address[1])

    def take(self, message_id: str, body: bytes) -> int:
        """The answer's status."""
        if self.chance.random() < self.failing:
            self.refused += 1
            return 500
        told = json.loads(body)
        self.taken.append((message_id, told["type"], told["data"]["job"]))
        return 204

    def stop(self) -> None:
        """No longer listen."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:  # the sender was killed
                self.close_connection = True
                return
            status = receiver.take(self.headers["webhook-id"], body)
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    return Handler
