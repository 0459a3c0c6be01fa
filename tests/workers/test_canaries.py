"""Secrets and documents that can be recognised, a whole run, and then every output searched for them (S19, S20, S36).

The run writes its log as JSON, where even the sign-in link is left out; with --log text `gouji up` prints that link and
the address for the store's events on purpose. The private files of the state directory hold secrets: their mode is
looked at instead.
"""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import uuid
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import redis

from tasks import layout
from tasks.messages import SubmissionRef
from tasks.ports.s3_store import S3Store, s3_client
from tests.make.archive import to_zip
from tests.workers.test_up import environment, processes_of, wait_for
from workers.embedded.process import free_port
from workers.web.samples import sample_report

pytestmark = [pytest.mark.embedded, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

TOKEN = "canary0token0for0the0dashboard"
INTAKE = "canary0secret0of0the0intake"
REDIS = "canary0password0of0redis"
S3_KEY = "CANARY0ACCESS0KEY"
S3_SECRET = "canary0secret0key0of0the0store"
DSN_KEY = "canary0dsn0key"
WEBHOOK_BYTES = (b"canary-webhook-secret-now-32-byt", b"canary-webhook-secret-old-32-byt")
WEBHOOK = tuple("whsec_" + b64encode(secret).decode() for secret in WEBHOOK_BYTES)
IN_ADDRESS = "canary0in0the0query0of0the0receiver"
SECRETS = (TOKEN, INTAKE, REDIS, S3_SECRET, DSN_KEY, *WEBHOOK, *(w.removeprefix("whsec_") for w in WEBHOOK), IN_ADDRESS)
TEXTS = tuple(f"金丝雀{number:02d}号" for number in range(50))
"""What stands in the documents, and in no log, no report of a bug, no message."""

NAME = "2023/某某局政府信息公开年度报告-一个很长的名称.txt"


@dataclass
class Sink:
    """A web server that keeps what it is sent and refuses it, as a receiver that is out of order and as Sentry."""

    got: list[bytes] = field(default_factory=list)
    port: int = 0


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    kept = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.got.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(500)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield kept
    server.shutdown()
    server.server_close()


@dataclass
class Run:
    """What a run has left behind, and everything that was asked of it."""

    folder: Path
    store: S3Store
    inbox: str
    results: str
    jobs: dict[str, str] = field(default_factory=dict)
    pages: list[tuple[str, bytes]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> str:
        """All that the processes said."""
        return (self.folder / "log").read_text("utf-8")

    def is_finished(self, job: str) -> bool:
        """Is there an end."""
        return any(self.store.head(self.results, key) for key in (layout.done(job), layout.quarantine(job)))


def secret_files(folder: Path, sink: Sink) -> Path:
    """All secrets of Gouji as files."""
    folder.mkdir()
    receivers = [
        {"name": "坏了的", "url": f"http://127.0.0.1:{sink.port}/?key={IN_ADDRESS}",
         "secret": WEBHOOK[0], "previous_secret": WEBHOOK[1]},
        {"name": "内网的", "url": f"https://10.0.0.1/?key={IN_ADDRESS}", "secret": WEBHOOK[0]},
    ]  # fmt: skip
    files = {
        "gouji_web_token": TOKEN,
        "gouji_intake_secret": INTAKE,
        "gouji_webhooks": json.dumps(receivers),
        "gouji_webhook_allow": '["127.0.0.0/8"]',
        "sentry_dsn": f"http://{DSN_KEY}@127.0.0.1:{sink.port}/1",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def prepare(folder: Path, sink: Sink, s3_endpoint: str) -> dict[str, str]:
    """The environment of the run: no secret in it, only where the secrets lie."""
    state = folder / "state"
    state.mkdir(mode=0o700)
    kept = {"valkey_port": free_port(21_000), "s3_port": free_port(21_900), "valkey_password": REDIS,
            "web_token": "unused", "intake_secret": "unused"}  # fmt: skip
    (state / "remembered.json").touch(mode=0o600)
    (state / "remembered.json").write_text(json.dumps(kept))
    keys = folder / "aws"
    keys.write_text(f"[default]\naws_access_key_id = {S3_KEY}\naws_secret_access_key = {S3_SECRET}\n")
    own = uuid.uuid4().hex[:8]
    return environment(
        state,
        S3_ENDPOINT_URL=s3_endpoint,
        AWS_SHARED_CREDENTIALS_FILE=str(keys),
        AWS_REGION="us-east-1",
        GOUJI_INBOX_BUCKET=f"inbox-{own}",
        GOUJI_RESULTS_BUCKET=f"results-{own}",
        GOUJI_SECRETS_DIR=str(secret_files(folder / "secrets", sink)),
        GOUJI_SWEEP_SECONDS="1",
        GOUJI_SWEEP_MIN_AGE_SECONDS="0",
    )


def documents() -> dict[str, bytes]:
    """Good ones, broken ones, and one that no reader knows; all with canaries."""
    text = "".join(TEXTS)
    report = sample_report().decode().replace("一、总体情况", f"一、总体情况\n{text}", 1)
    return {
        NAME: report.encode(),
        "2023/坏的.pdf": b"%PDF-1.7\n" + text.encode(),
        "2023/不认识的.bin": bytes(range(256)) * 8 + text.encode(),
        "2023/一包.zip": to_zip({"甲.txt": report.encode(), "乙.pdf": b"%PDF-1.4 " + text.encode()}),
        "2023/别的.docx": b"PK\x03\x04" + text.encode(),
    }


def visit(run: Run) -> None:
    """Sign in, once wrongly, and look at every page; speak to the intake rightly and wrongly."""
    web = run.told["GOUJI_WEB_URL"]
    intake = f"http://127.0.0.1:{run.told['GOUJI_INTAKE_PORT']}"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    job = run.jobs[NAME]
    pages = ("", "documents", "failures", "webhooks", "rules", "upload", "metrics", "healthz", "nowhere")
    own = (f"documents/{job}", f"documents/{job}?tab=text", f"documents/{job}/original")
    asked = [f"{web}/?token=canary0wrong0token", f"{web}/?token={TOKEN}"]
    asked += [f"{web}/{path}" for path in (*pages, *own)]
    asked += [f"{intake}/events/canary0wrong0secret", f"{intake}/events/{INTAKE}", f"{intake}/healthz"]
    for address in asked:
        body = b'{"unknown": "event"}' if "/events/" in address else None
        request = urllib.request.Request(address, data=body, headers={"accept": "text/html"})  # noqa: S310 - ours
        try:
            with browser.open(request, timeout=20) as answer:
                run.pages.append((address, str(answer.headers).encode() + answer.read()))
        except urllib.error.HTTPError as refusal:
            run.pages.append((address, str(refusal.headers).encode() + refusal.read()))


@pytest.fixture(scope="module")
def run(sink: Sink, s3_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The whole program, started, used, and stopped."""
    folder = tmp_path_factory.mktemp("canaries")
    told = prepare(folder, sink, s3_endpoint)
    done = Run(folder, S3Store(s3_client(s3_endpoint)), told["GOUJI_INBOX_BUCKET"], told["GOUJI_RESULTS_BUCKET"])
    command = [sys.executable, "-m", "workers", "up", "--log", "json"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=told, stdout=log, stderr=log, cwd=folder)
    try:
        assert wait_for(lambda: "已就绪" in (folder / "log").read_text() or process.poll() is not None)
        assert process.poll() is None, (folder / "log").read_text()
        done.told = json.loads((folder / "state" / "running.json").read_bytes())["environment"]
        for key, data in documents().items():
            done.store.put(done.inbox, key, data, "application/octet-stream")
            stored = done.store.head(done.inbox, key)
            assert stored is not None
            done.jobs[key] = SubmissionRef(bucket=done.inbox, key=key, etag=stored.etag, size=stored.size).job
        assert wait_for(lambda: all(done.is_finished(job) for job in done.jobs.values()), 90), done.log
        assert wait_for(lambda: sink.got and "推送地址被拒绝" in done.log), done.log
        visit(done)
        done.commands = [" ".join(words) for _, words in processes_of(folder / "state")]
        keep_redis(done)
        yield done
    finally:
        process.terminate()
        process.wait(30)


def keep_redis(run: Run) -> None:
    """All that Redis holds, by its own command for backups, and what was ever written to it."""
    with redis.Redis.from_url(run.told["REDIS_URL"]) as client:
        held = [repr(client.dump(key)) + repr(key) for key in client.scan_iter(count=1000)]
    (run.folder / "redis").write_text("\n".join(held))


def found(words: tuple[str, ...], text: str | bytes) -> list[str]:
    whole = text if isinstance(text, str) else text.decode(errors="replace")
    return [word for word in words if word in whole]


def test_the_search_finds_every_secret_where_it_does_stand(run: Run) -> None:
    files = [*(run.folder / "secrets").iterdir(), run.folder / "aws", run.folder / "state" / "remembered.json"]
    assert found(SECRETS, b"".join(path.read_bytes() for path in files)) == list(SECRETS)


def test_no_secret_is_in_any_log(run: Run) -> None:
    assert found(SECRETS, run.log) == []
    assert [path for path in (run.folder / "state").rglob("*.log") if found(SECRETS, path.read_bytes())] == []


def test_no_word_of_a_document_is_in_any_log(run: Run) -> None:
    assert found(TEXTS, run.log) == []
    assert [path for path in (run.folder / "state").rglob("*.log") if found(TEXTS, path.read_bytes())] == []


def test_every_line_of_the_log_is_one_object_of_json(run: Run) -> None:
    lines = [line for line in run.log.splitlines() if line.startswith("{")]
    assert len(lines) > 10
    assert [line for line in lines if not isinstance(json.loads(line), dict)] == []


def test_a_key_stands_in_full_in_no_line_above_info(run: Run) -> None:
    loud = [line for line in run.log.splitlines() if '"level": "warning"' in line or '"level": "error"' in line]
    assert loud
    assert [line for line in loud if any(key in line for key in run.jobs)] == []


def test_no_secret_is_in_the_buckets(run: Run) -> None:
    for bucket in (run.inbox, run.results):
        for stored in run.store.walk(bucket, ""):
            assert found(SECRETS, stored.key.encode() + (run.store.get(bucket, stored.key) or b"")) == [], stored.key


def test_no_secret_and_no_word_of_a_document_is_in_redis(run: Run) -> None:
    held = (run.folder / "redis").read_text()
    written = b"".join(p.read_bytes() for p in (run.folder / "state").rglob("appendonlydir/*") if p.is_file())
    assert (len(held) > 1000, len(written) > 1000) == (True, True)
    assert (found((*SECRETS, *TEXTS), held), found((*SECRETS, *TEXTS), written)) == ([], [])


def test_no_secret_is_on_a_page_or_in_the_metrics(run: Run) -> None:
    assert len(run.pages) == 17
    spoken = {address.partition("?")[0]: found(SECRETS, page) for address, page in run.pages}
    assert [address for address, words in spoken.items() if words] == []


def test_no_secret_is_in_a_command_line(run: Run) -> None:
    assert len(run.commands) >= 6
    assert found(SECRETS, "\n".join(run.commands)) == []


@pytest.mark.usefixtures("run")
def test_no_secret_and_no_word_of_a_document_is_in_what_was_sent_out(sink: Sink) -> None:
    assert sink.got
    assert found((*SECRETS, *TEXTS), b"".join(sink.got)) == []


def test_the_private_files_are_for_their_owner_alone(run: Run) -> None:
    state = run.folder / "state"
    private = ("remembered.json", "running.json")
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    holding = [p for p in state.rglob("*") if p.is_file() and "appendonlydir" not in p.parts]
    with_secrets = [p for p in holding if found(SECRETS, p.read_bytes())]
    assert {p.name for p in with_secrets} >= set(private[:1])
    assert [p.name for p in with_secrets if stat.S_IMODE(p.stat().st_mode) & 0o077] == []
