"""The client's side of the sandbox: bytes go to a child process, a validated value or a DocumentError comes back."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, TypeVar

import msgspec

from parsers.model.document import Document
from parsers.model.errors import NeedsOfficeError
from parsers.model.files import json_to_value, value_to_json_line
from parsers.model.member import Member
from parsers.model.pictures import pages_without_text
from parsers.model.source import Source
from parsers.notices.drawn import Drawn, Order
from tasks.child_answer import MAX_ANSWER, answer_to_value, bad_answer
from tasks.enclosure import Layer
from tasks.errors import ConfigurationError, TransientError
from tasks.kernel import ON_LINUX
from tasks.office import Converted
from tasks.office_programs import require_converter
from tasks.sandbox_limits import CONVERSION, DRAWING, READING, RECOGNITION, Limits
from tasks.sandbox_server import Hello, Request, Verdict, conversion
from tasks.walls import EXIT_PLATFORM, no_walls

T = TypeVar("T")

START_SECONDS = 60.0
"""For the warm parent to come up; it imports every reader, and the machine may be busy."""

GRACE_SECONDS = 4.0
"""Beyond the child's wall limit: for the warm parent to end the child and to report."""

ALLOCATOR = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""All that the sandbox gets of an environment. Each child touches its memory for the first time, and in large pages
that costs a PDF's child four milliseconds less; other C libraries pass over it."""

_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE if ON_LINUX else 0

COMMAND = (sys.executable, "-I", "-m", "tasks.sandbox_server")


class _WarmParentError(Exception):
    """The warm parent is gone; a new one is started."""


@dataclass(slots=True)
class Sandbox:
    """One warm parent, started when first needed and again when it died. One document at a time.

    Use it from the thread that will live longest: the kernel ties the warm parent to the thread that started it.
    """

    limits: Limits = READING
    office_limits: Limits = CONVERSION
    recognition: Limits = RECOGNITION
    drawing: Limits = DRAWING
    command: Sequence[str] = COMMAND
    accept_limits: bool = False
    """Whether to go on where the machine offers no walls."""
    _layer: Layer | None = None
    _process: subprocess.Popen[bytes] | None = None
    _channel: socket.socket | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, data: bytes) -> Document:
        """The document in these bytes. Raises DocumentError, or TransientError when no warm parent stays alive."""
        with self._lock:
            try:
                return self._read_directly(data)
            except NeedsOfficeError as needed:
                return self._read_converted(data, needed)

    def reread(self, data: bytes) -> Document:
        """The same bytes by the second reader. Raises as `read` does."""
        with self._lock:
            return self._answered("reread", data, self.limits, Document)

    def member(self, data: bytes, name: str) -> Member:
        """This member of a ZIP. Raises as `read` does."""
        with self._lock:
            return self._answered("member", data, self.limits, Member, name)

    def render(self, data: bytes, order: Order) -> Drawn:
        """What is ordered of these bytes, drawn. Raises as `read` does."""
        with self._lock:
            return self._answered("render", value_to_json_line(order) + b"\n" + data, self.drawing, Drawn)

    def read_directly(self, data: bytes) -> Document:
        """The same without any office program: what needs one raises NeedsOfficeError."""
        with self._lock:
            return self._read_directly(data)

    def _read_directly(self, data: bytes) -> Document:
        """Pages that are pictures go to a second child, which may use what recognition needs."""
        document = self._answered("read", data, self.limits, Document)
        if not pages_without_text(document):
            return document
        return self._answered("recognise", data, self.recognition, Document)

    def _read_converted(self, data: bytes, needed: NeedsOfficeError) -> Document:
        """What an office program makes of the bytes, read; the document stays that of the original."""
        converter = require_converter(needed.kind)
        converted = self._answered(conversion(needed.kind), data, self.office_limits, Converted)
        try:
            document = self._answered("read", converted.data, self.limits, Document)
        except NeedsOfficeError:
            raise bad_answer() from None
        content = hashlib.sha256(data).hexdigest()
        source = Source(sha256=content, kind=needed.kind, bytes=len(data), converter=converter)
        return msgspec.structs.replace(document, source=source)

    def _answered(self, verb: str, data: bytes, limits: Limits, kind: type[T], member: str | None = None) -> T:
        """One child's value; a warm parent that died is replaced once."""
        try:
            answer, verdict = self._ask(verb, data, limits, member)
        except _WarmParentError:
            self.close()
            try:
                answer, verdict = self._ask(verb, data, limits, member)
            except _WarmParentError as error:
                self.close()
                raise TransientError("the warm parent of the sandbox died twice") from error
        return answer_to_value(answer, verdict, limits, kind)

    def close(self) -> None:
        """End the warm parent."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _ask(self, verb: str, data: bytes, limits: Limits, member: str | None) -> tuple[bytes, Verdict]:
        channel = self._connected()
        deadline = time.monotonic() + limits.wall + GRACE_SECONDS
        request = value_to_json_line(Request(verb=verb, limits=limits, member=member))
        answer_out, answer_in = os.pipe()
        try:
            with _bytes_to_file(data) as source:
                try:
                    socket.send_fds(channel, [request], [source.fileno(), answer_in])
                except OSError as error:
                    raise _WarmParentError from error
                finally:
                    os.close(answer_in)
            answer = _read_until(answer_out, deadline)
        finally:
            os.close(answer_out)
        return answer, _receive(channel, deadline, Verdict)

    def layer(self) -> Layer:
        """Behind which walls the children work. Raises ConfigurationError when there are none and nobody accepts it."""
        with self._lock:
            self._connected()
            return self._layer or Layer.LIMITS

    def _connected(self) -> socket.socket:
        if self._channel is None or self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        if self._channel is None:
            raise _WarmParentError
        return self._channel

    def _start(self) -> None:
        if not hasattr(os, "fork"):
            raise ConfigurationError("本系统不支持 fork，无法隔离解析文件；请在 Linux 或 macOS 上运行", EXIT_PLATFORM)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        accepted = [Layer.LIMITS] if self.accept_limits else []
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
                [*self.command, str(theirs.fileno()), *accepted],
                pass_fds=(theirs.fileno(),),
                env=ALLOCATOR,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._channel = ours
        self._layer = _receive(ours, time.monotonic() + START_SECONDS, Hello).layer
        if self._layer is None:
            self.close()
            raise no_walls()


def _bytes_to_file(data: bytes) -> IO[bytes]:
    """Their descriptor is all that the child gets of them; where memory can be sealed, it cannot even change them."""
    if not hasattr(os, "memfd_create"):
        made: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the caller closes it
        made.write(data)
        return made
    file = os.fdopen(os.memfd_create("source", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "wb", buffering=0)
    file.write(data)
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALS)
    return file


def _read_until(descriptor: int, deadline: float) -> bytes:
    """All that comes through the pipe; one byte more than allowed is kept as the sign of too much."""
    parts: list[bytes] = []
    size = 0
    while size <= MAX_ANSWER:
        if not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise _WarmParentError
        part = os.read(descriptor, 1 << 20)
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _receive(channel: socket.socket, deadline: float, kind: type[T]) -> T:
    """The next line of the warm parent."""
    line = b""
    with contextlib.suppress(OSError):
        while not line.endswith(b"\n"):
            channel.settimeout(max(0.1, deadline - time.monotonic()))
            part = channel.recv(4096)
            if not part:
                break
            line += part
    try:
        return json_to_value(line, kind)
    except msgspec.MsgspecError as error:
        raise _WarmParentError from error
