"""A bug of ours must neither be retried for ever nor pass silently: it is reported, and the document set aside."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb

from parsers.model.errors import DocumentError

_LOG = logging.getLogger(__name__)


def report_bug(error: Exception) -> None:
    """To Sentry, where a process has set it up; what may leave is decided there."""
    import sentry_sdk

    sentry_sdk.capture_exception(error)


@contextmanager
def bug_to_document_error(stage: str) -> Iterator[None]:
    """Turn what the core should never raise into JUDGE_BUG; the report names places in the code, never the text."""
    try:
        yield
    except DocumentError:
        raise
    except Exception as error:
        # the places only: a traceback's text could quote the document
        frames = extract_tb(error.__traceback__)[-4:]
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        report_bug(error)
        _LOG.error("程序错误（%s）：%s at %s", stage, type(error).__name__, where)
        raise DocumentError(
            "JUDGE_BUG",
            "核查这份报告时程序出错，已记录。",
            "这不是报告的问题；程序更新后请在看板上重试。",
        ) from error
