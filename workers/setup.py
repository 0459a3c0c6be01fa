"""Makes what the store and the queue must have: two buckets; for the embedded server also its queue and notification.

Everything here may run any number of times.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from tasks.errors import ConfigurationError
from workers.exit_codes import EXIT_QUEUE, EXIT_STORE

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

QUEUE_NAME = "gouji-events"
_VISIBILITY_SECONDS = "10"
"""A message that a killed intake had in hand comes back after so long; handling one takes a fraction of a second."""


def ensure_buckets(s3: S3Client, names: tuple[str, ...]) -> None:
    """Create the buckets that are missing. Raises ConfigurationError naming the one that is not there or not ours."""
    for name in names:
        try:
            _ensure_bucket(s3, name)
        except NoCredentialsError:
            raise ConfigurationError(
                "没有 S3 的密钥：请设 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY", EXIT_STORE
            ) from None
        except BotoCoreError as error:
            raise ConfigurationError(f"连不上 S3（{s3.meta.endpoint_url}）：{error}", EXIT_STORE) from None


def _ensure_bucket(s3: S3Client, name: str) -> None:
    try:
        s3.head_bucket(Bucket=name)
    except ClientError as error:
        if _status(error) != HTTPStatus.NOT_FOUND:
            raise ConfigurationError(_refusal(error, name), EXIT_STORE) from None
        _create_bucket(s3, name)


def _create_bucket(s3: S3Client, name: str) -> None:
    region = s3.meta.region_name
    try:
        if region == "us-east-1":  # the one region that must not be named
            s3.create_bucket(Bucket=name)
        else:
            s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item] # any region the user has set
    except ClientError as error:
        if _code(error) not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
            raise ConfigurationError(
                f"桶 {name} 不存在，也没能建成（{_code(error)}）；请先建好它，或换用有建桶权限的密钥", EXIT_STORE
            ) from None


def ensure_queue(sqs: SQSClient) -> str:
    """The address of the event queue, created when it is missing. Raises ConfigurationError."""
    try:
        queue_url = sqs.create_queue(QueueName=QUEUE_NAME)["QueueUrl"]
        sqs.set_queue_attributes(QueueUrl=queue_url, Attributes={"VisibilityTimeout": _VISIBILITY_SECONDS})
    except (BotoCoreError, ClientError) as error:
        raise ConfigurationError(f"事件队列没能建成：{error}", EXIT_QUEUE) from None
    return queue_url


def ensure_notification(s3: S3Client, sqs: SQSClient, bucket: str, queue_url: str) -> None:
    """Let the bucket tell the queue of new objects, unless it does. Raises ConfigurationError."""
    try:
        arn = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        told = s3.get_bucket_notification_configuration(Bucket=bucket).get("QueueConfigurations", [])
        if not any(entry["QueueArn"] == arn and "s3:ObjectCreated:*" in entry["Events"] for entry in told):
            # the embedded bucket is ours: nobody else's notification is overwritten
            s3.put_bucket_notification_configuration(
                Bucket=bucket,
                NotificationConfiguration={
                    "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]
                },
            )
    except (BotoCoreError, ClientError) as error:
        raise ConfigurationError(f"桶 {bucket} 的事件通知没能设好：{error}", EXIT_QUEUE) from None


def require_queue(sqs: SQSClient, queue_url: str) -> None:
    """Raise ConfigurationError when the queue cannot be read."""
    try:
        sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])
    except (BotoCoreError, ClientError) as error:
        raise ConfigurationError(f"事件队列 {queue_url} 不能用：{error}", EXIT_QUEUE) from None


def _refusal(error: ClientError, name: str) -> str:
    if _status(error) in {HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED}:
        return f"没有访问桶 {name} 的权限，请检查密钥和桶的策略"
    return f"桶 {name} 不能用（{_code(error)}）"


def _status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")
