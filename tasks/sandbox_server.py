"""The warm parent: a process of its own that has imported the readers once and forks one child per document.

`python -I -m tasks.sandbox_server FD` serves one client over the socket FD. A request is one line of JSON with two
descriptors: the bytes to read and a pipe for the answer. The reply, one line, says how the child ended.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import NoReturn

import msgspec

from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.files import value_to_json_line
from parsers.model.source import Kind
from parsers.model.value import Value
from parsers.notices.drawn import Drawn, Order
from tasks.office import convert
from tasks.sandbox_limits import Limits, die_with_parent, limit_self, open_reserve, peak_address_space
from tasks.warming import samples

Verb = Callable[..., object]
"""Takes the bytes, and after them what the request says more."""

_POLL_SECONDS = 0.005


class Request(Value):
    """What to do with the bytes, and within which limits; `member` names the one that is meant, in a ZIP."""

    verb: str
    limits: Limits
    member: str | None = None


class Verdict(Value):
    """How a child ended, by the kernel's counters: wait status, CPU seconds, peak resident bytes, wall seconds."""

    status: int
    cpu: float
    resident: int
    wall: float
    out_of_time: bool


class Head(Value):
    """The first line of a child's answer. `tag`: value, error, office, memory or bug; the payload follows."""

    tag: str
    peak: int


class Trouble(Value):
    """Payload of a DocumentError."""

    code: str
    reason: str
    advice: str


class Needed(Value):
    """Payload of a NeedsOfficeError: the kind to convert from."""

    kind: Kind
    reason: str


class Bug(Value):
    """Payload of an unexpected exception: its type and where it arose. Never its text, which may quote the document."""

    kind: str
    where: tuple[str, ...]


def serve(channel: socket.socket, verbs: Mapping[str, Verb]) -> None:
    """Answer requests one after the other until the client is gone."""
    os.environ.clear()  # the allocator has read it
    gc.collect()
    gc.freeze()  # what was imported stays shared between the children
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, 4096, 2)
        if not message:
            return
        request = msgspec.json.decode(message, type=Request)
        verdict = _request_to_verdict(request, verbs[request.verb], descriptors, channel)
        channel.sendall(value_to_json_line(verdict) + b"\n")


def _request_to_verdict(request: Request, verb: Verb, descriptors: list[int], channel: socket.socket) -> Verdict:
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _be_child(request, verb, descriptors, channel)
    for descriptor in descriptors:
        os.close(descriptor)  # so that the answer ends when the child does
    out_of_time = not _wait(pid, started + request.limits.wall)
    _kill_group(pid)
    _, status, usage = os.wait4(pid, 0)
    return Verdict(
        status=status,
        cpu=round(usage.ru_utime + usage.ru_stime, 3),
        resident=usage.ru_maxrss * (1024 if sys.platform == "linux" else 1),
        wall=round(time.monotonic() - started, 3),
        out_of_time=out_of_time,
    )


def _wait(pid: int, deadline: float) -> bool:
    """Whether the child ended by itself before the deadline; it is left to be collected."""
    if hasattr(os, "pidfd_open"):
        descriptor = os.pidfd_open(pid)
        try:
            return bool(select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0])
        finally:
            os.close(descriptor)
    while time.monotonic() < deadline:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return True
        time.sleep(_POLL_SECONDS)
    return False


def _kill_group(pid: int) -> None:
    """End the child and whatever it may have started; it leads a session and so a group of its own."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _be_child(request: Request, verb: Verb, descriptors: list[int], channel: socket.socket) -> NoReturn:
    """In the child: close what is not needed, limit oneself, read, answer, end."""
    code = 1
    try:
        os.setsid()
        channel.close()
        _silence()
        limit_self(request.limits)
        source, answer = descriptors
        with os.fdopen(source, "rb") as stream:
            stream.seek(0)
            data = stream.read()
        _write(answer, bytes_to_answer(verb, data, request.member))
        code = 0
    finally:
        os._exit(code)


def _silence() -> None:
    """Nothing a library prints may reach the log: it may quote the document."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def bytes_to_answer(verb: Verb, data: bytes, member: str | None = None) -> bytes:
    """Run the verb; whatever happens becomes an answer."""
    try:
        value = verb(data) if member is None else verb(data, member)
        return _answer("value", value_to_json_line(value))
    except NeedsOfficeError as error:
        return _answer("office", value_to_json_line(Needed(kind=error.kind, reason=error.reason)))
    except DocumentError as error:
        trouble = Trouble(code=error.code, reason=error.reason, advice=error.advice)
        return _answer("error", value_to_json_line(trouble))
    except MemoryError:
        open_reserve()
        return _answer("memory", b"")
    except Exception as error:  # noqa: BLE001 - a bug of ours: reported by the parent, never passed over
        return _answer("bug", value_to_json_line(_error_to_bug(error)))


def _error_to_bug(error: Exception) -> Bug:
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = tuple(f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)  # noqa: PTH119 - a name, not a file
    return Bug(kind=type(error).__name__, where=where)


def _answer(tag: str, payload: bytes) -> bytes:
    return value_to_json_line(Head(tag=tag, peak=peak_address_space())) + b"\n" + payload


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _warm() -> None:
    """Import every reader, and with them their libraries; let them do once what they do at their first document.

    What recognises pictures is not among them: it is large, seldom needed, and its sessions do not survive a fork.
    """
    import parsers
    from parsers.readers import READERS, SECOND_READERS

    for _, name in (*READERS, *SECOND_READERS):
        importlib.import_module(name)
    importlib.import_module("parsers.notices.render")
    for sample in samples():
        bytes_to_answer(parsers.read_written, sample)


def render(joined: bytes) -> Drawn:
    """The verb that draws: what is to be drawn, one line of JSON, stands before the bytes of which it is drawn."""
    import parsers

    line, _, data = joined.partition(b"\n")
    return parsers.render(data, msgspec.json.decode(line, type=Order))


def conversions() -> dict[str, Verb]:
    """A verb for each kind that an office program must convert; our own look at such files is made ready too."""
    import parsers.readers.office

    return {conversion(kind): partial(convert, kind) for kind in parsers.readers.OFFICE_KINDS}


def conversion(kind: Kind) -> str:
    """The name of the verb that converts this kind."""
    return f"convert-{kind.value}"


def main() -> None:
    """Serve the client that started this process."""
    import parsers

    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the client, which ends us in good order
    _warm()
    with socket.socket(fileno=int(sys.argv[1])) as channel:
        verbs: dict[str, Verb] = {"read": parsers.read_written, "recognise": parsers.read, "reread": parsers.reread}
        verbs |= {"member": parsers.member, "render": render, **conversions()}
        serve(channel, verbs)


if __name__ == "__main__":
    main()
