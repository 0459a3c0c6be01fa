"""Set up the store beside Gouji: buckets, life cycle, event delivery; print the least-privilege policies.

    python deploy/set_up.py aws    --queue gouji-events                      buckets, SQS queue with dead letters
    python deploy/set_up.py ceph   --push http://intake:8610/events/SECRET   buckets, persistent topic
    python deploy/set_up.py rustfs                                           buckets; the target is set in RustFS itself
    python deploy/set_up.py policy worker                                    one role's policy, filled in

Needs only boto3 and an administrator's keys in the usual AWS variables; S3_ENDPOINT_URL names a self-hosted store.
Running it again changes nothing. It deletes nothing, and no running Gouji process needs its rights.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from string import Template
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

HERE = Path(__file__).parent
ROLES = ("worker", "intake", "sweep", "web")
RUSTFS_TARGET = "arn:rustfs:sqs:${region}:primary:webhook"
EVERY_UPLOAD = ["s3:ObjectCreated:*"]
PATH_STYLE: Any = {"addressing_style": "path"}
DEAD_LETTERS_AFTER = 5
SECONDS_TO_ACT = "120"
FOURTEEN_DAYS = "1209600"


def main() -> None:
    """Do what the command line says."""
    arguments = arguments_of(sys.argv[1:])
    names = names_of(arguments)
    if arguments.kind == "policy":
        print(json.dumps(policy_of(arguments.role, names), indent=2))
        return
    make_buckets(names, private=arguments.kind == "aws")
    lines = {"aws": set_up_aws, "ceph": set_up_ceph, "rustfs": set_up_rustfs}[arguments.kind](names, arguments)
    print("\n".join(lines))


def arguments_of(words: list[str]) -> argparse.Namespace:
    """The command line as values."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--inbox", default=os.environ.get("GOUJI_INBOX_BUCKET", "gouji-inbox"))
    common.add_argument("--results", default=os.environ.get("GOUJI_RESULTS_BUCKET", "gouji-results"))
    common.add_argument("--queue", default="gouji-events")
    common.add_argument("--region", default=os.environ.get("AWS_REGION", "us-east-1"))
    common.add_argument("--account", default="")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("aws", parents=[common])
    kinds.add_parser("ceph", parents=[common]).add_argument("--push", required=True)
    kinds.add_parser("rustfs", parents=[common])
    kinds.add_parser("policy", parents=[common]).add_argument("role", choices=(*ROLES, "intake-sqs"))
    return parser.parse_args(words)


def names_of(arguments: argparse.Namespace) -> dict[str, str]:
    """The names that stand as ${…} in the JSON files."""
    return {name: getattr(arguments, name) for name in ("inbox", "results", "queue", "region", "account")}


def filled(path: Path, names: dict[str, str]) -> Any:
    """A JSON file of this folder with its names put in."""
    return json.loads(Template(path.read_text(encoding="utf-8")).substitute(names))


def policy_of(role: str, names: dict[str, str]) -> Any:
    """The policy of one role; `intake-sqs` is what the intake needs on AWS beside `intake`."""
    folder = HERE / "aws" if role.endswith("-sqs") else HERE / "policies"
    return filled(folder / f"{role}.json", names)


def client(service: Any, names: dict[str, str]) -> Any:
    """A boto3 client on the store; without S3_ENDPOINT_URL it is AWS."""
    endpoint = os.environ.get("S3_ENDPOINT_URL") or None
    config = Config(signature_version="s3v4" if service == "s3" else None, s3=PATH_STYLE if endpoint else None)
    return boto3.client(service, endpoint_url=endpoint, region_name=names["region"], config=config)


def make_buckets(names: dict[str, str], *, private: bool) -> None:
    """Both buckets; the inbox keeps every version, so that a report put over another one loses nothing."""
    s3 = client("s3", names)
    for bucket in (names["inbox"], names["results"]):
        make_bucket(s3, bucket, names["region"] if private else "us-east-1")
        life_cycle = filled(HERE / "life-cycle.json", names)
        s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration=life_cycle)
        if private:
            s3.put_public_access_block(
                Bucket=bucket, PublicAccessBlockConfiguration=filled(HERE / "aws/private.json", {})
            )
    s3.put_bucket_versioning(Bucket=names["inbox"], VersioningConfiguration={"Status": "Enabled"})


def make_bucket(s3: Any, bucket: str, region: str) -> None:
    """One bucket, unless it is there and ours."""
    place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    try:
        s3.create_bucket(Bucket=bucket, **place)
    except ClientError as error:
        if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
            raise


def set_up_aws(names: dict[str, str], _: argparse.Namespace) -> list[str]:
    """The queue, its dead letters, the right of S3 to send to it, and the notification of the inbox."""
    sqs = client("sqs", names)
    dead = make_queue(sqs, f"{names['queue']}-dead", {"MessageRetentionPeriod": FOURTEEN_DAYS})
    redrive = {"deadLetterTargetArn": queue_arn(sqs, dead), "maxReceiveCount": DEAD_LETTERS_AFTER}
    attributes = {
        "VisibilityTimeout": SECONDS_TO_ACT,
        "ReceiveMessageWaitTimeSeconds": "20",
        "MessageRetentionPeriod": FOURTEEN_DAYS,
        "RedrivePolicy": json.dumps(redrive),
    }
    queue = make_queue(sqs, names["queue"], attributes)
    arn = queue_arn(sqs, queue)
    everything = {**names, "queue_arn": arn, "account": arn.split(":")[4]}
    policy = json.dumps(filled(HERE / "aws/queue-policy.json", everything))
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
    notify(names, {"QueueConfigurations": [{"Id": "gouji", "QueueArn": arn, "Events": EVERY_UPLOAD}]})
    return [f"GOUJI_EVENTS_QUEUE_URL={queue}"]


def make_queue(sqs: Any, name: str, attributes: dict[str, str]) -> str:
    """The address of the queue, made if need be, with exactly these attributes."""
    url = str(sqs.create_queue(QueueName=name)["QueueUrl"])
    sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)
    return url


def queue_arn(sqs: Any, url: str) -> str:
    """The ARN of a queue."""
    return str(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])


def set_up_ceph(names: dict[str, str], arguments: argparse.Namespace) -> list[str]:
    """A persistent topic: RGW keeps an event until the intake takes it. Without `persistent` a restart loses events."""
    attributes = {"push-endpoint": arguments.push, "persistent": "true"}
    arn = client("sns", names).create_topic(Name=f"{names['queue']}-{names['inbox']}", Attributes=attributes)[
        "TopicArn"
    ]
    notify(names, {"TopicConfigurations": [{"Id": "gouji", "TopicArn": arn, "Events": EVERY_UPLOAD}]})
    return [f"topic {arn}"]


def set_up_rustfs(names: dict[str, str], _: argparse.Namespace) -> list[str]:
    """RustFS has its webhook target in its own environment (compose.yaml); here the inbox is told to use it."""
    arn = Template(RUSTFS_TARGET).substitute(names)
    notify(names, {"QueueConfigurations": [{"Id": "gouji", "QueueArn": arn, "Events": EVERY_UPLOAD}]})
    return [f"target {arn}"]


def notify(names: dict[str, str], configuration: Any) -> None:
    """Make this the notification of the inbox."""
    s3 = client("s3", names)
    s3.put_bucket_notification_configuration(Bucket=names["inbox"], NotificationConfiguration=configuration)


if __name__ == "__main__":
    main()
