"""The embedded S3 and SQS: MiniStack (an emulator, for trying and small offices), on loopback, kept on disk.

NOTE: MiniStack writes queues and notifications only when it is stopped; after a kill workers/setup.py makes them anew.
A file whose name exceeds about 240 bytes stays in its memory only and is lost when it ends.
"""

from __future__ import annotations

import http.client
import os
import sys
from pathlib import Path

from workers.embedded.process import LOOPBACK, Recipe
from workers.embedded.s3_server import HEALTH

ACCESS_KEY = SECRET_KEY = "test"  # noqa: S105 - the emulator's fixed keys; it listens on loopback only
REGION = "us-east-1"

NO_OBJECT_YET = ".no-object-yet"
"""An empty folder inside an empty bucket: no object, but enough for the bucket to be seen."""


def recipe(folder: Path, port: int) -> Recipe:
    """How MiniStack is started on this folder and port."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Recipe(
        name="S3（MiniStack）",
        command=(sys.executable, "-m", "workers.embedded.s3_server", str(port)),
        environment=_environment(folder.resolve(), port),
        port=port,
        folder=folder,
        answers=lambda: _answers(port),
        before=lambda: _mend(folder / "objects"),
    )


def url(port: int) -> str:
    """S3_ENDPOINT_URL of the embedded server."""
    return f"http://{LOOPBACK}:{port}"


def _environment(folder: Path, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return inherited | {
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": LOOPBACK,
        "MINISTACK_REGION": REGION,
        "SERVICES": "s3,sqs,sns,events",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder / "objects"),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(folder / "state"),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "DOCKER_HOST": f"unix://{folder}/no-docker",  # it would look for containers of its own to remove
        "LOG_LEVEL": "WARNING",
    }


def _mend(objects: Path) -> None:
    """What a killed server leaves wrong on disk."""
    _remove_half_written(objects)
    _keep_empty_buckets(objects)


def _keep_empty_buckets(objects: Path) -> None:
    """A bucket without any object is an empty folder (account/bucket), which the server passes over when it starts."""
    for bucket in sorted(objects.glob("*/*")):
        if bucket.is_dir() and not any(bucket.iterdir()):
            (bucket / NO_OBJECT_YET).mkdir()


def _remove_half_written(objects: Path) -> None:
    """Remove drafts of a killed server: it would take them for uploads. An upload named *.tmp has its side file."""
    for draft in sorted(objects.rglob("*.tmp")):
        if draft.is_file() and not draft.with_name(f"{draft.name}.meta.json").exists():
            draft.unlink()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=1)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
