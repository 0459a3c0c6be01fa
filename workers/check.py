"""`gouji check`: files on this machine, no server. The bytes are read in the sandbox's child, like everywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console

import parsers
from parsers import BUILT_IN, Judge
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json_line
from parsers.model.outcome import Outcome
from tasks.containers import document_to_names, is_container, nested
from tasks.enclosure import Layer
from tasks.errors import ConfigurationError
from tasks.kernel import ON_LINUX
from tasks.messages import INSIDE
from tasks.sandbox import Sandbox
from tasks.walls import ONLY_LIMITS
from workers.check_view import print_outcome, print_quarantine, print_summary, print_written
from workers.notice_folder import write_notice

EXIT_CLEAN, EXIT_ERRORS, EXIT_UNREADABLE, EXIT_USAGE = 0, 1, 2, 64
FORMATS = ("text", "json")
OPEN_FAILURES: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在。",
    PermissionError: "没有读取该文件的权限。",
    IsADirectoryError: "这是一个目录。",
}


def run(files: list[Path], output: str, judge: Judge = BUILT_IN, notices: Path | None = None) -> int:
    """Check every file; the largest exit code wins: 1 = an error was found, 2 = a file could not be read.

    `notices` is a folder for the files of every report's notice.
    """
    if output not in FORMATS:
        raise ConfigurationError("--format 只能是 text 或 json", EXIT_USAGE)
    sandbox = _sandbox()
    try:
        results = [r for file in files for r in _check_one(sandbox, file, output, judge, notices)]
    finally:
        sandbox.close()
    if output == "text":
        print_summary(Console(), tuple(results))
    return max(_exit_code(result) for result in results)


def _sandbox() -> Sandbox:
    """Where the system has no walls at all (macOS), one's own file is read behind the limits alone, which is told."""
    made = Sandbox(accept_limits=not ON_LINUX or os.environ.get("GOUJI_SANDBOX") == Layer.LIMITS)
    if made.accept_limits and made.layer() is Layer.LIMITS:
        Console(stderr=True).print(
            f"{ONLY_LIMITS.partition('（')[0]}；来历不明的文件请在 Linux 上核查。", style="yellow"
        )
    return made


def _check_one(
    sandbox: Sandbox, file: Path, output: str, judge: Judge, notices: Path | None
) -> list[Outcome | DocumentError]:
    """The results of one file, each told as soon as it is there: one, or one a member of a ZIP."""
    results: list[Outcome | DocumentError] = []
    for name, data, result in _assess_all(sandbox, file, judge):
        _tell(name, result, output)
        if notices is not None and isinstance(result, Outcome):
            place = write_notice(sandbox, notices, name, data, result)
            if output == "text":
                print_written(Console(), place)
        results.append(result)
    return results


def _tell(file: str, result: Outcome | DocumentError, output: str) -> None:
    if output == "json":
        sys.stdout.buffer.write(result_to_json_line(file, result) + b"\n")
        sys.stdout.flush()
    elif isinstance(result, Outcome):
        print_outcome(Console(), file, result)
    else:
        print_quarantine(Console(), file, result)


def assess_all(sandbox: Sandbox, file: Path, judge: Judge = BUILT_IN) -> Iterator[tuple[str, Outcome | DocumentError]]:
    """The outcome of one file, or why it cannot be processed; of a ZIP those of its members, `reports.zip!/name`."""
    for name, _, result in _assess_all(sandbox, file, judge):
        yield name, result


def _assess_all(sandbox: Sandbox, file: Path, judge: Judge) -> Iterator[tuple[str, bytes, Outcome | DocumentError]]:
    """The same, with the bytes of each report."""
    data = b""
    try:
        data = _file_to_bytes(file)
        document = sandbox.read(data)
    except DocumentError as error:
        yield str(file), data, error
        return
    if not is_container(document):
        yield str(file), data, _judge(sandbox, judge, str(file), document, data)
        return
    for name in document_to_names(document):
        inside = f"{file}{INSIDE}{name}"
        yield inside, *_assess_member(sandbox, data, name, partial(_judge, sandbox, judge, inside))


def _file_to_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = OPEN_FAILURES.get(type(error), "文件无法打开。")
        raise DocumentError("FILE_UNREADABLE", reason, "请检查路径后重试。") from None


def _assess_member(
    sandbox: Sandbox, data: bytes, name: str, judge: Callable[[Document, bytes], Outcome | DocumentError]
) -> tuple[bytes, Outcome | DocumentError]:
    own = b""
    try:
        own = sandbox.member(data, name).data
        document = sandbox.read(own)
    except DocumentError as error:
        return own, error
    return own, nested() if is_container(document) else judge(document, own)


def _judge(sandbox: Sandbox, judge: Judge, name: str, document: Document, data: bytes) -> Outcome | DocumentError:
    try:
        report = parsers.classify(document, judge, name)
    except DocumentError as error:
        return error
    return parsers.check_twice(report, lambda: _reread_if_possible(sandbox, data), judge)


def _reread_if_possible(sandbox: Sandbox, data: bytes) -> Document | None:
    try:
        return sandbox.reread(data)
    except DocumentError:
        return None


def result_to_json_line(file: str, result: Outcome | DocumentError) -> bytes:
    """`{"file", "report", "findings", "passed"}` or `{"file", "quarantine"}`; "file" is the path as given."""
    if isinstance(result, Outcome):
        found = result.findings
        return value_to_json_line(
            {"file": file, "report": result.report, "findings": found.findings, "passed": found.passed}
        )
    quarantine = {"code": result.code, "reason": result.reason, "advice": result.advice}
    return value_to_json_line({"file": file, "quarantine": quarantine})


def _exit_code(result: Outcome | DocumentError) -> int:
    if isinstance(result, DocumentError):
        return EXIT_UNREADABLE
    return EXIT_ERRORS if result.has_error else EXIT_CLEAN
