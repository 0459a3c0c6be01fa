"""Event intake: storage events by SQS queue and by HTTP push become submissions in the queue.

An event is only a hint; whatever gets lost here is found by the sweep.
"""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import uvicorn
from celery import Celery

from tasks.errors import ConfigurationError
from tasks.ports.redis_ledger import RedisLedger, redis_client
from tasks.ports.s3_store import S3Store, s3_client
from workers import log, reporting
from workers.celery_app import make_app as make_celery_app
from workers.clients import sqs_client
from workers.config import Settings, load_settings
from workers.dispatch import open_dispatcher
from workers.embedded.process import require_free
from workers.exit_codes import EXIT_SETTINGS
from workers.heartbeat import Heart
from workers.intake.http import make_app
from workers.intake.receive import Intake
from workers.intake.sqs import Consumer
from workers.refusals import require_all
from workers.setup import require_queue

__all__ = ["run"]

_GRACE_SECONDS = 3


def run(config: Path | None) -> int:
    """Serve the entrances that are set up until SIGTERM. Raises ConfigurationError."""
    settings = load_settings(config)
    log.configure(settings.log, "intake")
    reporting.configure(settings, "intake")
    secret = settings.intake_secret.get_secret_value()
    if not secret and not settings.events_queue_url:
        raise ConfigurationError(
            "没有事件来源：请设 GOUJI_EVENTS_QUEUE_URL（SQS 队列）或 GOUJI_INTAKE_SECRET（HTTP 推送的口令）；"
            "只靠定期核对时不需要启动 intake",
            EXIT_SETTINGS,
        )
    app = make_celery_app(settings.redis_url)
    require_all(settings, app)
    intake = _intake(settings, app)
    consumer = _start_consumer(intake, settings.events_queue_url)
    heart = Heart(RedisLedger(redis_client(settings.redis_url)), "intake", lambda: _note(consumer))
    heart.start()
    try:
        return _serve(settings, intake, secret) if secret else _wait()
    finally:
        if consumer:
            consumer.stop.set()


def _intake(settings: Settings, app: Celery) -> Intake:
    dispatcher = open_dispatcher(settings, app)
    return Intake(
        store=S3Store(s3_client(settings.s3_endpoint_url)),
        inbox=settings.inbox_bucket,
        results=settings.results_bucket,
        enqueue=dispatcher.enqueue,
        queue_length=dispatcher.queue_length,
        queue_limit=settings.queue_limit,
    )


def _start_consumer(intake: Intake, queue_url: str) -> Consumer | None:
    if not queue_url:
        return None
    sqs = sqs_client(queue_url)
    require_queue(sqs, queue_url)
    consumer = Consumer(intake, sqs, queue_url)
    # a daemon: a long poll must not hold up the end; what it had in hand is delivered again
    threading.Thread(target=consumer.run, daemon=True, name="sqs").start()
    return consumer


def _serve(settings: Settings, intake: Intake, secret: str) -> int:
    require_free(settings.intake_port, "事件接收（GOUJI_INTAKE_PORT）", settings.intake_host)
    uvicorn.run(
        make_app(intake, secret, settings.intake_allow),
        host=settings.intake_host,
        port=settings.intake_port,
        access_log=False,  # it would write the secret of the path
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        server_header=False,
    )
    return 0


def _wait() -> int:
    """Nothing to serve: the consumer's thread works until SIGTERM or Ctrl-C."""
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    return 0


def _note(consumer: Consumer | None) -> str:
    return f"SQS：已接收 {consumer.received} 份" if consumer else "HTTP 推送"
