"""What a hostile document would look at from inside the sandbox: one line a thing tried, `thing: what came of it`."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import socket
import tempfile
from collections.abc import Callable


def look(what: str) -> list[str]:
    """`topic` or `topic {"json": …}`."""
    topic, _, rest = what.partition(" ")
    return TOPICS[topic](rest)


def tried(name: str, deed: Callable[[], object]) -> str:
    try:
        deed()
    except OSError as error:
        return f"{name}: {errno.errorcode.get(error.errno or 0, 'refused')}"
    return f"{name}: done"


def environment(_: str) -> list[str]:
    return sorted(os.environ)


def descriptors(_: str) -> list[str]:
    found = []
    for number in range(256):
        try:
            found.append(f"{number} {os.fstat(number).st_mode:o}")
        except OSError:
            continue
    return found


def files(rest: str) -> list[str]:
    return [tried(path, lambda path=path: os.close(os.open(path, os.O_RDONLY))) for path in json.loads(rest)]  # type: ignore[misc]


def writes(rest: str) -> list[str]:
    flags = os.O_WRONLY | os.O_CREAT
    return [
        tried(folder, lambda folder=folder: os.close(os.open(f"{folder}/gouji-hostile", flags)))  # type: ignore[misc]
        for folder in json.loads(rest)
    ]


def network(rest: str) -> list[str]:
    port, dns = json.loads(rest)

    def connect() -> None:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()

    def send(to: int) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"packet", ("127.0.0.1", to))

    def raw() -> None:
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()

    return [
        tried("tcp", connect),
        tried("udp", lambda: send(port)),
        tried("dns", lambda: send(dns)),
        tried("name", lambda: socket.getaddrinfo("example.org", 80)),
        tried("raw", raw),
        tried("listen", lambda: socket.create_server(("127.0.0.1", 0)).close()),
        tried("unix", lambda: socket.socket(socket.AF_UNIX).close()),
    ]


def calls(_: str) -> list[str]:
    libc = ctypes.CDLL(None, use_errno=True)

    def call(*arguments: object) -> None:
        if libc.syscall(*arguments) < 0:
            raise OSError(ctypes.get_errno(), "")

    rest = {name: lambda number=number: call(number, 0, 0, 0, 0) for name, number in CALLS[os.uname().machine].items()}
    return [
        *(tried(name, deed) for name, deed in rest.items()),
        tried("unshare", lambda: _unshare(libc)),
        tried("fork", _fork),
        tried("exec", lambda: os.execv("/bin/true", ["true"])),  # noqa: S606
        tried("kill-parent", lambda: os.kill(os.getppid(), 9)),
        tried("kill-all", lambda: os.kill(-1, 9)),
        *([tried("root", lambda: os.setuid(0))] if os.getuid() else []),
    ]


CALLS = {
    "x86_64": {"ptrace": 101, "io_uring_setup": 425, "bpf": 321, "keyctl": 250, "mount": 165, "userfaultfd": 323},
    "aarch64": {"ptrace": 117, "io_uring_setup": 425, "bpf": 280, "keyctl": 219, "mount": 40, "userfaultfd": 282},
}


def _unshare(libc: ctypes.CDLL) -> None:
    if libc.unshare(0x10000000) < 0:
        raise OSError(ctypes.get_errno(), "")


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def who(_: str) -> list[str]:
    libc = ctypes.CDLL(None)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc.capget(header, sets)
    return [
        f"user {os.getuid()}",
        f"groups {os.getgroups()}",
        f"capabilities {any(sets)}",
        f"new privileges {libc.prctl(39, 0, 0, 0, 0) == 0}",
        f"filter {libc.prctl(21, 0, 0, 0, 0)}",
        f"leader {os.getsid(0) == os.getpid()}",
    ]


def limits(_: str) -> list[str]:
    names = ("AS", "CPU", "FSIZE", "NOFILE", "CORE", "NPROC")
    return [f"{name} {resource.getrlimit(getattr(resource, f'RLIMIT_{name}'))[0]}" for name in names]


def folders(_: str) -> list[str]:
    return [f"/ {' '.join(sorted(os.listdir('/')))}", f"scratch {sorted(os.listdir(tempfile.gettempdir()))}"]  # noqa: PTH208


TOPICS: dict[str, Callable[[str], list[str]]] = {
    "environment": environment,
    "descriptors": descriptors,
    "files": files,
    "writes": writes,
    "network": network,
    "calls": calls,
    "who": who,
    "limits": limits,
    "folders": folders,
}
