"""The client for the event queue. The store's client is in tasks/ports/s3_store.py."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

DEFAULT_REGION = "us-east-1"
"""Self-hosted servers ignore the region, but the signature needs one."""


def sqs_client(address: str) -> SQSClient:
    """A client for the server that this queue's (or server's) address names; keys from the usual AWS settings."""
    parts = urlsplit(address)
    session = boto3.Session()
    return session.client(
        "sqs",
        endpoint_url=f"{parts.scheme}://{parts.netloc}",
        region_name=session.region_name or os.environ.get("AWS_REGION") or DEFAULT_REGION,
        config=Config(retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=5, read_timeout=30),
    )
