"""The state directory: where the embedded servers keep their data, ports and keys, the same across restarts."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tasks.errors import ConfigurationError
from workers.embedded.process import free_port
from workers.exit_codes import EXIT_ALREADY_RUNNING, EXIT_STATE_DIR

_PORTS = range(20_000, 32_000)
"""Where no system takes ports for outgoing connections: what is free today is free tomorrow."""


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """What must stay the same from start to start. Kept in `remembered.json`, mode 0600."""

    valkey_port: int
    valkey_password: str
    s3_port: int
    web_token: str
    intake_secret: str


class RunningUp(msgspec.Struct, frozen=True, kw_only=True):
    """What the running `gouji up` uses, for `gouji submit`. Kept in `running.json`, mode 0600, while it runs."""

    pid: int
    environment: dict[str, str]


def prepare(folder: Path) -> None:
    """Create the directory and try to write. Raises ConfigurationError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"状态目录 {folder} 不能写入（{error.strerror}）；请改权限，或用 GOUJI_STATE_DIR 指定别的目录",
            EXIT_STATE_DIR,
        ) from None


def remember(folder: Path) -> Remembered:
    """The remembered ports and keys; chosen at the first call."""
    path = folder / "remembered.json"
    if path.exists():
        return _load(path)
    # by chance, so that two first starts at the same moment do not choose the same
    first = _PORTS[secrets.randbelow(len(_PORTS) // 2) * 2]
    chosen = Remembered(
        valkey_port=free_port(first),
        valkey_password=secrets.token_hex(24),
        s3_port=free_port(first + 1),
        web_token=secrets.token_urlsafe(24),
        intake_secret=secrets.token_urlsafe(24),
    )
    write_private(path, msgspec.json.encode(chosen))
    return chosen


def running(folder: Path) -> RunningUp | None:
    """What the `gouji up` that runs on this directory uses; None when none runs."""
    try:
        found = msgspec.json.decode((folder / "running.json").read_bytes(), type=RunningUp)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if _is_locked(folder / "lock") else None


def announce(folder: Path, environment: dict[str, str]) -> None:
    """Let `gouji submit` find us."""
    write_private(folder / "running.json", msgspec.json.encode(RunningUp(pid=os.getpid(), environment=environment)))


@contextlib.contextmanager
def sole_use(folder: Path) -> Iterator[None]:
    """Hold the directory; a second `gouji up` on it is refused. The lock ends with the process, however that ends."""
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                f"这个状态目录（{folder}）上已有一个 gouji up 在运行；请先停止它，或用 GOUJI_STATE_DIR 指定别的目录",
                EXIT_ALREADY_RUNNING,
            ) from None
        try:
            yield
        finally:
            (folder / "running.json").unlink(missing_ok=True)


def write_private(path: Path, data: bytes) -> None:
    """Write a whole file that only its owner may read; a killed writer leaves the old one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(data)
    draft.replace(path)


def _load(path: Path) -> Remembered:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Remembered)
    except (OSError, json.JSONDecodeError, msgspec.MsgspecError):
        raise ConfigurationError(
            f"{path} 读不出来；把它移走后重新启动，会另选端口和口令（数据不受影响）", EXIT_STATE_DIR
        ) from None


def _is_locked(path: Path) -> bool:
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
