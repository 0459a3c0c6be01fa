"""Calls of the Linux kernel that Python has no name for, through libc. Each raises OSError with the kernel's number."""

from __future__ import annotations

import ctypes
import os
import platform

ON_LINUX = platform.system() == "Linux"

MACHINE = platform.machine()

NEW_MOUNTS, NEW_NAMES, NEW_IPC, NEW_USERS, NEW_PROCESSES, NEW_NETWORK = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
READ_ONLY, NO_SUID, NO_DEVICES, NO_PROGRAMS, REMOUNT, BIND, RECURSIVE, SLAVE = (
    0x1,
    0x2,
    0x4,
    0x8,
    0x20,
    0x1000,
    0x4000,
    0x80000,
)
DETACH = 2
"""umount2(2): let go of it at once, whoever still looks into it."""

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38

_MOUNT_SETATTR = 442
_PIVOT_ROOT = {"x86_64": 155}
_PIVOT_ROOT_GENERIC = 41
"""Of every machine whose numbers follow the kernel's common table: ARM, RISC-V, LoongArch."""

_CAPABILITIES_VERSION = 0x20080522
_EVERY_CAPABILITY = 64

_AT_RECURSIVE, _AT_FDCWD = 0x8000, -100

_libc = ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> int:
    """The result of a call, or OSError when it is -1."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def prctl(option: int, value: int | ctypes.Array[ctypes.c_char], second: object = 0) -> None:
    """System call prctl."""
    checked(_libc.prctl(option, value, second, 0, 0))


def syscall(number: int, *arguments: object) -> int:
    """System call syscall, for what libc itself has no name for."""
    return checked(_libc.syscall(ctypes.c_long(number), *arguments))


def unshare(what: int) -> None:
    """System call unshare."""
    checked(_libc.unshare(what))


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """System call mount."""
    words = [None if word is None else os.fsencode(word) for word in (source, target, kind, options)]
    checked(_libc.mount(*words[:3], ctypes.c_ulong(flags), words[3]))


def unmount(target: str) -> None:
    """System call umount2, at once."""
    checked(_libc.umount2(os.fsencode(target), DETACH))


def pivot_root(new: str, old: str) -> None:
    """System call pivot_root: `new` becomes the root, and what was the root is seen at `old` inside it."""
    number = _PIVOT_ROOT.get(MACHINE, _PIVOT_ROOT_GENERIC)
    syscall(number, ctypes.c_char_p(os.fsencode(new)), ctypes.c_char_p(os.fsencode(old)))


def freeze_mount(target: str) -> None:
    """Read-only from here on, with all that is mounted below it; kernels before 5.12 can do so with itself alone."""
    attributes = (ctypes.c_uint64 * 4)(
        READ_ONLY | NO_SUID, 0, 0, 0
    )  # struct mount_attr: set, clear, propagation, users
    try:
        syscall(
            _MOUNT_SETATTR,
            _AT_FDCWD,
            ctypes.c_char_p(os.fsencode(target)),
            ctypes.c_uint(_AT_RECURSIVE),
            ctypes.byref(attributes),
            ctypes.c_size_t(ctypes.sizeof(attributes)),
        )
    except OSError:
        kept = os.statvfs(target).f_flag & (NO_DEVICES | NO_PROGRAMS)
        mount(None, target, None, REMOUNT | BIND | READ_ONLY | NO_SUID | kept)


def drop_bounding_capabilities() -> None:
    """No program started from here on gets any capability."""
    try:
        for number in range(_EVERY_CAPABILITY):
            prctl(PR_CAPBSET_DROP, number)
    except OSError:
        pass  # the kernel knows no more of them, or we have no right to it and so nothing to lose


def drop_capabilities() -> None:
    """This process has none any more (capset(2), three sets of 64 bits)."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    checked(_libc.capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)())))
