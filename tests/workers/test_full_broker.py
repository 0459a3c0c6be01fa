"""T10: Redis has reached its memory. Intake says 503, workers and sweep go on as they can, and nothing is lost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from fastapi.testclient import TestClient

from tasks.context import Context
from tasks.errors import TransientError
from workers.build import settings_to_context
from workers.celery_app import make_app as make_celery_app
from workers.config import Settings
from workers.dispatch import Dispatcher, open_dispatcher
from workers.embedded import start
from workers.intake.http import make_app
from workers.intake.receive import Intake
from workers.supervise import REFUSALS
from workers.sweep import Sweeper, finished_jobs

pytestmark = pytest.mark.proof

MEMORY = 16 * 1024 * 1024
SECRET = "made-up"
PATIENCE = 90.0
FULL_SECONDS = 8
DOCUMENTS = 30


@dataclass
class Office:
    """A broker of 16 MB, a store, an intake, and a real worker."""

    client: redis.Redis
    context: Context
    dispatcher: Dispatcher
    intake: TestClient
    environment: dict[str, str]
    log: Path

    def fill(self) -> None:
        """Use up the memory for some seconds, to the last byte; what fills it goes by itself, as a burst does."""
        for size in (64_000, 1_000, 10):
            refused = 0
            while refused < 30:  # what clients have under way counts as memory too, so one refusal says little
                try:
                    self.client.set(f"padding:{uuid.uuid4().hex}", "x" * size, ex=FULL_SECONDS)
                except redis.OutOfMemoryError:
                    refused += 1

    def announce(self, key: str) -> int:
        """The bucket tells of an upload; what the intake answers."""
        place = {"bucket": {"name": self.context.inbox}, "object": {"key": key}}
        event = {"Records": [{"eventName": "ObjectCreated:Put", "s3": place}]}
        return self.intake.post(f"/events/{SECRET}", content=json.dumps(event)).status_code


@pytest.fixture
def office(s3_endpoint: str, tmp_path: Path) -> Iterator[Office]:
    servers = start(tmp_path / "broker", with_valkey=True, with_s3=False)
    mark = uuid.uuid4().hex[:8]
    told = {
        "REDIS_URL": servers.environment["REDIS_URL"],
        "S3_ENDPOINT_URL": s3_endpoint,
        "GOUJI_INBOX_BUCKET": f"in-{mark}",
        "GOUJI_RESULTS_BUCKET": f"out-{mark}",
        "GOUJI_STATE_DIR": str(tmp_path / "state"),
    }
    settings = Settings.model_validate({n.lower().removeprefix("gouji_"): v for n, v in told.items()})
    app = make_celery_app(settings.redis_url)
    context, dispatcher = settings_to_context(settings, app), open_dispatcher(settings, app)
    for bucket in (settings.inbox_bucket, settings.results_bucket):
        context.store.client.create_bucket(Bucket=bucket)  # type: ignore[attr-defined] # it is the S3 store
    intake = Intake(
        store=context.store,
        inbox=context.inbox,
        results=context.results,
        enqueue=dispatcher.enqueue,
        queue_length=dispatcher.queue_length,
        queue_limit=settings.queue_limit,
    )
    client = redis.Redis.from_url(settings.redis_url)
    client.config_set("maxmemory", MEMORY)
    yield Office(
        client, context, dispatcher, TestClient(make_app(intake, SECRET)), {**os.environ, **told}, tmp_path / "log"
    )
    client.close()
    app.close()
    servers.stop()


def test_a_full_broker_is_answered_by_503_loses_nothing_and_recovers_alone(office: Office) -> None:
    keys = [f"{number:02d}.txt" for number in range(DOCUMENTS)]
    for key in keys:
        office.context.store.put(office.context.inbox, key, f"{key}\n一、总体情况\n".encode(), "text/plain")
    before = [office.announce(key) for key in keys[:10]]
    office.fill()
    full = [office.announce(key) for key in keys[10:]]
    refused = sweep_until_all_ended(office)
    after, facts = office.announce(keys[0]), office.client.info("stats")
    # Redis frees some of its own memory meanwhile, so that some get in
    assert (set(before), 503 in full, set(full) <= {200, 503}, after) == ({200}, True, True, 200)
    assert facts["evicted_keys"] == 0
    assert (len(finished_jobs(office.context)), refused > 0) == (DOCUMENTS, True), office.log.read_text()[-2000:]


def sweep_until_all_ended(office: Office) -> int:
    """How often the sweep was refused by the full broker. A worker that the broker throws out is started again."""
    sweeper = Sweeper(context=office.context, enqueue=office.dispatcher.enqueue, min_age=timedelta(0))
    refused, deadline, worker = 0, time.monotonic() + PATIENCE, start_worker(office)
    try:
        while len(finished_jobs(office.context)) < DOCUMENTS and time.monotonic() < deadline:
            if (code := worker.poll()) is not None:
                assert code not in REFUSALS
                worker = start_worker(office)
            with contextlib.suppress(TransientError):
                refused += 1
                sweeper.sweep()
                refused -= 1
            time.sleep(0.2)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    return refused


def start_worker(office: Office) -> subprocess.Popen[bytes]:
    with office.log.open("ab") as log:
        command = [sys.executable, "-m", "workers", "worker"]
        return subprocess.Popen(command, env=office.environment, stdout=log, stderr=log, start_new_session=True)
