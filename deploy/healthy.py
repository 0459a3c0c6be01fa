"""The health check of a container: `healthy.py [worker|intake|sweep|web]` exits 0 if that process here is well.

`intake` and `web` are asked over HTTP; `worker` must have touched its file in the state directory within a minute;
`sweep` must have shown a sign of life in the ledger. Without an argument the process is the container's own (the last
word of process 1).
It is a diagnosis for people and for `depends_on`: no process should be restarted because the broker is away.
"""

from __future__ import annotations

import socket
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tasks.errors import TransientError
from tasks.ports.redis_ledger import RedisLedger, redis_client
from workers.config import Settings, load_settings
from workers.watchdog import alive_files

FRESH = timedelta(seconds=60)
SECONDS = 5


def main() -> None:
    """Exit 0 or 1, with a reason."""
    process = sys.argv[1] if len(sys.argv) > 1 else own_process()
    reason = what_is_wrong(process, load_settings())
    sys.exit(reason or 0)


def own_process() -> str:
    """The command of this container, as process 1 has it (an init in front of it does not matter)."""
    return Path("/proc/1/cmdline").read_bytes().rstrip(b"\0").split(b"\0")[-1].decode()


def what_is_wrong(process: str, settings: Settings) -> str:
    """A reason, or nothing."""
    if process == "web":
        return no_answer(settings.web_port)
    if process == "intake":
        return no_answer(settings.intake_port)
    if process == "worker":
        return no_fresh_file(settings.state_dir)
    return no_sign_of_life(process, settings.redis_url)


def no_answer(port: int) -> str:
    """Why this port of ours gives no answer, or nothing."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=SECONDS):
            return ""
    except OSError as error:
        return str(error)


def no_fresh_file(folder: Path) -> str:
    """Why the worker's own loop does not seem to turn, or nothing."""
    youngest = max((path.stat().st_mtime for path in alive_files(folder)), default=0.0)
    return "" if time.time() - youngest < FRESH.seconds else f"the worker's loop has not turned for {FRESH.seconds} s"


def no_sign_of_life(process: str, redis_url: str) -> str:
    """Why nothing was heard of this process on this machine in the last minute, or nothing."""
    host, now = socket.gethostname(), datetime.now(UTC)
    try:
        beats = RedisLedger(redis_client(redis_url)).heartbeats()
    except TransientError as error:
        return str(error)
    heard = [b for b in beats if b.process == process and b.instance.startswith(f"{host}:") and now - b.at < FRESH]
    return "" if heard else f"nothing heard of {process} for {FRESH.seconds} s"


if __name__ == "__main__":
    main()
