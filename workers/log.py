"""Logs of every process: one readable line for people, or JSON lines. Whatever wrote it, it comes out the same way.

No control character reaches a terminal, no secret and no traceback a file. A key stands in full at INFO and below only;
an exception is told by its type and the places in the code, because its text may quote the document.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import re
import sys
import threading
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import Any

import structlog

Fields = MutableMapping[str, Any]
Render = Callable[[Any, str, Fields], str]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

MAX_TEXT = 400
"""Characters of one value; nothing we log is longer on purpose."""

SHOWN = 12
"""Characters of a key at WARNING and above, beside its hash."""

KEYS = frozenset({"key", "keys", "object", "file", "filename", "path"})
"""Fields that name an upload."""

_QUIET = ("amqp", "asyncio", "boto3", "botocore", "hpack", "httpcore2", "httpx2", "kombu", "s3transfer", "urllib3")
"""Libraries of which only trouble is of interest."""

_MUTE = ("pdfminer", "pdfplumber")
"""Libraries of which nothing is of interest: of a damaged file they tell each step, in words of the document."""

_CHATTY = (
    "celery.app.trace",
    "celery.apps.worker",
    "celery.worker.consumer.connection",
    "celery.worker.consumer.consumer",
    "celery.worker.strategy",
    "uvicorn.access",
    "uvicorn.error",
)
"""A line for each task, request or step of starting up: for machines, not for people."""

_BROKER_WORDS = (
    ("consumer: Connection to broker lost", "与 Redis 的连接断开，正在重新连接"),
    ("consumer: Cannot connect to", "连不上 Redis，继续重试"),
)
"""What Celery says over several lines, with an address; by how it begins."""

_LEVELS = {"debug": "调试 ", "info": "", "warning": "警告 ", "error": "错误 ", "critical": "严重 "}
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SECRETS = re.compile(r"(?<=://)[^\s/@]*:[^\s/@]*(?=@)|(?<=whsec_)[A-Za-z0-9+/=_-]+|(?<=[?&]token=)[^\s&]+")
_HANDLER = "gouji"


def configure(mode: str, process: str) -> None:
    """Send everything of this process (structlog, logging, warnings, uncaught exceptions) to standard error.

    `mode` is text or json. Call it once, before anything else; a second call replaces the first.
    """
    shared = (structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level, _adder(process))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.name = _HANDLER
    handler.setFormatter(_formatter(mode, shared))
    _install(handler, mode)
    sys.excepthook = _say_uncaught
    threading.excepthook = lambda args: _say_uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _install(handler: logging.Handler, mode: str) -> None:
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _MUTE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING if mode == "text" else logging.INFO)
    for name in ("celery", "celery.task", "uvicorn", "uvicorn.access", "uvicorn.error"):
        # what these libraries installed for themselves gives way to the root's one handler
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    logging.captureWarnings(capture=True)


def _formatter(mode: str, shared: tuple[Any, ...]) -> logging.Formatter:
    render: Render = fields_to_text if mode == "text" else fields_to_json
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _retell_libraries],
        processors=[_tell_exception, structlog.stdlib.ProcessorFormatter.remove_processors_meta, _clean, render],
        # the record's own exception is ours to tell; logging would append a traceback
        keep_exc_info=True,
        pass_foreign_args=True,
    )


def _adder(process: str) -> Callable[[Any, str, Fields], Fields]:
    def add(logger: logging.Logger | None, _method: str, fields: Fields) -> Fields:
        fields.setdefault("process", process)
        fields.setdefault("timestamp", datetime.now(UTC))
        fields.setdefault("logger", fields["_record"].name if "_record" in fields else getattr(logger, "name", ""))
        return fields

    return add


def _retell_libraries(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Celery's task lines without arguments, results and tracebacks; uvicorn's request lines without the query."""
    record, values = fields["_record"], fields.pop("positional_args", ())
    data = getattr(record, "data", None)
    if isinstance(data, dict) and record.name.startswith("celery"):
        end = data.get("description") or ("succeeded" if "runtime" in data else "received")
        fields["event"] = f"task {data.get('name')} {end}"
        fields["task_id"] = str(data.get("id"))
    elif record.name == "celery.worker.consumer.consumer":
        told = str(fields["event"])
        fields["event"] = next((ours for theirs, ours in _BROKER_WORDS if told.startswith(theirs)), told)
    elif record.name == "uvicorn.access" and len(values) == 5:  # noqa: PLR2004 - client, method, path, version, status
        _, method, path, _, status = values
        fields["event"] = f"{method} {str(path).partition('?')[0]} {status}"
    return fields


def _tell_exception(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Replace an exception by its type and its places in the code, innermost first."""
    record = fields["_record"]
    found = fields.pop("exc_info", None) or record.exc_info
    # logging would append the traceback, and every other handler of the record too
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    fields.pop("stack_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if found and found[0] is not None:
        fields["error"] = found[0].__qualname__
        fields["at"] = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(extract_tb(found[2])[-6:]))
    return fields


def _clean(_logger: Any, method: str, fields: Fields) -> Fields:
    """Make every value safe to print; shorten keys where people did not ask for detail."""
    is_loud = fields.get("level", method) not in {"debug", "info"}
    return {
        _escape(str(name)): _key_to_short(str(value)) if is_loud and name in KEYS and value else _value(value)
        for name, value in fields.items()
    }


def _key_to_short(key: str) -> str:
    digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:SHOWN]
    return f"{_escape(key[:SHOWN])}…#{digest}"


def _value(value: object) -> object:
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    text = f"{value:%Y-%m-%dT%H:%M:%S.%f}Z" if isinstance(value, datetime) else str(value)
    text = _escape(_SECRETS.sub("…", text))
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"


def _escape(text: str) -> str:
    """Control characters, line separators and direction marks as visible escapes."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def fields_to_json(_logger: Any, _method: str, fields: Fields) -> str:
    """One JSON object."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, allow_nan=False, default=str)


def fields_to_text(_logger: Any, _method: str, fields: Fields) -> str:
    """One line for people. Its time only on a terminal: whoever collects lines has a clock."""
    shown = {n: v for n, v in fields.items() if n not in {"event", "level", "logger", "process", "timestamp"}}
    time = f"{datetime.now().astimezone():%H:%M:%S}  " if sys.stderr.isatty() else ""
    tail = "".join(f"  {name}={value}" for name, value in shown.items())
    return f"{time}{_LEVELS.get(str(fields.get('level')), '')}{fields.get('event', '')}{tail}"


def _say_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    structlog.get_logger("gouji").critical("程序出错，进程停止", exc_info=(kind, error, trace))
