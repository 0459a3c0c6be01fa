"""What processes say: readable, on one line, and without what must not leave the document."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog
from celery import Celery
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

import parsers
from workers import log

KEY = "2023/铜官区住建局(正式稿).pdf"
CANARY = "张三13800000000"


@pytest.fixture(autouse=True)
def _undo() -> Iterator[None]:
    """Logging is of the whole process; the next test finds it as it was."""
    root = logging.getLogger()
    before = (root.handlers, root.level, sys.excepthook, threading.excepthook)
    yield
    root.handlers, level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def fail_with(text: str) -> None:
    raise ValueError(text)


def test_a_line_for_people_is_a_sentence_with_its_facts_behind(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("text", "worker")
    structlog.get_logger("x").warning("推送地址被拒绝", endpoint="市政务公开办", count=3)
    assert capsys.readouterr().err == "警告 推送地址被拒绝  endpoint=市政务公开办  count=3\n"


def test_a_line_for_machines_is_json_with_process_level_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "worker")
    structlog.get_logger("x").info("已发布", job="ab12")
    logging.getLogger("botocore.retries").warning("retry %s", 2)
    ours, theirs = lines(capsys)
    assert str(ours.pop("timestamp")).endswith("Z")
    assert ours == {"event": "已发布", "job": "ab12", "level": "info", "logger": "x", "process": "worker"}
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("retry 2", "warning", "botocore.retries")


@pytest.mark.parametrize("mode", ["text", "json"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(text=st.text(), name=st.text(alphabet="abc\n\x1b\u2028", min_size=1))
def test_whatever_is_logged_stays_on_one_line_without_control_characters(
    mode: str, text: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure(mode, "worker")
    structlog.get_logger("x").info(text, **{f"f{name}": text})
    logging.getLogger("y").warning("%s", text + "\r\n\x1b[31m\u2028\u202e\x85")
    out = capsys.readouterr().err
    assert out.endswith("\n")
    assert len(out.splitlines()) == 2
    assert [c for c in out if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029\u202e")] == []


def test_a_key_is_shown_in_full_at_info_and_by_its_beginning_and_hash_above(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "worker")
    structlog.get_logger("x").info("收到", key=KEY)
    structlog.get_logger("x").error("失败", key=KEY)
    quiet, loud = lines(capsys)
    assert (quiet["key"], loud["key"]) == (KEY, "2023/铜官区住建局(…#1d5771dc1844")


@pytest.mark.parametrize("mode", ["text", "json"])
def test_an_exception_is_told_by_type_and_places_without_its_text(
    mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure(mode, "worker")
    for logger in (structlog.get_logger("x"), logging.getLogger("y")):
        try:
            fail_with(CANARY)
        except ValueError:
            logger.exception("出错")
    out = capsys.readouterr().err
    assert (CANARY in out, "Traceback" in out, out.count("ValueError"), out.count("fail_with:")) == (False, False, 2, 2)


def test_an_uncaught_exception_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("text", "worker")
    thread = threading.Thread(target=fail_with, args=(CANARY,))
    thread.start()
    thread.join()
    out = capsys.readouterr().err
    assert (out.startswith("严重 程序出错"), len(out.splitlines()), CANARY in out) == (True, 1, False)


def test_celery_tells_of_a_task_without_arguments_result_or_exception_text(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "worker")
    app = Celery("t", broker="memory://", set_as_current=False)
    app.conf.task_always_eager = True

    @app.task(name="t.fails")  # type: ignore[untyped-decorator] # celery has no types
    def fails(text: str) -> None:
        fail_with(text)

    @app.task(name="t.echoes")  # type: ignore[untyped-decorator] # the same
    def echoes(text: str) -> str:
        return text

    fails.delay(CANARY)
    echoes.delay(CANARY)
    found = [line for line in lines(capsys) if line["logger"] == "celery.app.trace"]
    assert CANARY not in json.dumps(found, ensure_ascii=False)
    assert found[0]["error"] == "ValueError"
    assert [line["event"] for line in found] == ["task t.fails raised unexpected", "task t.echoes succeeded"]


def test_a_request_is_told_without_its_query(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "web")
    access = logging.getLogger("uvicorn.access")
    access.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:5000", "GET", f"/login?token={CANARY}", "1.1", 303)
    assert [line["event"] for line in lines(capsys)] == ["GET /login 303"]


@pytest.mark.parametrize(
    "text",
    [f"redis://gouji:{CANARY}@127.0.0.1:6379/0 不可用", f"whsec_{'QUJD' * 8}", f"/?token={CANARY}&x=1"],
)
def test_secrets_inside_a_value_are_left_out(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("text", "web")
    structlog.get_logger("x").warning("无法连接", reason=text)
    out = capsys.readouterr().err
    assert (CANARY in out, "QUJD" in out, "…" in out) == (False, False, True)


def test_a_long_value_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("text", "web")
    structlog.get_logger("x").info("x", value="字" * 10_000)
    assert len(capsys.readouterr().err) < 500


def test_a_chatty_library_is_quiet_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("text", "web")
    logging.getLogger("uvicorn.access").info("GET /")
    logging.getLogger("kombu").info("connected")
    assert capsys.readouterr().err == ""


def test_the_loss_of_the_broker_is_one_sentence_without_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("text", "worker")
    celery = logging.getLogger("celery.worker.consumer.consumer")
    celery.warning("%s (%r)", "consumer: Connection to broker lost. Trying to re-establish...", OSError())
    celery.error("consumer: Cannot connect to %s: %s.\n%s\n", "redis://:**@127.0.0.1:1/0", OSError(), "Trying again")
    celery.error("Received unregistered task of type %s.", "x")
    assert capsys.readouterr().err.splitlines() == [
        "警告 与 Redis 的连接断开，正在重新连接",
        "错误 连不上 Redis，继续重试",
        "错误 Received unregistered task of type x.",
    ]


@pytest.mark.parametrize("mode", ["text", "json"])
def test_what_the_second_reader_says_of_a_damaged_file_is_not_told(
    mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure(mode, "worker")
    canvas = Canvas(io.BytesIO(), pageCompression=0)
    canvas.drawString(100, 700, "12")
    canvas._code.append("/P0 scn")  # a colour that is none; the canvas itself writes no errors
    parsers.reread(canvas.getpdfdata())
    assert capsys.readouterr().err == ""
