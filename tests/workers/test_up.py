"""`gouji up`, really started: what it prints, a file on its way, repair after kill -9, an orderly end, nothing left."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from mypy_boto3_s3 import S3Client

from tasks import layout
from tasks.messages import SubmissionRef
from tasks.ports.s3_store import S3Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")

INBOX, RESULTS = "gouji-inbox", "gouji-results"
REPORT = "某某局2023年政府信息公开工作年度报告\n一、总体情况\n本局认真落实。\n"
SECONDS = 60.0


@dataclass
class Up:
    """A running `gouji up`: its process, its log, its state directory."""

    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def told(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "state" / "running.json").read_bytes())["environment"]
        return found

    def s3(self) -> S3Client:
        told = self.told()
        keys = boto3.Session(told["AWS_ACCESS_KEY_ID"], told["AWS_SECRET_ACCESS_KEY"], region_name=told["AWS_REGION"])
        patient = Config(retries={"mode": "standard", "total_max_attempts": 12})  # the store comes back meanwhile
        return keys.client("s3", endpoint_url=told["S3_ENDPOINT_URL"], config=patient)

    def drop(self, key: str, data: bytes) -> str:
        """Upload; returns the job."""
        etag = self.s3().put_object(Bucket=INBOX, Key=key, Body=data)["ETag"].strip('"')
        return SubmissionRef(bucket=INBOX, key=key, etag=etag, size=len(data)).job

    def is_finished(self, job: str) -> bool:
        store = S3Store(self.s3())
        return any(store.head(RESULTS, key) is not None for key in (layout.done(job), layout.quarantine(job)))

    def pids(self, *words: str) -> tuple[int, ...]:
        """The processes of this instance whose command line has these words in a row."""
        return tuple(pid for pid, command in processes_of(self.folder) if " ".join(words) in " ".join(command))


def processes_of(folder: Path) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Every living process that was started for this state directory, with its command line."""
    found = []
    for entry in sorted(Path("/proc").iterdir(), key=lambda entry: entry.name.zfill(9)):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if _belongs(entry, folder):
                    command = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
                    found.append((int(entry.name), tuple(command)))
    return tuple(found)


def _belongs(entry: Path, folder: Path) -> bool:
    """By its environment; Valkey writes its title over that, and is known by its working directory."""
    told = f"GOUJI_STATE_DIR={folder}".encode() in (entry / "environ").read_bytes()
    return told or (entry / "cwd").readlink().is_relative_to(folder)


def wait_for(what: Callable[[], object], seconds: float = SECONDS) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A user's environment without settings of his own; every port is chosen by chance."""
    mine = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "GOUJI_", "REDIS_", "S3_"))
    }
    return mine | {"GOUJI_STATE_DIR": str(folder), "GOUJI_WEB_PORT": "0", "GOUJI_INTAKE_PORT": "0"} | more


