"""The context of a process: the real ports, from the settings."""

from __future__ import annotations

import logging
import os
import socket

import redis
from celery import Celery
from kombu.exceptions import KombuError, OperationalError

from tasks.celery_tasks import NOTIFY
from tasks.context import Context
from tasks.enclosure import Layer
from tasks.errors import TransientError
from tasks.messages import Reach
from tasks.ports.http_poster import HttpPoster
from tasks.ports.redis_ledger import RedisLedger, redis_client
from tasks.ports.s3_store import S3Store, s3_client
from tasks.sandbox import Sandbox
from workers.config import Settings, version
from workers.dispatch import Dispatcher, open_dispatcher, utc_now
from workers.judging import settings_to_judge
from workers.receivers import settings_to_endpoints, settings_to_openings

_LOG = logging.getLogger(__name__)


def settings_to_context(settings: Settings, app: Celery) -> Context:
    """Everything the stages may use of the outside. Raises ConfigurationError; connects when first used."""
    endpoints = settings_to_endpoints(settings)
    sandbox = Sandbox(accept_limits=settings.sandbox == Layer.LIMITS)
    dispatcher = open_dispatcher(settings, app)
    return Context(
        store=S3Store(s3_client(settings.s3_endpoint_url)),
        ledger=RedisLedger(redis_client(settings.redis_url)),
        poster=HttpPoster(openings=settings_to_openings(settings)),
        read=sandbox.read_directly,
        read_office=sandbox.read,
        reread=sandbox.reread,
        member=sandbox.member,
        render=sandbox.render,
        inbox=settings.inbox_bucket,
        results=settings.results_bucket,
        endpoints=endpoints,
        clock=utc_now,
        worker=f"{socket.gethostname()}:{os.getpid()}",
        link=lambda job: f"{settings.web_url.rstrip('/')}/documents/{job}",
        enqueue_notify=lambda job: _enqueue_notify(app, job) if endpoints else None,
        enqueue=dispatcher.enqueue,
        enqueue_across=lambda job, reach: _enqueue_across(dispatcher, job, reach),
        version=version(),
        judge=settings_to_judge(settings),
    )


def _enqueue_across(dispatcher: Dispatcher, job: str, reach: Reach) -> bool:
    """Compare soon; if the broker is down, the sweep finds the note."""
    try:
        return dispatcher.enqueue_across(job, reach)
    except TransientError as error:
        _LOG.warning("比对留待定期核对：%s", error)
        return False


def _enqueue_notify(app: Celery, job: str) -> None:
    """Tell the receivers soon; if the broker is down, the sweep tells them."""
    try:
        app.send_task(NOTIFY, kwargs={"job": job})
    except (OperationalError, KombuError, redis.RedisError, OSError) as error:
        _LOG.warning("推送留待定期核对：%s", type(error).__name__)
