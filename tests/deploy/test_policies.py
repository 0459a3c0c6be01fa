"""Least privilege: what no role's policy may say. What RGW makes of the policies: tests/real/test_rights.py."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
POLICIES = ("worker", "intake", "sweep", "web", "intake-sqs")
NAMES = ("--inbox", "in-box", "--results", "re-sults", "--queue", "q", "--account", "111122223333")


@lru_cache
def statements(role: str) -> list[dict[str, Any]]:
    command = [sys.executable, "deploy/set_up.py", "policy", role, *NAMES]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: list[dict[str, Any]] = json.loads(told.stdout)["Statement"]
    return found


@pytest.mark.parametrize("role", POLICIES)
def test_a_policy_names_every_action_and_denies_nothing_but_the_audit_to_the_worker(role: str) -> None:
    found = statements(role)

    denied = [statement["Resource"] for statement in found if statement["Effect"] != "Allow"]
    assert denied == ([["arn:aws:s3:::re-sults/_audit/*"]] if role == "worker" else [])
    assert [action for statement in found for action in statement["Action"] if "*" in action] == []


@pytest.mark.parametrize("role", POLICIES)
def test_no_role_may_delete_an_upload_or_a_result(role: str) -> None:
    deletable = [
        resource
        for statement in statements(role)
        if any("Delete" in action and action != "sqs:DeleteMessage" for action in statement["Action"])
        for resource in statement["Resource"]
    ]

    ours = ["arn:aws:s3:::re-sults/_outbox*"]
    lifted = ["arn:aws:s3:::re-sults/_submissions/*/quarantine.json"]  # an operator's retry, on the dashboard alone

    notes = [f"arn:aws:s3:::re-sults/{name}/*" for name in ("_across", "_again")]  # of what was done
    more = {"web": lifted, "worker": notes}.get(role, [])
    assert deletable in ([], ours, [*ours, *more])


@pytest.mark.parametrize("role", POLICIES)
def test_only_the_dashboard_may_write_to_the_inbox(role: str) -> None:
    writable = [
        resource
        for statement in statements(role)
        if "s3:PutObject" in statement["Action"]
        for resource in statement["Resource"]
    ]

    assert ("arn:aws:s3:::in-box/*" in writable) == (role == "web")


@pytest.mark.parametrize("role", POLICIES)
def test_a_policy_reaches_our_two_buckets_and_our_queue_alone(role: str) -> None:
    ours = ("arn:aws:s3:::in-box", "arn:aws:s3:::re-sults", "arn:aws:sqs:us-east-1:111122223333:q")
    resources = [resource for statement in statements(role) for resource in statement["Resource"]]

    assert [name for name in resources if not name.startswith(ours)] == []


@pytest.mark.parametrize("role", POLICIES)
def test_no_role_may_change_rights_or_buckets(role: str) -> None:
    actions = [action for statement in statements(role) for action in statement["Action"]]
    administrative = ("Policy", "Acl", "CreateBucket", "PutBucket", "PutLifecycle", "SetQueueAttributes")

    assert [action for action in actions if any(word in action for word in administrative)] == []
