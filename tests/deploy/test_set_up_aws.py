"""deploy/set_up.py for AWS, run against the embedded S3 and SQS (an emulator: rights are not enforced there)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from workers import embedded
from workers.intake.events import body_to_hints

ROOT = Path(__file__).parents[2]
KEY = "2023/铜官区 住建局+a&b.pdf"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    servers = embedded.start(tmp_path_factory.mktemp("aws"), with_valkey=False)
    yield servers.environment
    servers.stop()


@pytest.fixture(scope="module")
def printed(environment: dict[str, str]) -> list[str]:
    """What the script says; it is run twice, because that must change nothing."""
    command = [sys.executable, str(ROOT / "deploy/set_up.py"), "aws", "--queue", "reports"]
    runs = [
        subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True, timeout=60)
        for _ in range(2)
    ]
    return [run.stdout.strip() for run in runs]


def client(service: Any, environment: dict[str, str]) -> Any:
    return boto3.client(
        service,
        endpoint_url=environment["S3_ENDPOINT_URL"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        region_name=environment["AWS_REGION"],
    )


def attributes(environment: dict[str, str], url: str) -> Any:
    return client("sqs", environment).get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


def queue_url(printed: list[str]) -> str:
    return printed[0].removeprefix("GOUJI_EVENTS_QUEUE_URL=")


def received(sqs: Any, url: str) -> Iterator[bytes]:
    """Bodies of the queue's messages until one names an object."""
    for _ in range(5):
        for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5).get("Messages", ()):
            yield message["Body"].encode()
            if "Records" in message["Body"]:
                return


def test_running_it_again_says_the_same(printed: list[str]) -> None:
    assert printed[0] == printed[1]


def test_an_upload_arrives_in_the_queue_that_it_prints(environment: dict[str, str], printed: list[str]) -> None:
    client("s3", environment).put_object(Bucket="gouji-inbox", Key=KEY, Body=b"%PDF-")

    told = [body_to_hints(body) for body in received(client("sqs", environment), queue_url(printed))]
    ((hint,),) = [hints for hints in told if hints]  # each notification that is set sends a test event first

    assert KEY in (hint.key, hint.raw_key)


def test_a_message_refused_five_times_becomes_a_dead_letter(environment: dict[str, str], printed: list[str]) -> None:
    redrive = json.loads(attributes(environment, queue_url(printed))["RedrivePolicy"])

    assert redrive["maxReceiveCount"] == 5
    assert redrive["deadLetterTargetArn"].endswith(":reports-dead")


def test_only_the_inbox_may_send_to_the_queue(environment: dict[str, str], printed: list[str]) -> None:
    (statement,) = json.loads(attributes(environment, queue_url(printed))["Policy"])["Statement"]

    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Condition"]["ArnEquals"] == {"aws:SourceArn": "arn:aws:s3:::gouji-inbox"}


def test_both_buckets_are_closed_to_the_public(environment: dict[str, str], printed: list[str]) -> None:
    s3 = client("s3", environment)
    closed = [s3.get_public_access_block(Bucket=name) for name in ("gouji-inbox", "gouji-results")]

    assert printed
    assert [set(answer["PublicAccessBlockConfiguration"].values()) for answer in closed] == [{True}, {True}]
