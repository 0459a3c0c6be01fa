"""The line to Redis does what it is told, seen by a client of a server that echoes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.storm.wire import LOOPBACK, Mode, Wire

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
LITTLE = 0.3


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(100):
        writer.write(data)
    writer.close()


@asynccontextmanager
async def through_a_wire() -> AsyncIterator[tuple[Wire, Callable[[], Awaitable[Streams]]]]:
    server = await asyncio.start_server(_echo, LOOPBACK, 0)
    wire = Wire(server.sockets[0].getsockname()[1])
    port = await wire.start()
    opened: list[asyncio.StreamWriter] = []

    async def connect() -> Streams:
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        opened.append(writer)
        return reader, writer

    try:
        yield wire, connect
    finally:
        for writer in opened:
            writer.transport.abort()
        wire.stop()
        server.close()
        await asyncio.sleep(0.05)


async def ask(streams: Streams, word: bytes = b"ping") -> bytes:
    reader, writer = streams
    writer.write(word)
    return await asyncio.wait_for(reader.readexactly(len(word)), LITTLE)


def test_a_calm_line_passes_both_ways() -> None:
    async def act() -> bytes:
        async with through_a_wire() as (_, connect):
            return await ask(await connect())

    assert asyncio.run(act()) == b"ping"


def test_a_half_open_line_tells_the_client_nothing_and_lets_new_ones_pass() -> None:
    async def act() -> tuple[bool, bytes]:
        async with through_a_wire() as (wire, connect):
            old = await connect()
            await ask(old)
            wire.change(Mode.HALF_OPEN)
            try:
                await ask(old)
                silent = False
            except TimeoutError:
                silent = not old[0].at_eof()
            return silent, await ask(await connect())

    assert asyncio.run(act()) == (True, b"ping")


def test_a_reset_ends_what_stands_by_rst() -> None:
    async def act() -> None:
        async with through_a_wire() as (wire, connect):
            old = await connect()
            await ask(old)
            wire.change(Mode.RESET)
            await asyncio.sleep(0.05)
            await old[0].read(1)

    with pytest.raises(ConnectionResetError):
        asyncio.run(act())


def test_a_line_that_refuses_lets_nobody_in() -> None:
    async def act() -> None:
        async with through_a_wire() as (wire, connect):
            wire.change(Mode.REFUSE)
            await ask(await connect())

    with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
        asyncio.run(act())


def test_what_was_held_comes_when_the_line_passes_again() -> None:
    async def act() -> tuple[bool, bytes]:
        async with through_a_wire() as (wire, connect):
            streams = await connect()
            await ask(streams)
            wire.change(Mode.HOLD)
            try:
                await ask(streams)
                held = False
            except TimeoutError:
                held = True
            wire.change(Mode.PASS)
            return held, await asyncio.wait_for(streams[0].readexactly(4), LITTLE)

    assert asyncio.run(act()) == (True, b"ping")


def test_a_slow_line_takes_half_a_second_each_way() -> None:
    async def act() -> float:
        async with through_a_wire() as (wire, connect):
            streams = await connect()
            wire.change(Mode.LATENCY)
            began = time.monotonic()
            streams[1].write(b"x")
            await asyncio.wait_for(streams[0].readexactly(1), 3)
            return time.monotonic() - began

    assert asyncio.run(act()) >= 1.0
