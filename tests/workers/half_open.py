"""A way to the broker whose connections can go dead without a word: bytes are swallowed, nothing is closed."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

_BYTES = 65536


@dataclass
class Way:
    """One listening port in front of a server."""

    target: tuple[str, int]
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    living: list[threading.Event] = field(default_factory=list)
    opened: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where to connect to."""
        return int(self.listener.getsockname()[1])

    def go_dead(self) -> None:
        """Every connection of now stays open and says nothing more; new ones work."""
        for alive in self.living:
            alive.clear()

    def accept(self) -> None:
        """Serve until closed."""
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(self.target)
                alive = threading.Event()
                alive.set()
                self.living.append(alive)
                self.opened += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=_carry, args=(source, sink, alive), daemon=True).start()


def _carry(source: socket.socket, sink: socket.socket, alive: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(_BYTES):
            if alive.is_set():
                sink.sendall(data)
        if alive.is_set():
            sink.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def way_to(host: str, port: int) -> Iterator[Way]:
    """A way that is open for the block."""
    way = Way((host, port))
    threading.Thread(target=way.accept, daemon=True).start()
    try:
        yield way
    finally:
        way.listener.close()
        for one in way.opened:
            one.close()
