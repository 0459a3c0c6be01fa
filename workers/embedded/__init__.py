"""The embedded default: real servers as child processes, for trying and for small offices.

`start(folder)` brings up Valkey and MiniStack on loopback, with their data, ports and keys in that folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workers.embedded import ministack, valkey
from workers.embedded.process import Server
from workers.embedded.state import prepare, remember

__all__ = ["Embedded", "start"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """The running embedded servers and the environment that points Gouji's processes (and boto3) at them."""

    servers: tuple[Server, ...]
    environment: dict[str, str]

    def stop(self) -> None:
        """Stop them, the last started first."""
        for server in reversed(self.servers):
            server.stop()


def start(folder: Path, *, with_valkey: bool = True, with_s3: bool = True) -> Embedded:
    """Start what is wanted and wait until it answers.

    The environment has REDIS_URL, or S3_ENDPOINT_URL and the AWS variables, for each server that was started.
    Raises ConfigurationError. Call it from the main thread.
    """
    prepare(folder)
    kept = remember(folder)
    servers: list[Server] = []
    environment: dict[str, str] = {}
    if with_valkey:
        servers.append(Server(valkey.recipe(folder / "valkey", kept.valkey_port, kept.valkey_password)))
        environment |= {"REDIS_URL": valkey.url(kept.valkey_port, kept.valkey_password)}
    if with_s3:
        servers.append(Server(ministack.recipe(folder / "s3", kept.s3_port)))
        environment |= _s3_environment(kept.s3_port)
    embedded = Embedded(servers=tuple(servers), environment=environment)
    try:
        for server in servers:
            server.launch()
        for server in servers:
            server.wait()
    except BaseException:
        embedded.stop()
        raise
    return embedded


def _s3_environment(port: int) -> dict[str, str]:
    return {
        "S3_ENDPOINT_URL": ministack.url(port),
        "AWS_ENDPOINT_URL": ministack.url(port),
        "AWS_ACCESS_KEY_ID": ministack.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": ministack.SECRET_KEY,
        "AWS_REGION": ministack.REGION,
        "AWS_DEFAULT_REGION": ministack.REGION,
    }
