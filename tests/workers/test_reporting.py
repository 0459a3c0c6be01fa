"""What leaves the house when something breaks: nothing, unless a DSN is set; and then nothing of the document."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from workers.reporting import scrub

CANARIES = tuple(f"canary{n:02d}秘密" for n in range(50))

PROGRAM = f"""
import logging, os, threading
import sentry_sdk
from celery import Celery
from parsers.model.errors import DocumentError
from workers import log, reporting
from workers.config import load_settings

c = {CANARIES!r}
os.environ["GOUJI_CANARY"] = c[0]
log.configure("json", "worker")
print("on" if reporting.configure(load_settings(), "worker") else "off", flush=True)

app = Celery("t", broker="memory://")
app.conf.task_always_eager = True

@app.task(name="t.fails")
def fails(text, **more):
    local = text + c[1]
    sentry_sdk.add_breadcrumb(message=c[2])
    sentry_sdk.set_user({{"id": c[3]}})
    sentry_sdk.set_tag("key", c[4])
    sentry_sdk.set_extra("document", c[5])
    from tasks.messages import SubmissionRef
    SubmissionRef(bucket=c[6], key=c[7] * 3, etag=1, size="x").job

def rename():
    raise type("Odd" + c[8], (Exception,), {{"__module__": "m" + c[8]}})(c[9])

fails.delay(" ".join(c), key=c[11], document=list(c))
scope = sentry_sdk.get_global_scope()
scope.add_attachment(bytes=" ".join(c).encode(), filename=c[12])
scope.set_context(c[13], {{c[14]: c[15]}})
scope.set_transaction_name(c[16])
scope.fingerprint = [c[17]]
scope.set_level("error")
def nest():
    document = " ".join(c)
    try:
        try:
            raise ValueError(document)
        except ValueError as first:
            first.add_note(c[18])
            raise KeyError(c[19]) from first
    except KeyError as second:
        raise ExceptionGroup(c[20], [second, OSError(2, c[21], c[22])])

try:
    nest()
except ExceptionGroup as error:
    reporting.report(error)
logging.getLogger("celery").exception("failed", exc_info=UnicodeDecodeError("utf-8", c[24].encode(), 0, 1, c[25]))
sentry_sdk.capture_event({{"message": c[26], "request": {{"url": c[27], "data": c[28]}}, "extra": {{"x": c[29]}}}})
with sentry_sdk.start_transaction(name=c[30], op=c[31]):
    with sentry_sdk.start_span(op=c[32], name=c[33]):
        pass
assert sentry_sdk.get_client().should_send_default_pii() is False
thread = threading.Thread(target=rename)
thread.start()
thread.join()
logging.getLogger("x").error("%s", c[0])
sentry_sdk.capture_message(c[1])
try:
    raise DocumentError("JUDGE_BUG", c[2], c[3]) from ValueError(c[4])
except DocumentError as error:
    reporting.report(error)
sentry_sdk.flush(5)
"""


@pytest.fixture
def sink() -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes everything, as Sentry would; its DSN and what it got."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            is_zipped = self.headers["content-encoding"] == "gzip"
            got.append(str(self.headers).encode() + (gzip.decompress(body) if is_zipped else body))
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://public@127.0.0.1:{server.server_address[1]}/1", got
    server.shutdown()
    server.server_close()


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SENTRY", "GOUJI"))}
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:sentry_sdk", "-c", PROGRAM],
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def test_reports_hold_types_codes_and_places_and_not_one_canary(sink: tuple[str, list[bytes]]) -> None:
    dsn, got = sink
    done = run(SENTRY_DSN=dsn)
    sent = b"\n".join(got).decode()
    assert (done.stdout, [canary for canary in CANARIES if canary in sent or canary[:8] in sent]) == ("on\n", [])
    events = [
        json.loads(line)
        for body in got
        for line in body.decode().splitlines()
        if line.startswith('{"event_id"') or '"exception"' in line
    ]
    types = sorted(event["exception"]["values"][-1]["type"] or "?" for event in events if "exception" in event)
    assert types == ["?", "AttributeError", "DocumentError", "ExceptionGroup"]
    assert '"code":"JUDGE_BUG"' in sent.replace(" ", "")
    assert '"module": "tasks.messages"' in sent or '"module":"tasks.messages"' in sent


def test_nothing_at_all_is_sent_without_a_dsn(sink: tuple[str, list[bytes]]) -> None:
    _, got = sink
    done = run()
    assert (done.stdout, got) == ("off\n", [])


def test_no_variable_of_the_environment_makes_a_second_way_out(sink: tuple[str, list[bytes]]) -> None:
    dsn, got = sink
    aside = dsn.replace("public@", "").removesuffix("1") + "stream"
    done = run(SENTRY_SPOTLIGHT=aside, SENTRY_DEBUG="1", SENTRY_TRACES_SAMPLE_RATE="1.0")
    assert (done.stdout, got) == ("off\n", [])


def test_the_log_of_the_same_run_holds_no_text_of_the_exceptions() -> None:
    err = run().stderr
    assert [canary for canary in CANARIES[1:] if canary in err and canary != CANARIES[8]] == []


def test_an_event_that_is_no_exception_is_not_sent() -> None:
    assert scrub({"message": "x", "logentry": {"message": "y"}}, {}, "web") is None


def test_only_frames_of_our_own_code_are_told_and_only_by_name_and_line() -> None:
    ours = {
        "module": "tasks.publish",
        "function": "publish",
        "lineno": 7,
        "vars": {"a": "秘密"},
        "context_line": "秘密",
    }
    theirs = {"module": "boto3.session", "function": "client", "lineno": 9, "abs_path": "/home/张三/boto3"}
    value = {"type": "KeyError", "module": "builtins", "value": "秘密", "stacktrace": {"frames": [theirs, ours]}}
    event = {"exception": {"values": [value]}, "request": {"url": "秘密"}, "server_name": "host", "level": "error"}
    frame = {"module": "tasks.publish", "function": "publish", "lineno": 7, "in_app": True}
    assert scrub(event, {}, "web") == {
        "level": "error",
        "exception": {"values": [{"type": "KeyError", "module": "builtins", "stacktrace": {"frames": [frame]}}]},
        "tags": {"process": "web"},
    }
