"""What a process may use before it looks at foreign bytes, by kind of work. The walls around it: tasks/enclosure.py."""

from __future__ import annotations

import os
import resource
import signal

from parsers.model.value import Value
from tasks.kernel import ON_LINUX, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, prctl

MEMORY_ERROR_RESERVE = 64 * 1024 * 1024
"""Address space beyond the limit, opened only so that the child can still say that it ran out of memory."""


class Limits(Value):
    """Of one child: address space in bytes, CPU and wall time in seconds, size of a file it writes, open files.

    `processes` counts threads too; 1 is a reader in pure Python. `programs`: whether it may start any.
    """

    memory: int = 1024 * 1024 * 1024
    cpu: int = 120
    wall: float = 300
    file_size: int = 256 * 1024 * 1024
    files: int = 64
    processes: int = 1
    programs: bool = False


READING = Limits()
"""Of a child that reads a document."""

RECOGNITION = Limits(memory=3 * 1024 * 1024 * 1024, cpu=230, wall=240, processes=64)
"""Of a child that recognises pictures: it needs 1.5 GB of address space, threads, and some 5 seconds a page."""

DRAWING = Limits(cpu=30, wall=60)
"""Of a child that draws what a notice shows: it needs some ten milliseconds a picture, and nothing hangs on it."""

CONVERSION = Limits(memory=2 * 1024 * 1024 * 1024, cpu=120, wall=135, files=1024, processes=64, programs=True)
"""Of LibreOffice, which maps more than a reader, starts with some hundred files open, and needs a second or two."""


def die_with_parent() -> None:
    """Be killed when the thread that started this process ends. Linux alone; a change of user takes it back."""
    if ON_LINUX:
        prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))


def renounce_privileges() -> None:
    """Neither this process nor what it starts can ever gain a right by starting a program."""
    if ON_LINUX:
        prctl(PR_SET_NO_NEW_PRIVS, 1)


def limit_self(limits: Limits) -> None:
    """Give up what reading a document does not need; for good, except the small reserve of memory."""
    os.umask(0o077)
    _limit(resource.RLIMIT_AS, limits.memory, limits.memory + MEMORY_ERROR_RESERVE)
    _limit(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 2)
    _limit(resource.RLIMIT_FSIZE, limits.file_size, limits.file_size)
    _limit(resource.RLIMIT_NOFILE, limits.files, limits.files)
    _limit(resource.RLIMIT_CORE, 0, 0)


def limit_processes(count: int) -> None:
    """The same for processes and threads, which the kernel counts by user."""
    _limit(resource.RLIMIT_NPROC, count, count)


def open_reserve() -> None:
    """After a MemoryError: room enough to report it."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    _limit(resource.RLIMIT_AS, hard, hard)


def peak_address_space(counters: int) -> int:
    """The most address space a process ever had, in bytes, by its open `status`; 0 where the system does not say."""
    try:
        lines = os.pread(counters, 4096, 0).splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(b"VmPeak:")), 0)


def _limit(what: int, soft: int, hard: int) -> None:
    """Set a limit, never above what the process was given itself."""
    given = resource.getrlimit(what)[1]
    ceiling = hard if given == resource.RLIM_INFINITY else min(hard, given)
    resource.setrlimit(what, (min(soft, ceiling), ceiling))
