"""What the sandbox sees of the machine: the interpreter, its libraries and the system's, read-only, and a scratch.

Everything else is not hidden but absent: the root is an empty file system into which these folders are let in.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from tasks.kernel import (
    BIND,
    NO_DEVICES,
    NO_PROGRAMS,
    NO_SUID,
    READ_ONLY,
    RECURSIVE,
    REMOUNT,
    SLAVE,
    freeze_mount,
    mount,
    pivot_root,
    unmount,
)

SCRATCH = Path("/gouji-scratch")
"""The only place that can be written to; it lives in memory and is made anew after each document that used it."""

SCRATCH_BYTES = 512 * 1024 * 1024
SCRATCH_FILES = 10_000

_OWN_PACKAGES = ("parsers", "tasks")
"""Not the folder they stand in, which in a working copy holds much more."""

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_OF_ETC = ("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "libreoffice")
"""The rest of /etc is nobody's business: it may hold secrets."""

_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")

_USUAL_SCRATCH = Path("/tmp")  # noqa: S108 - a link to ours; also the place that is covered until the root is changed

_OTHER_SCRATCH = Path("/var/tmp")  # noqa: S108 - the same; LibreOffice looks here where /tmp cannot be written to

_PROCESSES = Path("/proc")

_OLD = Path("/.old")
"""Where the old root is seen while the new one is made."""


def needed_paths(program: Path | None) -> tuple[str, ...]:
    """What must be seen: the system's folders, the interpreter, its libraries, our code, this program's folder."""
    found = [*_SYSTEM, *(f"/etc/{name}" for name in _OF_ETC), sys.prefix, sys.base_prefix]
    found += [path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]
    for name in _OWN_PACKAGES:
        spec = importlib.util.find_spec(name)
        found += spec.submodule_search_locations or () if spec else ()
    if program is not None:
        found.append(str(program.parents[1]))
    return _without_parts(path for path in found if Path(path).exists())


def _without_parts(paths: Iterable[str]) -> tuple[str, ...]:
    """Each path as spelt and as it really is, in order; those inside another are left out."""
    both = {name for path in paths for name in (path, os.path.realpath(path))}
    kept: list[str] = []
    for path in sorted(both, key=lambda path: (path.count("/"), path)):
        if not any(path == other or path.startswith(f"{other}/") for other in kept):
            kept.append(path)
    return tuple(kept)


def close_view(paths: Iterable[str], owner: tuple[int, int]) -> None:
    """See nothing but these paths, in a mount namespace of one's own; the scratch belongs to this user and group."""
    umask = os.umask(0o022)
    sources = {path: os.path.realpath(path) for path in (*paths, *_DEVICES)}
    mount(None, "/", None, RECURSIVE | SLAVE)
    mount("tmpfs", str(_USUAL_SCRATCH), "tmpfs", NO_SUID | NO_DEVICES, "size=1m,mode=755")
    os.chdir(_USUAL_SCRATCH)
    Path(_OLD.name).mkdir()
    pivot_root(".", _OLD.name)
    os.chdir("/")
    for path, source in sources.items():
        _let_in(Path(path), Path(f"{_OLD}{source}"))
    SCRATCH.mkdir()
    usual = _OTHER_SCRATCH if _USUAL_SCRATCH.exists() else _USUAL_SCRATCH  # Gouji itself may stand there
    usual.parent.mkdir(exist_ok=True)
    usual.symlink_to(SCRATCH)
    _mount_processes()
    unmount(str(_OLD))
    _OLD.rmdir()
    mount(None, "/", None, REMOUNT | BIND | READ_ONLY | NO_SUID | NO_DEVICES)
    _mount_scratch(owner)
    os.umask(umask)


def _let_in(path: Path, source: Path) -> None:
    """A folder or file of the old root, seen at this place; where the way to it led over links, none are needed now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        path.mkdir(exist_ok=True)
    else:
        path.touch()
    mount(str(source), str(path), None, BIND | RECURSIVE)
    if str(path) not in _DEVICES:
        freeze_mount(str(path))


def _mount_processes() -> None:
    """The processes of our own namespace, without which LibreOffice does not start. A container may refuse it."""
    _PROCESSES.mkdir()
    with contextlib.suppress(OSError):
        mount("proc", str(_PROCESSES), "proc", NO_SUID | NO_DEVICES | NO_PROGRAMS | READ_ONLY, "hidepid=2")


def shows_processes() -> bool:
    """Whether that was possible."""
    return (_PROCESSES / "self").exists()


def _mount_scratch(owner: tuple[int, int]) -> None:
    """An empty scratch."""
    user, group = owner
    options = f"size={SCRATCH_BYTES},nr_inodes={SCRATCH_FILES},mode=700,uid={user},gid={group}"
    mount("tmpfs", str(SCRATCH), "tmpfs", NO_SUID | NO_DEVICES | NO_PROGRAMS, options)


def clear_scratch(owner: tuple[int, int]) -> None:
    """Nothing of one document is there for the next."""
    if os.listdir(SCRATCH):  # noqa: PTH208 - asked after every document, and the quickest way
        unmount(str(SCRATCH))
        _mount_scratch(owner)
