"""No process starts in an unsound world: each of the four says why in one Chinese sentence, with its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tasks.ports.s3_store import s3_client
from tests.workers.refused_starts import PROCESSES, WORLDS
from workers.embedded import start
from workers.exit_codes import EXIT_BROKER_UNSAFE, EXIT_CLOCK, EXIT_SETTINGS

ROOT = Path(__file__).parents[2]

EXPECTED = {
    "policy": (EXIT_BROKER_UNSAFE, "noeviction"),
    "aof": (EXIT_BROKER_UNSAFE, "AOF"),
    "pool": (EXIT_BROKER_UNSAFE, "prefork"),
    "pickle": (EXIT_BROKER_UNSAFE, "accept_content"),
    "kombu": (EXIT_BROKER_UNSAFE, "kombu 5.6.2"),
    "redis-py": (EXIT_BROKER_UNSAFE, "redis-py 9.0.0"),
    "clock": (EXIT_CLOCK, "Redis 相差"),
    "store clock": (EXIT_CLOCK, "对象存储相差"),
    "same bucket": (EXIT_SETTINGS, "同一个桶"),
    "bucket prefix": (EXIT_SETTINGS, "开头"),
}
"""What is said in each world of refused_starts."""


@pytest.fixture(scope="module")
def environment(s3_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Everything is sound here: a broker of its own, whose settings may be changed, two buckets, an entrance."""
    mark = uuid.uuid4().hex[:8]
    client = s3_client(s3_endpoint)
    names = (f"in-{mark}", f"out-{mark}")
    for name in names:
        client.create_bucket(Bucket=name)
    servers = start(tmp_path_factory.mktemp("broker"), with_valkey=True, with_s3=False)
    yield {
        **os.environ,
        "REDIS_URL": servers.environment["REDIS_URL"],
        "S3_ENDPOINT_URL": s3_endpoint,
        "GOUJI_INBOX_BUCKET": names[0],
        "GOUJI_RESULTS_BUCKET": names[1],
        "GOUJI_INTAKE_SECRET": "made-up",
        "GOUJI_STATE_DIR": str(tmp_path_factory.mktemp("state")),
    }
    servers.stop()


@pytest.fixture(scope="module")
def starts(environment: dict[str, str]) -> dict[tuple[str, str], tuple[int, str]]:
    """Exit code and sentence by world and process."""
    command = [sys.executable, "-m", "tests.workers.refused_starts"]
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=90)
    told = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
    assert len(told) == len(WORLDS) * len(PROCESSES), ended.stdout[-2000:] + ended.stderr[-2000:]
    return {(one["world"], one["process"]): (one["code"], one["sentence"]) for one in told}


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("world", EXPECTED)
def test_each_process_refuses_an_unsound_world_with_its_sentence_and_code(
    starts: dict[tuple[str, str], tuple[int, str]], world: str, process: str
) -> None:
    (code, sentence), (expected, word) = starts[world, process], EXPECTED[world]
    assert (code, word in sentence, len(sentence.splitlines())) == (expected, True, 1), sentence


def test_every_unsound_world_has_its_expectation() -> None:
    assert WORLDS.keys() == EXPECTED.keys()


def test_the_real_programs_leave_with_the_code_of_the_runbook(environment: dict[str, str]) -> None:
    with redis.Redis.from_url(environment["REDIS_URL"]) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        commands = [[sys.executable, "-m", "workers", process] for process in PROCESSES]
        running = [
            subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
            for command in commands
        ]
        said = [process.communicate(timeout=60)[1].strip() for process in running]
        client.config_set("maxmemory-policy", "noeviction")
    assert [process.returncode for process in running] == [EXIT_BROKER_UNSAFE] * len(PROCESSES)
    assert set(said) == {"Redis 的 maxmemory-policy 是 allkeys-lru，内存满时会丢掉待办任务；请改为 noeviction"}
