"""Files that go straight to the store: what the signed form allows, and what the dashboard lets be signed."""

from __future__ import annotations

import base64
import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.workers.web.conftest import Office
from tests.workers.web.worlds import presigner, sign_in, write_people
from workers.web import address_to_origin
from workers.web.app import create_app
from workers.web.headers import MAX_UPLOAD


@pytest.fixture
def client(office: Office, tmp_path: Path) -> TestClient:
    site = dataclasses.replace(
        office.site,
        people=write_people(tmp_path / "users.toml"),
        presigner=presigner(),
        upload_origin="https://store.example",
    )
    return TestClient(create_app(site), follow_redirects=False, headers={"accept": "text/html"})


def signed(client: TestClient, csrf: str, name: str, prefix: str = "") -> tuple[int, str, dict[str, str]]:
    answer = client.post("/upload/form", data={"name": name, "prefix": prefix}, headers={"x-csrf-token": csrf})
    told = answer.json() if answer.status_code == 201 else {}
    return answer.status_code, told.get("key", ""), told.get("fields", {})


def test_the_form_holds_for_one_key_one_type_a_size_and_ten_minutes(client: TestClient) -> None:
    before = datetime.now(UTC)
    _, key, fields = signed(client, sign_in(client, "李办"), "甲.pdf", "铜官区/2025")
    policy = json.loads(base64.b64decode(fields["policy"]))
    held = [c for c in policy["conditions"] if c in ({"key": key}, {"Content-Type": "application/octet-stream"})]
    ends = datetime.fromisoformat(policy["expiration"])
    assert (key, len(held), ["content-length-range", 1, MAX_UPLOAD] in policy["conditions"]) == (
        "铜官区/2025/甲.pdf",
        2,
        True,
    )
    assert timedelta(minutes=9) < ends - before < timedelta(minutes=11)


@pytest.mark.parametrize(
    ("prefix", "key"),
    [("", "铜官区/甲.pdf"), ("义安区", "铜官区/义安区/甲.pdf"), ("铜官区二", "铜官区/铜官区二/甲.pdf")],
)
def test_a_key_is_always_in_ones_own_folder(client: TestClient, prefix: str, key: str) -> None:
    assert signed(client, sign_in(client, "李办"), "甲.pdf", prefix)[:2] == (201, key)


@pytest.mark.parametrize(
    ("name", "prefix"), [("${filename}", ""), ("a.pdf", "../义安区"), ("..", ""), ("a\u202eb", "")]
)
def test_a_name_that_would_lead_elsewhere_is_not_signed(client: TestClient, name: str, prefix: str) -> None:
    assert signed(client, sign_in(client, "李办"), name, prefix)[0] == 422


def test_pages_may_call_the_store_only_where_files_go_there(client: TestClient, browser: TestClient) -> None:
    policies = [one.get("/login").headers["content-security-policy"] for one in (client, browser)]
    assert ["connect-src 'self' https://store.example;" in one for one in policies] == [True, False]
    assert ["connect-src 'self';" in one for one in policies] == [False, True]


def test_where_files_go_through_the_dashboard_nothing_is_signed(browser: TestClient, csrf: str) -> None:
    assert signed(browser, csrf, "甲.pdf")[0] == 404


def test_an_origin_is_scheme_host_and_port() -> None:
    assert [address_to_origin(a) for a in ("https://u:p@store.example:9000/x?y", "")] == [
        "https://store.example:9000",
        "",
    ]
