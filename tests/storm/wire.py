"""A faulty TCP line: what goes wrong between a worker and Redis, without containers (reliability 8.7).

Toxiproxy does latency, slicing and resets; it has no "server side gone, client not told", which is the fault that made
workers deaf.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass, field
from enum import StrEnum

LOOPBACK = "127.0.0.1"

_CHUNK = 65536
_SLICE_PAUSE = 0.0005
_LATENCY = 0.5


class Mode(StrEnum):
    """What the line does to connections, those that stand and those that come."""

    PASS = "pass"
    REFUSE = "refuse"
    """New connections are reset, standing ones too."""
    RESET = "reset"
    """Standing connections are reset once; new ones pass."""
    HOLD = "hold"
    """Nothing passes either way; nobody is told."""
    HALF_OPEN = "half_open"
    """The server's side of what stands is gone, the client is not told; new connections pass."""
    SLICES = "slices"
    """Byte by byte."""
    LATENCY = "latency"
    """Half a second each way."""


@dataclass(eq=False, slots=True)
class _Pair:
    """One client and its connection to the server."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    silent: bool = False
    """The server's side is gone; the client's stays as it is."""


@dataclass(slots=True)
class Wire:
    """A TCP proxy on loopback whose `mode` may be changed while it runs."""

    target: int
    mode: Mode = Mode.PASS
    port: int = 0
    _pairs: set[_Pair] = field(default_factory=set)
    _passing: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None

    async def start(self, port: int = 0) -> int:
        """Listen; the port."""
        self._passing.set()
        self._server = await asyncio.start_server(self._serve, LOOPBACK, port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self.port

    def stop(self) -> None:
        """Stop listening and break every connection."""
        if self._server:
            self._server.close()
        self._reset_all()

    def change(self, mode: Mode) -> None:
        """From now on the line is like this."""
        self.mode = mode
        if mode is Mode.HOLD:
            self._passing.clear()
        else:
            self._passing.set()
        if mode in (Mode.RESET, Mode.REFUSE):
            self._reset_all()
        if mode is Mode.HALF_OPEN:
            self._leave_half_open()

    def _reset_all(self) -> None:
        for pair in tuple(self._pairs):
            reset(pair.client)
            reset(pair.server)

    def _leave_half_open(self) -> None:
        for pair in tuple(self._pairs):
            pair.silent = True
            pair.server.close()

    async def _serve(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        if self.mode is Mode.REFUSE:
            reset(client)
            return
        try:
            answers, server = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:
            reset(client)
            return
        pair = _Pair(client, server)
        self._pairs.add(pair)
        try:
            await asyncio.gather(self._pump(reader, server, pair, up=True), self._pump(answers, client, pair, up=False))
        finally:
            self._pairs.discard(pair)
            client.close()
            server.close()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, pair: _Pair, *, up: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(_CHUNK):
                await self._passing.wait()
                if pair.silent and up:
                    continue  # swallowed: nobody is there, and nobody says so
                await self._hand_on(data, sink)
        if pair.silent and not up:
            return  # the server went; the client is not told
        sink.close()

    async def _hand_on(self, data: bytes, sink: asyncio.StreamWriter) -> None:
        if self.mode is Mode.LATENCY:
            await asyncio.sleep(_LATENCY)
        if self.mode is not Mode.SLICES:
            sink.write(data)
            await sink.drain()
            return
        for at in range(len(data)):
            sink.write(data[at : at + 1])
            await sink.drain()
            await asyncio.sleep(_SLICE_PAUSE)


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection by RST, not by FIN."""
    found = writer.get_extra_info("socket")
    if found is not None:
        with contextlib.suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
