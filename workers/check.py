"""`gouji check`: files on this machine, no server. The bytes are read in the sandbox's child, like everywhere."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json_line
from parsers.model.outcome import Outcome
from tasks.errors import ConfigurationError
from tasks.sandbox import Sandbox
from workers.check_view import print_outcome, print_quarantine, print_summary

EXIT_CLEAN, EXIT_ERRORS, EXIT_UNREADABLE, EXIT_USAGE = 0, 1, 2, 64
FORMATS = ("text", "json")
OPEN_FAILURES: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在。",
    PermissionError: "没有读取该文件的权限。",
    IsADirectoryError: "这是一个目录。",
}


def run(files: list[Path], output: str) -> int:
    """Check every file; the largest exit code wins: 1 = an error was found, 2 = a file could not be read."""
    if output not in FORMATS:
        raise ConfigurationError("--format 只能是 text 或 json", EXIT_USAGE)
    sandbox = Sandbox()
    try:
        results = [_check_one(sandbox, file, output) for file in files]
    finally:
        sandbox.close()
    if output == "text":
        print_summary(Console(), tuple(results))
    return max(_exit_code(result) for result in results)


def _check_one(sandbox: Sandbox, file: Path, output: str) -> Outcome | DocumentError:
    result = assess_file(sandbox, file)
    if output == "json":
        sys.stdout.buffer.write(result_to_json_line(file, result) + b"\n")
        sys.stdout.flush()
    elif isinstance(result, Outcome):
        print_outcome(Console(), str(file), result)
    else:
        print_quarantine(Console(), str(file), result)
    return result


def assess_file(sandbox: Sandbox, file: Path) -> Outcome | DocumentError:
    """The outcome of one file, or why it cannot be processed."""
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = OPEN_FAILURES.get(type(error), "文件无法打开。")
        return DocumentError("FILE_UNREADABLE", reason, "请检查路径后重试。")
    try:
        report = parsers.classify(sandbox.read(data))
    except DocumentError as error:
        return error
    return parsers.check_twice(report, lambda: _reread_if_possible(sandbox, data))


def _reread_if_possible(sandbox: Sandbox, data: bytes) -> Document | None:
    try:
        return sandbox.reread(data)
    except DocumentError:
        return None


def result_to_json_line(file: Path, result: Outcome | DocumentError) -> bytes:
    """`{"file", "report", "findings", "passed"}` or `{"file", "quarantine"}`; "file" is the path as given."""
    if isinstance(result, Outcome):
        found = result.findings
        return value_to_json_line(
            {"file": str(file), "report": result.report, "findings": found.findings, "passed": found.passed}
        )
    quarantine = {"code": result.code, "reason": result.reason, "advice": result.advice}
    return value_to_json_line({"file": str(file), "quarantine": quarantine})


def _exit_code(result: Outcome | DocumentError) -> int:
    if isinstance(result, DocumentError):
        return EXIT_UNREADABLE
    return EXIT_ERRORS if result.has_error else EXIT_CLEAN