@contextlib.contextmanager
def up(folder: Path, *options: str) -> Iterator[Up]:
    """Start and wait until it says that it is ready; stop it at the end."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "workers", "up", *options],
            env=environment(folder / "state"),
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    started = Up(process, folder)
    try:
        if not wait_for(lambda: "已就绪" in started.log or process.poll() is not None):
            pytest.fail(started.log)
        yield started
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with up(tmp_path_factory.mktemp("office")) as started:
        yield started


def refusal(folder: Path, **more: str) -> tuple[int, int]:
    """The exit code of a start that must be refused, and how many lines it printed."""
    command = [sys.executable, "-m", "workers", "up"]
    ended = subprocess.run(
        command, env=environment(folder, **more), capture_output=True, text=True, timeout=30, check=False
    )
    return ended.returncode, len((ended.stdout + ended.stderr).strip().splitlines())


def test_the_table_names_dashboard_store_buckets_and_the_command_that_drops_a_file(office: Up) -> None:
    told = office.told()
    expected = (
        f"{told['GOUJI_WEB_URL']}/?token={told['GOUJI_WEB_TOKEN']}",
        told["S3_ENDPOINT_URL"],
        "test / test",
        INBOX,
        RESULTS,
        "gouji submit",
    )
    assert [word for word in expected if word not in office.log] == []


def test_it_says_that_the_embedded_servers_are_for_trying_and_small_offices(office: Up) -> None:
    assert "供试用和小型单位使用" in office.log


def test_a_dropped_file_gets_its_terminal_marker(office: Up) -> None:
    job = office.drop("2023/铜官区 住建局+a&b.txt", REPORT.encode())
    assert wait_for(lambda: office.is_finished(job))


def test_submit_from_elsewhere_finds_the_running_instance(office: Up, tmp_path: Path) -> None:
    (tmp_path / "某某局.txt").write_text(REPORT)
    ended = subprocess.run(
        [sys.executable, "-m", "workers", "submit", str(tmp_path / "某某局.txt"), "--prefix", "2024"],
        env=environment(office.folder / "state"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (ended.returncode in {0, 1, 2}, f"{RESULTS}/2024/某某局.txt/" in ended.stdout) == (True, True)


@pytest.mark.parametrize(("words", "said"), [(("reindex",), "已重建"), (("sweep", "--once"), "已补发")])
def test_a_command_beside_it_means_its_queue_and_store(office: Up, words: tuple[str, ...], said: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "workers", *words],
        env=environment(office.folder / "state"),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (ended.returncode, said in ended.stdout) == (0, True)


@pytest.mark.parametrize(
    "victim",
    [("workers", "worker"), ("workers", "intake"), ("workers", "sweep"), ("valkey-server",), ("s3_server",)],
    ids=["worker", "intake", "sweep", "valkey", "s3"],
)
def test_a_killed_process_comes_back_and_files_go_on(office: Up, victim: tuple[str, ...]) -> None:
    killed = min(office.pids(*victim))
    os.kill(killed, signal.SIGKILL)
    is_back = wait_for(
        lambda: any(pid != killed for pid in office.pids(*victim)) and killed not in office.pids(*victim)
    )
    job = office.drop(f"after/{victim[-1]}.txt", f"{REPORT}{victim}".encode())
    assert (is_back, wait_for(lambda: office.is_finished(job))) == (True, True)


@pytest.mark.parametrize(
    ("word", "wrong", "code"),
    [
        ("web", {}, 74),  # the port of the running one
        ("intake", {}, 74),
        ("intake", {"REDIS_URL": "redis://127.0.0.1:9/0"}, 71),
        ("intake", {"GOUJI_INBOX_BUCKET": "nobody-made-it"}, 72),
    ],
)
def test_a_process_alone_that_cannot_work_is_one_sentence(
    office: Up, word: str, wrong: dict[str, str], code: int
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "workers", word],
        env=environment(office.folder / "state") | office.told() | wrong,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (ended.returncode, len((ended.stdout + ended.stderr).strip().splitlines())) == (code, 1)


def test_the_log_of_a_life_with_deaths_is_chinese(tmp_path: Path) -> None:
    with up(tmp_path) as office:
        os.kill(min(office.pids("valkey-server")), signal.SIGKILL)
        assert wait_for(lambda: "已恢复" in office.log)
        time.sleep(1)
        said = re.findall(r"^\d\d:\d\d:\d\d  \S+ +(.*)$", office.log, re.MULTILINE)
    assert [sentence for sentence in said if not re.search("[一-鿿]{3}", sentence)] == []


def test_a_second_up_on_the_same_directory_is_one_sentence(office: Up) -> None:
    assert refusal(office.folder / "state") == (76, 1)


@dataclass(frozen=True)
class TwoLives:
    """What was seen of two starts on one directory: the first ended by Ctrl-C, the second, logging JSON, by kill -9."""

    exit_code: int
    stop_seconds: float
    left_by_ctrl_c: tuple[object, ...]
    addresses: tuple[tuple[str, ...], ...]
    text_log: str
    json_log: str
    left_by_kill: tuple[object, ...]


@pytest.fixture(scope="module")
def two_lives(tmp_path_factory: pytest.TempPathFactory) -> TwoLives:
    folder = tmp_path_factory.mktemp("lives")
    with up(folder) as first:
        addresses = [addresses_of(first)]
        begun = time.monotonic()
        first.process.send_signal(signal.SIGINT)
        code, stopped = first.process.wait(30), time.monotonic()
        left_by_ctrl_c, first_log = processes_of(folder), first.log
    with up(folder, "--log", "json") as second:
        addresses.append(addresses_of(second))
        second.process.kill()
        wait_for(lambda: not processes_of(folder), 10)
        return TwoLives(
            code, stopped - begun, left_by_ctrl_c, tuple(addresses), first_log, second.log, processes_of(folder)
        )


def addresses_of(started: Up) -> tuple[str, ...]:
    told = started.told()
    return told["S3_ENDPOINT_URL"], told["REDIS_URL"], told["GOUJI_WEB_TOKEN"], told["GOUJI_INTAKE_SECRET"]


def test_ctrl_c_ends_without_a_fault(two_lives: TwoLives) -> None:
    assert two_lives.exit_code == 0


def test_ctrl_c_stops_everything_within_ten_seconds(two_lives: TwoLives) -> None:
    assert (two_lives.stop_seconds < 10, two_lives.left_by_ctrl_c) == (True, ())


def test_kill_9_of_up_leaves_no_process(two_lives: TwoLives) -> None:
    assert two_lives.left_by_kill == ()


def test_addresses_and_keys_stay_the_same_after_a_restart(two_lives: TwoLives) -> None:
    assert two_lives.addresses[0] == two_lives.addresses[1]


def test_every_line_for_people_is_chinese(two_lives: TwoLives) -> None:
    said = re.findall(r"^\d\d:\d\d:\d\d  \S+ +(.*)$", two_lives.text_log, re.MULTILINE)
    assert (len(said) > 1, [sentence for sentence in said if not re.search("[一-鿿]{2}", sentence)]) == (True, [])


def test_with_log_json_every_line_is_an_object(two_lives: TwoLives) -> None:
    lines = two_lives.json_log.splitlines()
    assert (len(lines) > 0, [line for line in lines if not re.fullmatch(r"\{.*\}", line) or not json.loads(line)]) == (
        True,
        [],
    )


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert refusal(tmp_path, GOUJI_WEB_PORT=str(taken.getsockname()[1])) == (74, 1)


def test_a_broker_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path, REDIS_URL="redis://127.0.0.1:9/0", S3_ENDPOINT_URL="http://127.0.0.1:9") == (71, 1)


def test_a_store_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    assert refusal(tmp_path, S3_ENDPOINT_URL="http://127.0.0.1:9", **keys) == (72, 1)


def test_wrong_settings_are_one_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path, GOUJI_WORKER_PROCESSES="0", GOUJI_LOG="loud") == (70, 1)


def test_a_receiver_that_none_can_be_is_one_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path, GOUJI_WEBHOOKS='[{"url": "ftp://a.example", "secret": "x"}]') == (70, 1)
