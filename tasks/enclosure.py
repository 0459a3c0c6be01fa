"""The walls of the sandbox: what the warm parent enters once, and what each child gives up before it sees any bytes.

Namespaces where the kernel lets us (no network, nothing of the machine to see, no process to reach, nothing that
outlives a document); else Landlock with a filter of system calls; with neither, nothing starts unless the operator
accepts that. Entered before the readers are imported, so a reader that needs what is not to be seen fails at the start.
"""

from __future__ import annotations

import contextlib
import enum
import os
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tasks import landlock
from tasks.kernel import (
    NEW_IPC,
    NEW_MOUNTS,
    NEW_NAMES,
    NEW_NETWORK,
    NEW_PROCESSES,
    NEW_USERS,
    ON_LINUX,
    drop_bounding_capabilities,
    drop_capabilities,
    unshare,
)
from tasks.office_programs import antiword, soffice
from tasks.sandbox_limits import Limits, die_with_parent, limit_processes, limit_self, renounce_privileges
from tasks.seccomp import is_known_machine, refuse_calls
from tasks.view import SCRATCH, clear_scratch, close_view, needed_paths

_APART = NEW_MOUNTS | NEW_NAMES | NEW_IPC | NEW_PROCESSES | NEW_NETWORK

_FIRST_USER = 2_000_000_000
"""Users from here on are nobody's on any machine we know of; each warm parent's children have one of their own."""

_NOBODY = 65534
"""Where the machine has not so many users, as in a container."""


class Layer(enum.StrEnum):
    """What stands between a child and the machine."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    LIMITS = "limits-only"


class NoWallsError(Exception):
    """This machine offers neither namespaces nor Landlock, and nobody accepted to go without."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What the warm parent has entered.

    `owner` is the children's user and group; `processes` the descriptor of the machine's folder of processes, `rules`
    that of Landlock's rules (-1: none).
    """

    layer: Layer
    owner: tuple[int, int]
    processes: int
    rules: int = -1

    def cut_off_child(self, limits: Limits) -> int:
        """In the child: give up everything that the document does not need. The descriptor of one's own counters."""
        parent = os.getppid()
        counters = self._open_counters()
        limit_self(limits)
        own_user = _become(*self.owner)
        if limits.processes == 1 or own_user or self.layer is Layer.NAMESPACES:
            limit_processes(limits.processes)
        die_with_parent()  # after the change of user, which takes the order back
        if os.getppid() != parent:
            os._exit(1)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # so that the parent can tell it; Python turns it into an error
        if self.layer is Layer.NAMESPACES:
            os.chdir(SCRATCH)
        if ON_LINUX:
            self._raise_walls(limits)
        return counters

    def _raise_walls(self, limits: Limits) -> None:
        drop_capabilities()
        if self.rules >= 0:
            landlock.restrict_self(self.rules)
            os.close(self.rules)
        with _unless_it_must(self.layer is not Layer.LIMITS and is_known_machine()):
            refuse_calls(programs=limits.programs)

    def _open_counters(self) -> int:
        if self.processes < 0:
            return -1
        counters = os.open("self/status", os.O_RDONLY | os.O_CLOEXEC, dir_fd=self.processes)
        os.close(self.processes)
        return counters

    def sweep(self) -> None:
        """After a child: end what it may have left running, and clear what it may have left lying."""
        if self.layer is not Layer.NAMESPACES:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)  # all but ourselves, the first process of this namespace
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        clear_scratch(self.owner)


def _unless_it_must(must: bool) -> contextlib.AbstractContextManager[None]:  # noqa: FBT001 - its only argument
    return contextlib.nullcontext() if must else contextlib.suppress(OSError)


def enter(*, accept_limits: bool) -> Enclosure:
    """The strongest walls there are. Raises NoWallsError."""
    processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) if ON_LINUX else -1
    if ON_LINUX and _can(_enter_namespaces):
        owner = _enter_namespaces()
        drop_bounding_capabilities()
        renounce_privileges()
        return Enclosure(Layer.NAMESPACES, owner, processes)
    paths = needed_paths(None)
    owner = _own_user()
    if not _can(lambda: _see(paths, owner)):
        owner = os.geteuid(), os.getegid()  # Gouji stands where nobody else may look
    renounce_privileges()
    if is_known_machine():
        with contextlib.suppress(OSError):
            return Enclosure(Layer.LANDLOCK, owner, processes, landlock.paths_to_rules(paths))
    if accept_limits:
        return Enclosure(Layer.LIMITS, owner, processes)
    raise NoWallsError


def _can(attempt: Callable[[], object]) -> bool:
    """Whether it works, tried in a process of its own: half entered is worse than not."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            attempt()
            code = 0
        finally:
            os._exit(code)  # before any traceback: that it does not work is no trouble
    return os.waitpid(pid, 0)[1] == 0


def _enter_namespaces() -> tuple[int, int]:
    """Return as the first process of namespaces of one's own, with the children's user and group. OSError.

    Whoever called stays behind, and ends when we do.
    """
    paths = needed_paths(soffice() or antiword())
    mine = os.geteuid(), os.getegid()
    owner = _own_user()
    try:
        unshare(_APART)  # as root, whose children can then have a user of their own
    except OSError:
        unshare(_APART | NEW_USERS)
        owner = mine
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        for what, value in zip(("uid", "gid"), mine, strict=True):
            Path(f"/proc/self/{what}_map").write_text(f"{value} {value} 1", encoding="ascii")
    _go_on_as_first()
    close_view(paths, owner)
    return owner


def _go_on_as_first() -> None:
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    die_with_parent()


def _own_user() -> tuple[int, int]:
    """The user and the group of the children: root has the choice."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    user = next((user for user in (_FIRST_USER + os.getpid(), _NOBODY) if _exists(user)), 0)
    return user, user


def _see(paths: Iterable[str], owner: tuple[int, int]) -> None:
    """As this user, open what must be seen. OSError."""
    _become(*owner)
    for path in paths:
        os.close(os.open(path, os.O_RDONLY))


def _exists(user: int) -> bool:
    try:
        lines = Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()
    except OSError:
        return True
    ranges = [tuple(map(int, line.split())) for line in lines]
    return any(first <= user < first + count for first, _, count in ranges)


def _become(user: int, group: int) -> bool:
    """Whether this process is now a user that nobody else is."""
    try:
        os.setgroups([])
        os.setresgid(group, group, group)
        os.setresuid(user, user, user)
    except (OSError, AttributeError):
        return False
    return user >= _FIRST_USER
