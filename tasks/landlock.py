"""Landlock, for where namespaces are forbidden: which files a child may open, and no TCP (linux/landlock.h)."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence

from tasks.kernel import ON_LINUX, syscall

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION = 1
_BELOW_PATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_LOOK = _EXECUTE | _READ_FILE | _READ_FOLDER
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights on files each version knows; the rest of them, from 5 on, know 16."""

_NEWEST_FILE_RIGHTS = 16
_NETWORK_SINCE, _SCOPE_SINCE = 4, 6
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_NULL_DEVICE = "/dev/null"


def version() -> int:
    """Which version the kernel offers; 0 for none."""
    if not ON_LINUX:
        return 0
    try:
        return syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_ASK_VERSION))
    except OSError:
        return 0


def paths_to_rules(readable: Sequence[str]) -> int:
    """The descriptor of rules that let a process read these paths, write to /dev/null, and nothing else. OSError."""
    known = version()
    if known == 0:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    files = (1 << _FILE_RIGHTS.get(known, _NEWEST_FILE_RIGHTS)) - 1
    network = _BIND_AND_CONNECT if known >= _NETWORK_SINCE else 0
    scope = _ABSTRACT_SOCKETS_AND_SIGNALS if known >= _SCOPE_SINCE else 0
    attributes = struct.pack("=QQQ", files, network, scope)
    # a kernel takes what is longer than it knows as long as the rest is zero
    rules = syscall(_CREATE, ctypes.c_char_p(attributes), ctypes.c_size_t(len(attributes)), ctypes.c_uint(0))
    os.set_inheritable(rules, False)  # noqa: FBT003 - the only way to say it
    for path in readable:
        _allow(rules, path, _LOOK if os.path.isdir(path) else _READ_FILE | _EXECUTE)  # noqa: PTH112 - a plain path
    _allow(rules, _NULL_DEVICE, _READ_FILE | _WRITE_FILE)
    return rules


def restrict_self(rules: int) -> None:
    """These rules hold for this process from here on; it must have renounced new privileges. OSError."""
    syscall(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint(0))


def _allow(rules: int, path: str, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, place)  # struct landlock_path_beneath_attr, packed
        syscall(_ADD, ctypes.c_int(rules), ctypes.c_int(_BELOW_PATH), ctypes.c_char_p(rule), ctypes.c_uint(0))
    finally:
        os.close(place)
