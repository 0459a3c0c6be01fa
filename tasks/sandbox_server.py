"""The warm parent: a process of its own that has imported the readers once and forks one child per document.

`python -I -m tasks.sandbox_server FD [limits-only]` serves one client over the socket FD. It says first behind which
walls it works. A request is one line of JSON with two descriptors: the bytes to read and a pipe for the answer. The
reply, one line, says how the child ended. The next child is forked while the client looks at the answer.
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
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

import msgspec

from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.files import value_to_json_line
from parsers.model.source import Kind
from parsers.model.value import Value
from parsers.notices.drawn import Drawn, Order
from tasks.enclosure import Enclosure, Layer, NoWallsError, enter
from tasks.office import convert, refuse
from tasks.sandbox_limits import Limits, die_with_parent, open_reserve, peak_address_space
from tasks.view import shows_processes
from tasks.warming import samples

Verb = Callable[..., object]
"""Takes the bytes, and after them what the request says more."""

_POLL_SECONDS = 0.005


_REQUEST_BYTES = 16 * 1024


class Hello(Value):
    """What the warm parent says first: behind which walls it works; none: there are none, and it ends."""

    layer: Layer | None


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


def serve(channel: socket.socket, verbs: Mapping[str, Verb], enclosure: Enclosure) -> None:
    """Answer requests one after the other until the client is gone."""
    os.environ.clear()  # the allocator has read it
    gc.collect()
    gc.freeze()  # what was imported stays shared between the children
    server = _Server(channel, verbs, enclosure, os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC))
    say(channel, Hello(layer=enclosure.layer))
    child = server.fork()
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, _REQUEST_BYTES, 2)
        if not message:
            child.end()
            return
        limits = msgspec.json.decode(message, type=Request).limits
        child = server.hand_over(child, message, descriptors)
        say(channel, server.to_verdict(child, limits))
        child = server.fork()


def say(channel: socket.socket, value: Value) -> None:
    """One line to the client."""
    channel.sendall(value_to_json_line(value) + b"\n")


@dataclass(frozen=True, slots=True)
class _Child:
    """A process that waits for its document at the other end of `line`."""

    pid: int
    line: socket.socket

    def end(self) -> None:
        """Nothing is left of it."""
        self.line.close()
        _kill_group(self.pid)
        os.waitpid(self.pid, 0)


@dataclass(frozen=True, slots=True)
class _Server:
    """What every child is made of."""

    channel: socket.socket
    verbs: Mapping[str, Verb]
    enclosure: Enclosure
    nowhere: int

    def fork(self) -> _Child:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._be_child(theirs)
        theirs.close()
        return _Child(pid, ours)

    def hand_over(self, child: _Child, message: bytes, descriptors: list[int]) -> _Child:
        """The child that has got the document: this one, or a new one when something ended it while it waited."""
        try:
            socket.send_fds(child.line, [message], descriptors)
        except OSError:
            child.end()
            child = self.fork()
            socket.send_fds(child.line, [message], descriptors)
        child.line.close()
        for descriptor in descriptors:
            os.close(descriptor)  # so that the answer ends when the child does
        return child

    def to_verdict(self, child: _Child, limits: Limits) -> Verdict:
        """Wait for the child, end it when its time is over, and whatever it started with it."""
        started = time.monotonic()
        out_of_time = not _wait(child.pid, started + limits.wall)
        _kill_group(child.pid)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - started
        self.enclosure.sweep()
        return Verdict(
            status=status,
            cpu=round(usage.ru_utime + usage.ru_stime, 3),
            resident=usage.ru_maxrss * (1024 if sys.platform == "linux" else 1),
            wall=round(wall, 3),
            out_of_time=out_of_time,
        )

    def _be_child(self, line: socket.socket) -> NoReturn:
        """In the child: wait for a document; close what is not needed, limit oneself, read, answer, end."""
        code = 1
        try:
            os.setsid()
            die_with_parent()
            self.channel.close()
            for standard in (0, 1, 2):
                os.dup2(self.nowhere, standard)  # what a library prints may quote the document
            os.close(self.nowhere)
            message, descriptors, _, _ = socket.recv_fds(line, _REQUEST_BYTES, 2)
            line.close()
            if message:
                self._answer_request(msgspec.json.decode(message, type=Request), *descriptors)
                code = 0
        finally:
            os._exit(code)

    def _answer_request(self, request: Request, source: int, answer: int) -> None:
        counters = self.enclosure.cut_off_child(request.limits)
        with os.fdopen(source, "rb") as stream:
            stream.seek(0)
            data = stream.read()
        tag, payload = bytes_to_answer(self.verbs[request.verb], data, request.member)
        head = Head(tag=tag, peak=peak_address_space(counters))
        _write(answer, value_to_json_line(head) + b"\n" + payload)


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


def bytes_to_answer(verb: Verb, data: bytes, member: str | None = None) -> tuple[str, bytes]:
    """Run the verb; whatever happens becomes an answer: its tag and its payload."""
    try:
        value = verb(data) if member is None else verb(data, member)
        return "value", value_to_json_line(value)
    except NeedsOfficeError as error:
        return "office", value_to_json_line(Needed(kind=error.kind, reason=error.reason))
    except DocumentError as error:
        trouble = Trouble(code=error.code, reason=error.reason, advice=error.advice)
        return "error", value_to_json_line(trouble)
    except MemoryError:
        open_reserve()
        return "memory", b""
    except Exception as error:  # noqa: BLE001 - a bug of ours: reported by the parent, never passed over
        return "bug", value_to_json_line(_error_to_bug(error))


def _error_to_bug(error: Exception) -> Bug:
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = tuple(f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)  # noqa: PTH119 - a name, not a file
    return Bug(kind=type(error).__name__, where=where)


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def warm() -> None:
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


def conversions(layer: Layer) -> dict[str, Verb]:
    """A verb for each kind that an office program must convert; our own look at such files is made ready too."""
    import parsers.readers.office

    run = convert if layer is Layer.NAMESPACES and shows_processes() else refuse
    return {conversion(kind): partial(run, kind) for kind in parsers.readers.OFFICE_KINDS}


def conversion(kind: Kind) -> str:
    """The name of the verb that converts this kind."""
    return f"convert-{kind.value}"


def run(prepare: Callable[[Layer], Mapping[str, Verb]]) -> None:
    """Raise the walls, prepare, and serve the client that started this process."""
    descriptor, *accepted = sys.argv[1:]
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the client, which ends us in good order
    with socket.socket(fileno=int(descriptor)) as channel:
        try:
            enclosure = enter(accept_limits=Layer.LIMITS in accepted)
        except NoWallsError:
            say(channel, Hello(layer=None))
        else:
            serve(channel, prepare(enclosure.layer), enclosure)


def prepare(layer: Layer) -> dict[str, Verb]:
    """Import what reads, and name what can be asked for."""
    warm()
    return to_verbs(layer)


def to_verbs(layer: Layer) -> dict[str, Verb]:
    """What can be asked for behind these walls."""
    import parsers

    verbs: dict[str, Verb] = {"read": parsers.read_written, "recognise": parsers.read, "reread": parsers.reread}
    return verbs | {"member": parsers.member, "render": render, **conversions(layer)}


if __name__ == "__main__":
    run(prepare)
