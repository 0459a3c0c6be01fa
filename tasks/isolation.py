"""A process cuts itself off before it starts a foreign program: no network, no files but the system's, no processes.

Linux namespaces, entered through libc. Whoever has no right to them gets IsolationError: nothing runs half isolated.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from tasks.sandbox_limits import ON_LINUX

SCRATCH = Path("/tmp")  # noqa: S108 - a file system of its own, which nobody else sees
"""The only place that can be written to; it lives in memory and ends with the last process in it."""

SCRATCH_BYTES = 512 * 1024 * 1024

_NEW_MOUNTS, _NEW_IPC, _NEW_USERS, _NEW_PROCESSES, _NEW_NETWORK = (
    0x00020000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
_APART = _NEW_MOUNTS | _NEW_IPC | _NEW_PROCESSES | _NEW_NETWORK
_READ_ONLY, _NO_SUID, _BIND, _RECURSIVE, _PRIVATE = 0x1, 0x2, 0x1000, 0x4000, 0x40000

_IN_MEMORY = "tmpfs"

_SYSTEM = frozenset({"bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "sys", "usr"})
"""What a program needs of the machine; every other folder of the root is emptied."""

_OF_ETC = ("alternatives", "fonts", "ld.so.cache", "libreoffice")
"""The rest of /etc is nobody's business: it may hold secrets."""


class IsolationError(Exception):
    """This machine does not let us cut ourselves off."""


def isolate(needed: Path) -> None:
    """Enter namespaces of one's own; `needed` is a program whose folder stays visible. For good.

    The next process started is the first of its process namespace: when it ends, all that it started end.
    """
    if not ON_LINUX:
        raise IsolationError
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        _unshare(libc, user, group)
        _hide_files(libc, needed)
    except OSError as error:
        raise IsolationError from error


def _unshare(libc: ctypes.CDLL, user: int, group: int) -> None:
    """With a user namespace, which plain users may have too; else with root's own rights."""
    if libc.unshare(_NEW_USERS | _APART) == 0:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    else:
        _require(libc.unshare(_APART))


def _hide_files(libc: ctypes.CDLL, needed: Path) -> None:
    """An empty file system over every folder that is not the system's, and one to work in."""
    _mount(libc, None, Path("/"), _RECURSIVE | _PRIVATE)
    _mount(libc, _IN_MEMORY, SCRATCH, _NO_SUID, f"size={SCRATCH_BYTES},mode=700")
    kept = _SYSTEM | {SCRATCH.parts[1], needed.parts[1]}
    for folder in sorted(Path("/").iterdir()):
        if folder.name not in kept and folder.is_dir() and not folder.is_symlink():
            _mount(libc, _IN_MEMORY, folder, _READ_ONLY | _NO_SUID, "size=4k,mode=755")
    _hide_etc(libc)
    os.chdir(SCRATCH)


def _hide_etc(libc: ctypes.CDLL) -> None:
    etc = SCRATCH / ".etc"
    etc.mkdir()
    for name in _OF_ETC:
        original, shown = Path("/etc") / name, etc / name
        if original.is_dir():
            shown.mkdir()
        elif original.is_file():
            shown.touch()
        else:
            continue
        _mount(libc, str(original), shown, _BIND | _RECURSIVE)
    _mount(libc, str(etc), Path("/etc"), _BIND | _RECURSIVE)


def _mount(libc: ctypes.CDLL, source: str | None, target: Path, flags: int, options: str = "") -> None:
    """mount(2): a file system in memory, a folder seen a second time, or (without source) another way to share."""
    kind = _IN_MEMORY if source == _IN_MEMORY else None
    words = [None if word is None else word.encode() for word in (source, str(target), kind, options)]
    _require(libc.mount(*words[:3], ctypes.c_ulong(flags), words[3]))


def _require(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
