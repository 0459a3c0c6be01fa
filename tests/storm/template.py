"""A preloaded process that forks workers, each of which then starts as `gouji worker` does.

A plain start costs about a second and a half of CPU, most of it imports: at one kill a second two cores would do
nothing else. What is forked has the imports (the readers' too: its warm parent is forked, not started) and the answer
which walls this machine offers; settings, the other checks, connections, pool and sandbox are its own. The run's report
says which way was taken (`starts`).

`python -m tests.storm.template`: a line `start LOG` on stdin forks a worker in a session of its own and answers
`started PID`; `ended PID CODE` follows when it ends.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import sys

from celery import signals  # noqa: F401 - what a worker imports when it starts is imported here
from celery.app import trace  # noqa: F401
from celery.apps import worker as _worker  # noqa: F401
from celery.bin import celery as _command  # noqa: F401
from celery.concurrency import asynpool, prefork  # noqa: F401
from celery.worker import worker as _controller  # noqa: F401
from kombu.transport import redis as _transport  # noqa: F401

from tasks.ports.s3_store import s3_client
from tasks.sandbox_server import warm
from tests.storm.poison import arm
from workers import app

_groups: set[int] = set()
"""The workers that run."""


def _fork(log: str) -> int:
    pid = os.fork()
    if pid:
        _groups.add(pid)
        return pid
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, own in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(number, own)
    code = 1
    try:
        code = app.run(None)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - the last line of a process
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _reap() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _groups.discard(pid)
        print(f"ended {pid} {os.waitstatus_to_exitcode(status)}", flush=True)


def main() -> None:
    """Serve until stdin ends; workers that still run are the harness's to end."""
    warm()
    s3_client("http://127.0.0.1:9")  # reads the description of S3, asks nothing
    arm()
    gc.collect()
    gc.freeze()
    waiting, waker = os.pipe()
    os.set_blocking(waiting, False)
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([0, waiting], [], [])
        if waiting in ready:
            os.read(waiting, 4096)
            _reap()
        if 0 in ready:
            for order in _orders():
                print(f"started {_fork(order)}", flush=True)


def _orders() -> list[str]:
    data = os.read(0, 4096)
    if not data:  # the harness is gone, or has done: nothing of ours stays
        for group in _groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        sys.exit(0)
    return [line.removeprefix("start ") for line in data.decode().splitlines()]


if __name__ == "__main__":
    main()
