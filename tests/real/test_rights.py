"""The policies of deploy/policies on a real store: Ceph RGW lets each role do its work and refuses the rest."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from tests.real.servers import ROLES, Rgw, give_policy

pytestmark = pytest.mark.reals3

ACTS = (
    "read upload",
    "look for an absent upload",
    "list inbox",
    "write upload",
    "delete upload",
    "delete a version of an upload",
    "read result",
    "list results",
    "write result",
    "write event",
    "write outbox",
    "delete outbox",
    "delete dead letter",
    "delete result",
    "delete marker",
    "lift quarantine",
    "write audit",
    "write over audit",
    "delete audit",
    "delete event",
    "read policy",
    "change policy",
    "change policy of inbox",
    "stop keeping versions",
    "change life cycle",
    "delete bucket",
)
EVERYBODY = ("read upload", "look for an absent upload", "list inbox", "list results")
OUTBOX = ("write outbox", "delete outbox", "delete dead letter")
AUDIT = ("write audit", "write over audit")
"""A store cannot tell a new object from one that was there: that no line is written over is the program's own doing."""

MAY = {
    "worker": (*EVERYBODY, "read result", "write result", "write event", *OUTBOX),
    "intake": (*EVERYBODY, "write event"),
    "sweep": (*EVERYBODY, "read result", "write result", "write event", *OUTBOX, *AUDIT),
    "web": (*EVERYBODY, "write upload", "read result", *OUTBOX, "lift quarantine", *AUDIT),
}


@pytest.fixture
def filled(rgw: Rgw) -> Rgw:
    """Both buckets with one object of each kind."""
    owner = rgw.client("s3")
    for bucket in (rgw.inbox, rgw.results):
        owner.create_bucket(Bucket=bucket)
    owner.put_object(Bucket=rgw.inbox, Key="a.pdf", Body=b"a")
    for key in (
        "a.pdf/report.json",
        "_submissions/j/done.json",
        "_submissions/j/quarantine.json",
        "_outbox/a",
        "_outbox_dead/a",
        "_audit/2026/11/22/b.json",
        "_events/b.json",
    ):
        owner.put_object(Bucket=rgw.results, Key=key, Body=b"a")
    return rgw


def attempt(rgw: Rgw, role: str, act: str) -> bool:
    """Whether the store lets this role do this."""
    s3 = rgw.client("s3", role)
    inbox, results = {"Bucket": rgw.inbox}, {"Bucket": rgw.results}
    acts: dict[str, Callable[[], object]] = {
        "read upload": lambda: s3.get_object(**inbox, Key="a.pdf"),
        "look for an absent upload": lambda: absent(s3.head_object, **inbox, Key="b.pdf"),
        "list inbox": lambda: (s3.list_objects_v2(**inbox), s3.list_object_versions(**inbox)),
        "write upload": lambda: s3.put_object(**inbox, Key="c.pdf", Body=b"c"),
        "delete upload": lambda: s3.delete_object(**inbox, Key="a.pdf"),
        "delete a version of an upload": lambda: s3.delete_object(**inbox, Key="a.pdf", VersionId="null"),
        "read result": lambda: s3.get_object(**results, Key="a.pdf/report.json"),
        "list results": lambda: s3.list_objects_v2(**results),
        "write result": lambda: s3.put_object(**results, Key="_submissions/j/done.json", Body=b"b"),
        "write event": lambda: s3.put_object(**results, Key="_events/a.json", Body=b"b"),
        "write outbox": lambda: s3.put_object(**results, Key="_outbox/b", Body=b"b"),
        "delete outbox": lambda: s3.delete_object(**results, Key="_outbox/a"),
        "delete dead letter": lambda: s3.delete_object(**results, Key="_outbox_dead/a"),
        "delete result": lambda: s3.delete_object(**results, Key="a.pdf/report.json"),
        "delete marker": lambda: s3.delete_object(**results, Key="_submissions/j/done.json"),
        "lift quarantine": lambda: s3.delete_object(**results, Key="_submissions/j/quarantine.json"),
        "write audit": lambda: s3.put_object(**results, Key="_audit/2026/11/22/a.json", Body=b"a"),
        "write over audit": lambda: s3.put_object(**results, Key="_audit/2026/11/22/b.json", Body=b"b"),
        "delete audit": lambda: s3.delete_object(**results, Key="_audit/2026/11/22/b.json"),
        "delete event": lambda: s3.delete_object(**results, Key="_events/b.json"),
        "read policy": lambda: s3.get_bucket_policy(**results),
        "change policy of inbox": lambda: s3.put_bucket_policy(**inbox, Policy=json.dumps(open_to_all(rgw))),
        "stop keeping versions": lambda: s3.put_bucket_versioning(
            **inbox, VersioningConfiguration={"Status": "Suspended"}
        ),
        "change life cycle": lambda: s3.delete_bucket_lifecycle(**inbox),
        "change policy": lambda: s3.put_bucket_policy(**results, Policy=json.dumps(open_to_all(rgw))),
        "delete bucket": lambda: s3.delete_bucket(**results),
    }
    try:
        acts[act]()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
            raise
        return False
    return True


def absent(call: object, **names: str) -> None:
    """A HEAD for what is not there must say 404, not 403: the intake decides by it."""
    assert callable(call)
    with pytest.raises(ClientError) as told:
        call(**names)
    if told.value.response["Error"]["Code"] != "404":
        raise told.value


def open_to_all(rgw: Rgw) -> object:
    """The policy an intruder would like to set."""
    everything = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{rgw.results}/*"],
    }
    return {"Version": "2012-10-17", "Statement": [everything]}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_exactly_its_work(filled: Rgw, role: str) -> None:
    give_policy(filled, role)

    assert tuple(act for act in ACTS if attempt(filled, role, act)) == tuple(act for act in ACTS if act in MAY[role])


@pytest.mark.parametrize("role", ROLES)
def test_without_its_policy_a_role_may_do_nothing(filled: Rgw, role: str) -> None:
    filled.client("iam").put_user_policy(UserName=role, PolicyName="gouji", PolicyDocument=NOTHING)

    assert [act for act in ACTS if attempt(filled, role, act)] == []


NOTHING = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::nobody/*"]}],
    }
)
