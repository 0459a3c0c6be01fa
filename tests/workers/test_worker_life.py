"""Real workers at the edges of their life: an end in good order, deafness, a colleague of another release."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from celery import Celery

from tasks.celery_tasks import HEAVY, to_message
from tasks.copies import to_ref
from tasks.ports.ledger import Tally
from tasks.ports.redis_ledger import RedisLedger
from tasks.ports.s3_store import S3Store, s3_client
from tests.workers.half_open import way_to
from tests.workers.odd_worker import DONE, LAST, NEW
from workers.celery_app import KEY_PREFIX, make_app
from workers.strangers import ASIDE, bring_back
from workers.watchdog import EXIT_WATCHDOG

pytestmark = pytest.mark.proof

PATIENCE = 60.0
MESSAGES = Path(__file__).parent / "messages"
"""Messages as a broker holds them, recorded from the release before; `ref` is filled in."""


@dataclass
class Desk:
    """A broker's database, two buckets, and the workers that were started on them."""

    environment: dict[str, str]
    client: Any
    app: Celery
    log: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, wanted: dict[str, object], **changes: str) -> subprocess.Popen[bytes]:
        """A worker that has begun to consume."""
        beats = self.client.scard("gouji:beats")
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "tests.workers.odd_worker", json.dumps(wanted)]
            worker = subprocess.Popen(
                command, env=self.environment | changes, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(worker)
        self.wait(lambda: self.client.scard("gouji:beats") > beats)
        return worker

    def send(self, task: str, **kwargs: object) -> None:
        self.app.send_task(task, kwargs=kwargs, queue=HEAVY)

    def waiting(self) -> int:
        return int(self.client.llen(KEY_PREFIX + HEAVY))

    def unacked(self) -> int:
        return int(self.client.hlen(f"{KEY_PREFIX}unacked"))

    def done(self) -> list[str]:
        """What the odd tasks told."""
        return [word.decode() for word in self.client.lrange(DONE, 0, -1)]

    def wait(self, is_so: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, self.log.read_text()[-3000:]
            time.sleep(0.02)


@pytest.fixture
def desk(valkey_url: str, s3_endpoint: str, tmp_path: Path) -> Iterator[Desk]:
    mark, database = uuid.uuid4().hex[:8], f"{valkey_url.rpartition('/')[0]}/9"
    names = {"GOUJI_INBOX_BUCKET": f"in-{mark}", "GOUJI_RESULTS_BUCKET": f"out-{mark}"}
    store = s3_client(s3_endpoint)
    for name in names.values():
        store.create_bucket(Bucket=name)
    told = {"REDIS_URL": database, "S3_ENDPOINT_URL": s3_endpoint, "GOUJI_STATE_DIR": str(tmp_path / "state")}
    client = redis.Redis.from_url(database)
    client.flushdb()
    made = Desk({**os.environ, **told, **names}, client, make_app(database), tmp_path / "worker.log")
    yield made
    for worker in made.running:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
    client.flushdb()
    client.close()
    made.app.close()


def end(worker: subprocess.Popen[bytes]) -> int:
    worker.send_signal(signal.SIGTERM)
    return worker.wait(PATIENCE)


def test_no_worker_holds_more_than_it_works_on_and_sigterm_lets_that_be_finished(desk: Desk) -> None:
    for _ in range(12):
        desk.send(LAST, seconds=0.2)
    worker = desk.start({})
    most = []
    while len(desk.done()) < 12:
        most.append(desk.unacked())
        time.sleep(0.02)
    begun_before = sorted(desk.done()).count("begun")
    assert end(worker) == 0
    words = desk.done()
    assert (max(most), begun_before >= 6, words.count("begun") - words.count("ended")) == (2, True, 0)
    assert (desk.waiting(), desk.unacked()) == (12 - words.count("ended"), 0)


def test_what_takes_longer_than_the_grace_is_given_back_at_once(desk: Desk) -> None:
    worker = desk.start({}, GOUJI_DRAIN_SECONDS="0.3")
    desk.send(LAST, seconds=600)
    desk.wait(lambda: desk.done() == ["begun"])
    begun = time.monotonic()
    end(worker)
    assert (desk.done(), desk.waiting(), desk.unacked()) == (["begun"], 1, 0)
    assert time.monotonic() - begun < 20


def test_a_worker_whose_connections_went_dead_leaves_and_is_counted(desk: Desk) -> None:
    parts = urlsplit(desk.environment["REDIS_URL"])
    assert parts.hostname is not None
    assert parts.port is not None
    with way_to(parts.hostname, parts.port) as way:
        own = f"redis://{parts.netloc.rpartition('@')[0]}@127.0.0.1:{way.port}{parts.path}"
        short = {"DEAF_SECONDS": 2.0, "STUCK_SECONDS": 3.0, "TICK_SECONDS": 0.3}
        # reliability E6: without a socket's time-out a dead connection is never noticed by the client itself
        worker = desk.start({"watchdog": short, "transport": {"socket_timeout": None}}, REDIS_URL=own)
        way.go_dead()
        desk.send(LAST, seconds=0)
        desk.send(LAST, seconds=0)
        assert worker.wait(PATIENCE) == EXIT_WATCHDOG
    assert list(RedisLedger(desk.client).tallied(Tally.WATCHDOG).values()) == [1]
    assert "自行退出" in desk.log.read_text()


def test_two_releases_share_a_queue_in_both_directions(desk: Desk) -> None:
    """The one worker does not know the task that the other has; messages come from either release."""
    store, inbox = S3Store(s3_client(desk.environment["S3_ENDPOINT_URL"])), desk.environment["GOUJI_INBOX_BUCKET"]
    results = desk.environment["GOUJI_RESULTS_BUCKET"]
    for name in ("old.txt", "new.txt"):
        store.put(inbox, name, f"某某局2023年政府信息公开工作年度报告\n{name}\n".encode(), "text/plain")
    refs = {stored.key: to_ref(inbox, stored) for stored in store.walk(inbox)}
    desk.start({"tasks": False})
    desk.client.lpush(KEY_PREFIX + HEAVY, recorded("process", ref=to_message(refs["old.txt"])))
    desk.send("gouji.process", ref=to_message(refs["new.txt"]) | {"colour": "red"}, shade=3)
    desk.send(NEW, word="known", newer=True)
    desk.wait(lambda: desk.client.llen(ASIDE) == 1)
    desk.wait(lambda: all(store.head(results, f"_submissions/{ref.job}/done.json") for ref in refs.values()))
    desk.start({"tasks": True})
    tries = 0
    while desk.done() != ["known"]:
        tries += bring_back(desk.app, desk.client)
        time.sleep(0.05)
        assert tries < 200
    desk.wait(lambda: desk.unacked() == 0)
    assert (desk.client.llen(ASIDE), desk.waiting()) == (0, 0)


def recorded(name: str, **kwargs: object) -> str:
    """The message of this task, as the release before sent it, for these arguments."""
    message = json.loads((MESSAGES / f"{name}.json").read_text())
    arguments, _, embedded = json.loads(base64.b64decode(message["body"]))
    message["body"] = base64.b64encode(json.dumps([arguments, kwargs, embedded]).encode()).decode()
    message["properties"]["delivery_tag"] = str(uuid.uuid4())
    return json.dumps(message)
