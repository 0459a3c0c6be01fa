"""`gouji check`: files on this machine, no server. The bytes are read in the sandbox's child, like everywhere."""

from __future__ import annotations

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
from tasks.errors import ConfigurationError
from tasks.messages import INSIDE
from tasks.sandbox import Sandbox
from workers.check_view import print_outcome, print_quarantine, print_summary
from workers.judging import files_to_judge

EXIT_CLEAN, EXIT_ERRORS, EXIT_UNREADABLE, EXIT_USAGE = 0, 1, 2, 64
FORMATS = ("text", "json")
OPEN_FAILURES: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在。",
    PermissionError: "没有读取该文件的权限。",
    IsADirectoryError: "这是一个目录。",
}


def run(files: list[Path], output: str, roster: Path | None = None) -> int:
    """Check every file; the largest exit code wins: 1 = an error was found, 2 = a file could not be read."""
    if output not in FORMATS:
        raise ConfigurationError("--format 只能是 text 或 json", EXIT_USAGE)
    judge = files_to_judge(roster)
    sandbox = Sandbox()
    try:
        results = [result for file in files for result in _check_one(sandbox, judge, file, output)]
    finally:
        sandbox.close()
    if output == "text":
        print_summary(Console(), tuple(results))
    return max(_exit_code(result) for result in results)


def _check_one(sandbox: Sandbox, judge: Judge, file: Path, output: str) -> list[Outcome | DocumentError]:
    """The results of one file, each told as soon as it is there: one, or one a member of a ZIP."""
    results: list[Outcome | DocumentError] = []
    for name, result in assess_all(sandbox, file, judge):
        _tell(name, result, output)
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
    try:
        data = _file_to_bytes(file)
        document = sandbox.read(data)
    except DocumentError as error:
        yield str(file), error
        return
    if not is_container(document):
        yield str(file), _judge(sandbox, judge, str(file), document, data)
        return
    for name in document_to_names(document):
        inside = f"{file}{INSIDE}{name}"
        yield inside, _assess_member(sandbox, data, name, partial(_judge, sandbox, judge, inside))


def _file_to_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = OPEN_FAILURES.get(type(error), "文件无法打开。")
        raise DocumentError("FILE_UNREADABLE", reason, "请检查路径后重试。") from None


def _assess_member(
    sandbox: Sandbox, data: bytes, name: str, judge: Callable[[Document, bytes], Outcome | DocumentError]
) -> Outcome | DocumentError:
    try:
        own = sandbox.member(data, name).data
        document = sandbox.read(own)
    except DocumentError as error:
        return error
    return nested() if is_container(document) else judge(document, own)


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
