"""The worker process: refuses a bad start, then consumes. Documents are parsed in the sandbox, never here."""

from __future__ import annotations

import warnings
from pathlib import Path

from celery import Celery, signals
from celery.apps import worker as celery_worker
from celery.exceptions import CPendingDeprecationWarning, SecurityWarning

from tasks.celery_tasks import QUEUES
from workers import log, reporting
from workers.build import settings_to_context
from workers.celery_app import make_app
from workers.config import Settings, load_settings
from workers.drain import drain_within
from workers.lifeline import die_with_parent
from workers.refusals import require_all
from workers.watchdog import WatchdogStep


def worker_app(settings: Settings) -> Celery:
    """The application as a worker runs it: with a context in each of its processes, and the watchdog."""
    app = make_app(settings.redis_url)
    app.settings = settings
    app.steps["worker"].add(WatchdogStep)
    app.conf.worker_consumer = "workers.strangers:Consumer"
    signals.worker_process_init.connect(lambda **_: _begin_child(app), weak=False)
    return app


def _begin_child(app: Celery) -> None:
    die_with_parent()  # a killed worker leaves nothing behind, whatever its children are busy with
    app.context = settings_to_context(app.settings, app)


def run(config: Path | None, queues: tuple[str, ...] = QUEUES) -> int:
    """Work until SIGTERM, which lets the documents at hand be finished. Raises ConfigurationError."""
    settings = load_settings(config)
    log.configure(settings.log, "worker")
    reporting.configure(settings, "worker")
    app = worker_app(settings)
    require_all(settings, app)
    settings_to_context(settings, app)  # what is wrong in the settings is said now, not by each child
    _quiet_celery()
    drain_within(app, settings.drain_seconds)
    arguments = ["--quiet", "worker", "--pool=prefork", f"--concurrency={settings.worker_processes}"]
    arguments += [f"--queues={','.join(queues)}", "--without-gossip", "--without-mingle", "--loglevel=INFO"]
    return int(app.start(arguments) or 0)


def _quiet_celery() -> None:
    """What Celery says to people beside the log, in English, is said in ours or not at all."""
    warnings.simplefilter("ignore", SecurityWarning)  # of root, because of pickle, which R1 shuts out
    # asks for a decision that R9 took; Celery switches its own warnings on when it sets up its log
    signals.celeryd_after_setup.connect(
        lambda **_: warnings.simplefilter("ignore", CPendingDeprecationWarning), weak=False
    )
    celery_worker.safe_say = lambda *_: None  # printed past every logger, from within a signal handler
