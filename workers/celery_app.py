"""The Celery application and its settings; reliability.md section 4 gives the reason of each (R1 to R11)."""

from __future__ import annotations

import ssl
from typing import Any

from celery import Celery
from kombu.entity import Queue

from tasks.celery_tasks import HEAVY, QUEUES, route
from workers.config import VISIBILITY_SECONDS

KEY_PREFIX = "gouji:queue:"
"""Before every key of the broker, beside the ledger's own `gouji:`."""

TRANSPORT = {
    "visibility_timeout": VISIBILITY_SECONDS,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # R11: without socket_timeout a silently dead connection is never noticed
    "socket_timeout": 15,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "global_keyprefix": KEY_PREFIX,
    "client_name": "gouji",
}

SETTINGS: dict[str, Any] = {
    "task_serializer": "json",
    "result_serializer": "json",
    "accept_content": ["json"],  # R1: write access to the broker must not mean code execution
    "result_accept_content": ["json"],
    "task_acks_late": True,  # R2: a crash must not acknowledge
    "task_reject_on_worker_lost": False,  # R3: unbounded
    "task_retry_on_worker_lost": True,  # R3: three runs at most
    "task_acks_on_failure": True,  # R4: the sweep brings back what failed
    "task_acks_on_timeout": True,
    "task_ignore_result": True,  # R5: results live in the bucket
    "task_soft_time_limit": 330,  # R6: child's wall 300 < 330 < 360 < 900
    "task_time_limit": 360,
    "task_publish_retry_policy": {"max_retries": 3, "interval_start": 0.2, "interval_max": 2},
    "task_default_queue": HEAVY,
    "task_create_missing_queues": False,
    "worker_pool": "prefork",  # F22: neither threads nor greenlets; the readers' libraries are not safe in them
    "worker_prefetch_multiplier": 1,
    "worker_disable_prefetch": True,  # R7: nobody hoards; the queue's length is true
    "worker_max_tasks_per_child": 200,
    "worker_max_memory_per_child": 400_000,
    "worker_soft_shutdown_timeout": 60,  # R8: for SIGQUIT; SIGTERM waits for the documents at hand and no longer
    # R8 differs: soft shutdown sleeps its whole time; an idle worker has nothing to wait for, and we send no ETA tasks
    "worker_enable_soft_shutdown_on_idle": False,
    "worker_cancel_long_running_tasks_on_connection_loss": False,  # R9
    "worker_send_task_events": False,
    "worker_hijack_root_logger": False,
    "broker_transport": "workers.envelopes:Transport",  # Redis; a message that cannot be opened ends no worker
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_pool_acquire_timeout": 10,
    "broker_transport_options": TRANSPORT,
    "result_backend_transport_options": {"visibility_timeout": VISIBILITY_SECONDS},
    "visibility_timeout": VISIBILITY_SECONDS,
    "timezone": "Asia/Shanghai",
    "enable_utc": True,
}


def _queue(name: str) -> Any:
    return Queue(name, routing_key=name)  # type: ignore[no-untyped-call] # kombu types its package only in part


def make_app(redis_url: str, visibility_seconds: int = VISIBILITY_SECONDS) -> Celery:
    """The application on this broker; without a result backend."""
    app = Celery("gouji", broker=redis_url, backend=None, set_as_current=True)
    app.conf.update(SETTINGS)
    app.conf.broker_transport_options = TRANSPORT | {"visibility_timeout": visibility_seconds}
    app.conf.visibility_timeout = visibility_seconds
    if redis_url.startswith("rediss:"):  # a transport of our own name would pass over TLS
        app.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED}
    app.conf.task_queues = tuple(_queue(name) for name in QUEUES)
    app.conf.task_routes = (_route,)
    return app


def _route(name: str, *_rest: object, **_options: object) -> dict[str, str]:
    return {"queue": route(name)}
