"""The SQS entrance against the embedded server: real queue, real notification."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import boto3
import pytest
from mypy_boto3_s3 import S3Client
from mypy_boto3_sqs import SQSClient

from tasks.errors import ConfigurationError, TransientError
from tasks.messages import SubmissionRef
from tasks.ports.s3_store import S3Store
from workers import embedded
from workers.intake.receive import Intake
from workers.intake.sqs import Consumer
from workers.setup import ensure_buckets, ensure_notification, ensure_queue, require_queue

KEY = "2023/铜官区 住建局+a&b.pdf"
INBOX, RESULTS = "gouji-inbox", "gouji-results"


@dataclass
class Desk:
    """A consumer on a real queue: what it queued, and whether the broker refuses."""

    s3: S3Client
    sqs: SQSClient
    queue_url: str
    queued: list[SubmissionRef]
    refuses: bool = False
    length: int = 0
    refused_key: str = ""

    def __post_init__(self) -> None:
        intake = Intake(
            store=S3Store(self.s3),
            inbox=INBOX,
            results=RESULTS,
            enqueue=self._enqueue,
            queue_length=lambda: self.length,
            queue_limit=10,
        )
        self.consumer = Consumer(intake, self.sqs, self.queue_url)

    def _enqueue(self, ref: SubmissionRef) -> None:
        if self.refuses or ref.key == self.refused_key:
            raise TransientError("broker")
        self.queued.append(ref)

    def poll(self, times: int = 2) -> None:
        for _ in range(times):
            self.consumer.poll(wait_seconds=1)

    def left(self) -> int:
        """Messages in the queue, those in flight included."""
        found = self.sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=["All"])["Attributes"]
        return int(found["ApproximateNumberOfMessages"]) + int(found["ApproximateNumberOfMessagesNotVisible"])


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    started = embedded.start(tmp_path_factory.mktemp("state"), with_valkey=False)
    yield started.environment
    started.stop()


@pytest.fixture
def desk(told: dict[str, str]) -> Desk:
    keys = boto3.Session(told["AWS_ACCESS_KEY_ID"], told["AWS_SECRET_ACCESS_KEY"], region_name=told["AWS_REGION"])
    s3 = keys.client("s3", endpoint_url=told["S3_ENDPOINT_URL"])
    sqs = keys.client("sqs", endpoint_url=told["S3_ENDPOINT_URL"])
    for _ in range(2):  # setting up may be repeated
        ensure_buckets(s3, (INBOX, RESULTS))
        queue_url = ensure_queue(sqs)
        ensure_notification(s3, sqs, INBOX, queue_url)
    sqs.purge_queue(QueueUrl=queue_url)
    return Desk(s3, sqs, queue_url, [])


def test_an_upload_arrives_though_the_server_sends_its_key_as_written(desk: Desk) -> None:
    etag = desk.s3.put_object(Bucket=INBOX, Key=KEY, Body=b"report")["ETag"].strip('"')
    desk.poll()
    assert desk.queued == [SubmissionRef(bucket=INBOX, key=KEY, etag=etag, size=6)]


def test_a_handled_message_is_deleted(desk: Desk) -> None:
    desk.s3.put_object(Bucket=INBOX, Key="a.txt", Body=b"report")
    desk.poll()
    assert (len(desk.queued), desk.left()) == (1, 0)


def test_a_message_stays_in_the_queue_while_the_broker_refuses(desk: Desk) -> None:
    desk.s3.put_object(Bucket=INBOX, Key="b.txt", Body=b"report")
    desk.refuses = True
    time.sleep(0.3)
    with pytest.raises(TransientError):
        desk.poll()
    assert desk.left() == 1


def test_a_message_stays_in_the_queue_while_ours_is_full_and_comes_in_afterwards(desk: Desk) -> None:
    desk.s3.put_object(Bucket=INBOX, Key="full.txt", Body=b"report")
    desk.length = 10
    time.sleep(0.3)
    with pytest.raises(TransientError):
        desk.poll()
    assert (desk.left(), desk.queued) == (1, [])


def test_a_message_that_cannot_be_handled_holds_up_no_other(desk: Desk) -> None:
    desk.refused_key = "first.txt"
    for key in ("first.txt", "second.txt"):
        desk.s3.put_object(Bucket=INBOX, Key=key, Body=b"report")
    time.sleep(0.3)
    with pytest.raises(TransientError):
        desk.consumer.poll(wait_seconds=1)
    assert [ref.key for ref in desk.queued] == ["second.txt"]


def test_a_key_whose_decoded_form_the_store_refuses_arrives_as_written(desk: Desk) -> None:
    desk.s3.put_object(Bucket=INBOX, Key="%2e%2e/a.txt", Body=b"report")
    desk.poll()
    assert ([ref.key for ref in desk.queued], desk.left()) == (["%2e%2e/a.txt"], 0)


def test_an_unknown_message_is_kept_in_the_results_bucket_and_deleted(desk: Desk) -> None:
    desk.sqs.send_message(QueueUrl=desk.queue_url, MessageBody="what is this")
    desk.poll(1)
    kept = [found.key for found in S3Store(desk.s3).walk(RESULTS, "_events/")]
    assert (len(kept), desk.left()) == (1, 0)


def test_a_queue_that_does_not_exist_is_one_sentence(desk: Desk) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        require_queue(desk.sqs, f"{desk.queue_url}-missing")
    assert refusal.value.exit_code == 77


def test_a_store_that_cannot_be_reached_is_one_sentence() -> None:
    s3 = boto3.client(
        "s3",
        endpoint_url="http://127.0.0.1:9",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        region_name="us-east-1",
    )
    with pytest.raises(ConfigurationError) as refusal:
        ensure_buckets(s3, (INBOX,))
    assert refusal.value.exit_code == 72
