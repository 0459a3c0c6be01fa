"""An end in good order that has an end: on SIGTERM the documents at hand are finished, or after a while given back.

Celery waits for its tasks for ever; a supervisor does not. What a killed worker held would come back only after the
visibility timeout, or by the sweep.
"""

from __future__ import annotations

import logging
import os
import signal
import threading

from celery import Celery, signals

_LOG = logging.getLogger(__name__)


def drain_within(app: Celery, seconds: float) -> None:
    """From SIGTERM on, wait so long; then give back what is at hand: its messages return to their queue at once."""

    def begin(how: str = "", **_: object) -> None:
        if how == "Warm":
            _LOG.info("不再接收新文件，手头的处理完就停；最多等 %g 秒", seconds)
            threading.Thread(target=give_back, daemon=True, name="drain").start()

    def give_back() -> None:
        threading.Event().wait(seconds)
        _LOG.warning("仍有文件没有处理完，已退回队列，由其他进程处理")
        app.conf.worker_soft_shutdown_timeout = 0  # the waiting is over
        os.kill(os.getpid(), signal.SIGQUIT)

    signals.worker_shutting_down.connect(begin, weak=False)
