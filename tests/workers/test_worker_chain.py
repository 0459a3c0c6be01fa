"""A real worker process on a real broker and store: what is put into the inbox gets its one terminal marker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import redis

from tasks.context import Context
from tasks.copies import to_ref
from tests.make.archive import to_zip
from workers.build import settings_to_context
from workers.celery_app import make_app
from workers.config import Settings
from workers.dispatch import Dispatcher, open_dispatcher
from workers.sweep import Sweeper, finished_jobs

PATIENCE = 90.0


@dataclass(slots=True)
class World:
    """Own buckets, an own database of the broker, and the worker as it is started in earnest."""

    settings: Settings
    environment: dict[str, str]
    context: Context
    dispatcher: Dispatcher
    log: Path

    def start_worker(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "workers", "worker"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def upload(self, names: list[str]) -> None:
        for name in names:
            self.context.store.put(self.context.inbox, name, f"{name}\n一、总体情况\n".encode(), "text/plain")

    def wait(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, self.log.read_text()[-3000:]
            time.sleep(0.1)


@pytest.fixture
def world(valkey_url: str, s3_endpoint: str, tmp_path: Path) -> Iterator[World]:
    mark = uuid.uuid4().hex[:8]
    database = f"{valkey_url.rpartition('/')[0]}/7"
    values = {
        "REDIS_URL": database,
        "S3_ENDPOINT_URL": s3_endpoint,
        "GOUJI_INBOX_BUCKET": f"in-{mark}",
        "GOUJI_RESULTS_BUCKET": f"out-{mark}",
        "GOUJI_STATE_DIR": str(tmp_path / "state"),
        "GOUJI_WORKER_PROCESSES": "2",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        settings = Settings()
        environment = dict(os.environ)
    app = make_app(settings.redis_url)
    context = settings_to_context(settings, app)
    for bucket in (settings.inbox_bucket, settings.results_bucket):
        context.store.client.create_bucket(Bucket=bucket)  # type: ignore[attr-defined] # it is the S3 store
    with redis.Redis.from_url(database) as client:
        client.flushdb()
        yield World(
            settings=settings,
            environment=environment,
            context=context,
            dispatcher=open_dispatcher(settings, app),
            log=tmp_path / "worker.log",
        )
        client.flushdb()
    app.close()


def end(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(30)


def test_five_uploads_get_five_terminal_markers(world: World) -> None:
    world.upload([f"2023/第{n}局+a&b.txt" for n in range(4)])
    world.context.store.put(world.context.inbox, "扫描.png", b"\x89PNG\r\n\x1a\n", "image/png")
    worker = world.start_worker()
    try:
        for stored in world.context.store.walk(world.context.inbox):
            world.dispatcher.enqueue(to_ref(world.context.inbox, stored))
        world.wait(lambda: len(finished_jobs(world.context)) == 5)
    finally:
        code = end(worker)
    assert code == 0


def test_a_zip_is_taken_apart_and_each_member_gets_its_own_marker(world: World) -> None:
    report = "铜官区示例局2023年政府信息公开工作年度报告\n一、总体情况\n".encode()
    world.context.store.put(
        world.context.inbox,
        "全部.zip",
        to_zip({"甲.txt": report, "坏.png": b"\x89PNG\r\n\x1a\n"}, "gbk"),
        "application/zip",
    )
    worker = world.start_worker()
    try:
        for stored in world.context.store.walk(world.context.inbox):
            world.dispatcher.enqueue(to_ref(world.context.inbox, stored))
        world.wait(lambda: len(finished_jobs(world.context)) == 3)
    finally:
        assert end(worker) == 0
    keys = [stored.key for stored in world.context.store.walk(world.context.results, "全部.zip!/")]
    assert "全部.zip!/甲.txt/report.json" in keys
    assert "全部.zip!/坏.png/quarantine.json" in keys


def test_killed_in_the_middle_nothing_is_lost_and_the_sweep_brings_it_back(world: World) -> None:
    world.upload([f"{n:03d}.txt" for n in range(40)])
    sweeper = Sweeper(context=world.context, enqueue=world.dispatcher.enqueue, min_age=timedelta(0))
    worker = world.start_worker()
    assert sweeper.sweep() == 40
    world.wait(lambda: len(finished_jobs(world.context)) >= 5)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    assert len(finished_jobs(world.context)) < 40
    second = world.start_worker()

    def all_ended() -> bool:
        sweeper.sweep()
        return len(finished_jobs(world.context)) == 40

    try:
        world.wait(all_ended)
    finally:
        end(second)
    listed = [s.key for s in world.context.store.walk(world.context.results, "_submissions/") if s.key.count("/") == 2]
    assert len(listed) == 40
