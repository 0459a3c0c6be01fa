"""One proxy as a process of its own: `python -m tests.storm.lines redis|s3 LISTEN TARGET LOG`; orders come by stdin."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path
from typing import Any

from tests.storm.stutter import Fault, Stutter, Weather
from tests.storm.wire import Mode, Wire


async def _orders() -> Any:
    """Lines of JSON from stdin, until it ends."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


def _say(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


async def _wire(listen: int, target: int) -> None:
    wire = Wire(target)
    _say({"port": await wire.start(listen)})
    async for order in _orders():
        wire.change(Mode(order["mode"]))
        _say({"mode": wire.mode})


async def _stutter(listen: int, target: int, log: Path) -> None:
    with log.open("a", encoding="utf-8") as lines:
        proxy = Stutter(target, lines, Weather({}, random.Random(0)))  # noqa: S311 - faults, no secret
        _say({"port": await proxy.start(listen)})
        async for order in _orders():
            if "seed" in order:
                chance = random.Random(order["seed"])  # noqa: S311 - the same
                rates, uploads = ({Fault(n): r for n, r in order[which].items()} for which in ("rates", "uploads"))
                proxy.weather = Weather(rates, chance, order["stall_seconds"], order["inbox"], uploads)
            _say({"counts": dict(proxy.counts), "requests": proxy.requests})


def main(kind: str, listen: int, target: int, log: Path) -> None:
    """Serve until stdin ends."""
    asyncio.run(_wire(listen, target) if kind == "redis" else _stutter(listen, target, log))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
