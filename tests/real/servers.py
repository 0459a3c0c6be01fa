"""The real servers that CI starts: redis-server with deploy/redis, and a one-node Ceph RGW (tests/real/rgw)."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).parents[2]
ROLES = ("worker", "intake", "sweep", "web")


def required(name: str) -> str:
    """What CI has put into the environment. CI counts a skipped test as a failure."""
    value = os.environ.get(name)
    if not value:
        pytest.skip(f"{name} is not set; .ci/run starts the server and sets it")
    return value


@dataclass(frozen=True, slots=True)
class Rgw:
    """A Ceph RGW, its administrator's keys, and two bucket names nobody else uses."""

    endpoint: str
    access_key: str
    secret_key: str
    inbox: str
    results: str

    def client(self, service: Any, user: str = "") -> Any:
        """A boto3 client of the administrator, or of a role; every user of the test store has the same secret."""
        config = Config(
            signature_version="s3v4" if service == "s3" else None,
            s3={"addressing_style": "path"},
            retries={"total_max_attempts": 1},
        )
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            aws_access_key_id=user or self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name="us-east-1",
            config=config,
        )

    def environment(self, user: str = "") -> dict[str, str]:
        """What a Gouji process (or deploy/set_up.py) needs to find this store."""
        return {
            "S3_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": user or self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_REGION": "us-east-1",
            "GOUJI_INBOX_BUCKET": self.inbox,
            "GOUJI_RESULTS_BUCKET": self.results,
        }


@dataclass(frozen=True, slots=True)
class Broker:
    """A redis-server that runs with the files of deploy/redis."""

    host: str
    port: int
    password: str

    def url(self, user: str) -> str:
        """The address for one of its users."""
        return f"redis://{user}:{self.password}-{user}@{self.host}:{self.port}/0"


def running_rgw() -> Rgw:
    """The RGW that CI started."""
    tag = secrets.token_hex(4)
    return Rgw(
        endpoint=required("GOUJI_TEST_S3_ENDPOINT"),
        access_key=required("GOUJI_TEST_S3_ACCESS_KEY"),
        secret_key=required("GOUJI_TEST_S3_SECRET_KEY"),
        inbox=f"inbox-{tag}",
        results=f"results-{tag}",
    )


def running_broker() -> Broker:
    """The redis-server that CI started."""
    parts = urlsplit(required("GOUJI_TEST_REDIS_URL"))
    return Broker(str(parts.hostname), int(parts.port or 0), required("GOUJI_TEST_REDIS_PASSWORD"))


def set_up(rgw: Rgw, *words: str) -> str:
    """Run deploy/set_up.py as an operator would; what it printed."""
    command = [sys.executable, str(ROOT / "deploy/set_up.py"), *words]
    environment = {"PATH": "/usr/bin:/bin", **rgw.environment()}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


def give_policy(rgw: Rgw, role: str) -> None:
    """Let this user have its role's policy on the two buckets of this test, and nothing else."""
    policy = set_up(rgw, "policy", role)
    rgw.client("iam").put_user_policy(UserName=role, PolicyName="gouji", PolicyDocument=policy)
