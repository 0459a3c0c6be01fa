"""What a process takes away from itself before it looks at foreign bytes. The place to grow: namespaces, Landlock."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal

from parsers.model.value import Value

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38

MEMORY_ERROR_RESERVE = 64 * 1024 * 1024
"""Address space beyond the limit, opened only so that the child can still say that it ran out of memory."""

ON_LINUX = platform.system() == "Linux"


class Limits(Value):
    """Of one child: address space in bytes, CPU and wall time in seconds, size of a file it writes, open files."""

    memory: int = 1024 * 1024 * 1024
    cpu: int = 120
    wall: float = 300
    file_size: int = 256 * 1024 * 1024
    files: int = 64


RECOGNITION = Limits(memory=3 * 1024 * 1024 * 1024, cpu=230, wall=240)
"""Of a child that recognises pictures: it needs 1.5 GB of address space, and some 5 seconds a page."""


DRAWING = Limits(cpu=30, wall=60)
"""Of a child that draws what a notice shows: it needs some ten milliseconds a picture, and nothing hangs on it."""


def die_with_parent() -> None:
    """Be killed when the thread that started this process ends. Only Linux offers it."""
    _prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))


def limit_self(limits: Limits) -> None:
    """Give up what reading a document does not need; for good, except the small reserve of memory."""
    die_with_parent()
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    os.umask(0o077)
    _limit(resource.RLIMIT_AS, limits.memory, limits.memory + MEMORY_ERROR_RESERVE)
    _limit(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 2)
    _limit(resource.RLIMIT_FSIZE, limits.file_size, limits.file_size)
    _limit(resource.RLIMIT_NOFILE, limits.files, limits.files)
    _limit(resource.RLIMIT_CORE, 0, 0)


def open_reserve() -> None:
    """After a MemoryError: room enough to report it."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    _limit(resource.RLIMIT_AS, hard, hard)


def peak_address_space() -> int:
    """The most address space this process ever had, in bytes; 0 where the system does not say."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123 - lean, after a MemoryError
            for line in status:
                if line.startswith("VmPeak:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _limit(what: int, soft: int, hard: int) -> None:
    """Set a limit, never above what the process was given itself."""
    given = resource.getrlimit(what)[1]
    ceiling = hard if given == resource.RLIM_INFINITY else min(hard, given)
    resource.setrlimit(what, (min(soft, ceiling), ceiling))


def _prctl(option: int, value: int) -> None:
    if ON_LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
