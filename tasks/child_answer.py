"""What a child of the sandbox said, distrusted: a validated value, or the DocumentError that its end amounts to.

Why a child failed is told from the kernel's counters (signal, CPU, memory, wall time), never from an exception's text.
"""

from __future__ import annotations

import logging
import os
import signal
from typing import TypeVar

import msgspec

from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.files import json_to_value
from tasks.bugs import report_bug
from tasks.sandbox_limits import Limits
from tasks.sandbox_server import Bug, Head, Needed, Trouble, Verdict

T = TypeVar("T")

MAX_ANSWER = 32 * 1024 * 1024
"""Bytes of a child's answer, at most."""

NEARLY_ALL = 0.95
"""A child that used so much of its memory failed for want of it, whatever it says itself."""

_LOG = logging.getLogger(__name__)


class ReaderBugError(Exception):
    """A reader raised what no reader should; told by the type of that exception alone."""


def answer_to_value(answer: bytes, verdict: Verdict, limits: Limits, kind: type[T]) -> T:
    """What a child said, distrusted: its value, or the DocumentError that its end amounts to."""
    _require_within_limits(verdict, limits)
    try:
        head_line, _, payload = answer.partition(b"\n")
        head = json_to_value(head_line, Head) if answer else None
    except msgspec.MsgspecError:
        head = None
    if verdict.resident >= NEARLY_ALL * limits.memory or (head and _is_out_of_memory(head, limits)):
        raise _too_much_memory(limits)
    if len(answer) > MAX_ANSWER:
        raise bad_answer()
    if verdict.status != 0:
        raise _crashed()
    if head is None:
        raise bad_answer()
    try:
        return _payload_to_value(head.tag, payload, kind)
    except (msgspec.MsgspecError, ValueError):
        raise bad_answer() from None


def _require_within_limits(verdict: Verdict, limits: Limits) -> None:
    by_signal = os.WTERMSIG(verdict.status) if os.WIFSIGNALED(verdict.status) else 0
    if by_signal == signal.SIGXCPU or verdict.cpu >= limits.cpu:
        raise DocumentError(
            "LIMIT_CPU",
            f"读取这个文件用的计算时间超过了上限（{limits.cpu} 秒）。",
            "请用原始的文字处理软件重新导出一份 PDF 后再提交。",
        )
    if by_signal == signal.SIGXFSZ:
        raise DocumentError(
            "LIMIT_FILE",
            f"读取这个文件时写出的临时文件超过了上限（{limits.file_size // 1024 // 1024} MB）。",
            "请用原始的文字处理软件重新导出一份 PDF 后再提交。",
        )
    if verdict.out_of_time:
        raise DocumentError(
            "LIMIT_TIME",
            f"读取这个文件超过了时限（{limits.wall:.0f} 秒）。",
            "请重新提交；如仍不行，请用原始的文字处理软件重新导出一份 PDF。",
        )


def _is_out_of_memory(head: Head, limits: Limits) -> bool:
    return head.tag == "memory" or head.peak >= NEARLY_ALL * limits.memory


def _payload_to_value(tag: str, payload: bytes, kind: type[T]) -> T:
    if tag == "value":
        return json_to_value(payload, kind)
    if tag == "office":
        needed = json_to_value(payload, Needed)
        raise NeedsOfficeError(needed.kind, needed.reason)
    if tag == "error":
        trouble = json_to_value(payload, Trouble)
        raise DocumentError(trouble.code, trouble.reason, trouble.advice)
    if tag == "bug":
        bug = json_to_value(payload, Bug)
        report_bug(ReaderBugError(bug.kind))
        _LOG.error("读取程序错误：%s at %s", bug.kind, " < ".join(reversed(bug.where)))
        raise DocumentError(
            "READER_BUG",
            "读取这个文件时程序出错，已记录。",
            "这不是报告的问题；程序更新后请重试，或换一种格式提交。",
        )
    raise ValueError(tag)


def _too_much_memory(limits: Limits) -> DocumentError:
    return DocumentError(
        "LIMIT_MEMORY",
        f"读取这个文件用的内存超过了上限（{limits.memory // 1024 // 1024} MB）。",
        "请用原始的文字处理软件重新导出一份 PDF 后再提交。",
    )


def _crashed() -> DocumentError:
    return DocumentError(
        "CHILD_CRASHED",
        "读取这个文件时解析程序异常退出，文件可能已损坏。",
        "请用原始的文字处理软件重新导出一份 PDF 后再提交。",
    )


def bad_answer() -> DocumentError:
    """Quarantine: an answer that is not to be believed."""
    return DocumentError(
        "BAD_CHILD",
        "解析程序给出的结果不合规范，未予采用。",
        "请用原始的文字处理软件重新导出一份 PDF 后再提交。",
    )
