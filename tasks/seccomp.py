"""Which system calls a child may make: a filter of the kernel (seccomp), written as its short program.

The list and its reasons: reliability.md 8.3; the shape of the program: Documentation/userspace-api/seccomp_filter.rst.
Numbers are those of asm/unistd_64.h, and of asm-generic/unistd.h for the machines that follow the common table.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from tasks.kernel import MACHINE, PR_SET_SECCOMP, prctl

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7, "riscv64": 0xC00000F3, "loongarch64": 0xC0000102}
"""AUDIT_ARCH_… of linux/audit.h."""

_NETWORK = {"socket": (41, 198)}
_PROGRAMS = {"execve": (59, 221), "execveat": (322, 281)}
_FORKS = {"fork": (57, None), "vfork": (58, None)}
_CLONE, _CLONE3 = (56, 220), (435, 435)
_SIGNALS_BY_NUMBER = ((62, 129), (234, 131))
"""kill and tgkill, which libc's abort needs, and which are allowed on oneself."""

_SIGNALS = {
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}
_NEVER = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    # parts of the kernel with a history
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "fanotify_init": (300, 262),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
    # other namespaces and file systems
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # the machine
    "init_module": (175, 105),
    "delete_module": (176, 106),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "vhangup": (153, 58),
}

_CLONE_THREAD, _CLONE_NEW = 0x00010000, 0x7E020080
"""clone(2): a thread and no process; any namespace of its own."""

_X32 = 0x40000000
"""On x86_64, numbers from here on are a second table of the same calls."""

_LOAD, _JUMP_EQUAL, _JUMP_FROM, _JUMP_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Places in struct seccomp_data, the low half of the argument on little-endian machines."""

_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_REFUSE = _ERROR | errno.EPERM
_UNKNOWN = _ERROR | errno.ENOSYS
_MODE_FILTER = 2

Step = tuple[int, int, int, int]
"""One instruction: code, steps to jump when true, when false, value."""


def is_known_machine() -> bool:
    """Whether we know this machine's numbers."""
    return MACHINE in _ARCHITECTURES


def refuse_calls(*, programs: bool) -> None:
    """Make the filter that of this process and of all it starts, for good; `programs`: it may start some. OSError."""
    if not is_known_machine():
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    code = b"".join(struct.pack("=HBBI", *step) for step in to_steps(MACHINE, os.getpid(), programs=programs))
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: how many, padding, where
    program = struct.pack("=H6xQ", len(code) // 8, ctypes.addressof(buffer))
    prctl(PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(program, len(program)))


def to_steps(machine: str, own: int, *, programs: bool) -> list[Step]:
    """The filter for this machine and the process with this number."""
    table = 0 if machine == "x86_64" else 1
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        _return(_KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if table == 0:
        steps += [(_JUMP_FROM, 0, 1, _X32), _return(_REFUSE)]
    refused = [*_NEVER.values()]
    if not programs:
        refused += [*_NETWORK.values(), *_PROGRAMS.values(), *_FORKS.values(), *_SIGNALS.values()]
    for number in _of(table, refused):
        steps += [(_JUMP_EQUAL, 0, 1, number), _return(_REFUSE)]
    steps += [(_JUMP_EQUAL, 0, 1, _CLONE3[table]), _return(_UNKNOWN)]  # its flags are out of a filter's reach
    steps += _if(_CLONE[table], _any_program() if programs else _threads_alone())
    if programs:
        steps += _if(_NETWORK["socket"][table], _only(_AF_UNIX))
    else:
        for pair in _SIGNALS_BY_NUMBER:
            steps += _if(pair[table], _only(own))
    return [*steps, _return(_ALLOW)]


_AF_UNIX = 1


def _of(table: int, pairs: Iterable[tuple[int | None, ...]]) -> list[int]:
    return [number for pair in pairs if (number := pair[table]) is not None]


def _return(value: int) -> Step:
    return (_RETURN, 0, 0, value)


def _if(number: int, then: list[Step]) -> list[Step]:
    """These steps, which end with an answer, for this call alone."""
    return [(_JUMP_EQUAL, 0, len(then), number), *then]


def _only(value: int) -> list[Step]:
    """Allowed when the first argument is this."""
    return [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_JUMP_EQUAL, 0, 1, value), _return(_ALLOW), _return(_REFUSE)]


def _threads_alone() -> list[Step]:
    return [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_JUMP_ANY, 0, 1, _CLONE_THREAD), _return(_ALLOW), _return(_REFUSE)]


def _any_program() -> list[Step]:
    return [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_JUMP_ANY, 0, 1, _CLONE_NEW), _return(_REFUSE), _return(_ALLOW)]
