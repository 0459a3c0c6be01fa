"""Signing in as a user: who comes in, how often one may try, and when a session ends."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tasks.errors import ConfigurationError
from tests.workers.web.conftest import Office
from tests.workers.web.worlds import PASSWORD, PEOPLE, TOKEN, sign_in, write_people
from workers.config import Settings
from workers.people import passwords
from workers.people.users_file import read_users, write_users
from workers.web import settings_to_people
from workers.web.app import create_app
from workers.web.limits import LOGIN_ATTEMPTS, Window, address_to_source
from workers.web.people import People, UsersFile


@pytest.fixture
def users(tmp_path: Path) -> Path:
    """The users' file."""
    path = tmp_path / "users.toml"
    write_people(path)
    return path


@pytest.fixture
def now() -> list[datetime]:
    """The moment, which a test may change."""
    return [datetime(2026, 1, 5, tzinfo=UTC)]


@pytest.fixture
def client(office: Office, users: Path, now: list[datetime]) -> TestClient:
    context = dataclasses.replace(office.context, clock=lambda: now[0])
    people = People(token=TOKEN, file=UsersFile(path=users))
    app = create_app(dataclasses.replace(office.site, context=context, people=people))
    return TestClient(app, follow_redirects=False, headers={"accept": "text/html"})


def attempt(client: TestClient, name: str, password: str) -> int:
    csrf = client.get("/login").text.split('<meta name="csrf" content="')[1].split('"')[0]
    fields = {"csrf": csrf, "name": name, "password": password}
    return int(client.post("/login", data=fields).status_code)


def is_inside(client: TestClient) -> bool:
    return bool(client.get("/documents").status_code == 200)


def test_name_and_password_sign_in(client: TestClient) -> None:
    sign_in(client, "李办")
    assert is_inside(client)


@pytest.mark.parametrize(("name", "password"), [("李办", "wrong"), ("nobody", PASSWORD), ("令牌", TOKEN), ("李办", "")])
def test_a_wrong_pair_does_not_and_is_told_the_same(client: TestClient, name: str, password: str) -> None:
    assert (attempt(client, name, password), is_inside(client)) == (403, False)


def test_the_token_still_signs_in_as_administrator(client: TestClient) -> None:
    client.get("/login", params={"token": TOKEN})
    assert "令牌（管理）" in client.get("/rules").text


def test_an_unknown_name_costs_a_comparison_too(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def fits(_given: str, known: str) -> bool:
        compared.append(known)
        return True

    monkeypatch.setattr(passwords, "_fits", fits)
    assert (passwords.is_password("x", None), list(map(passwords.is_hash, compared))) == (False, [True])


def test_the_sixth_try_for_one_user_waits_whatever_the_address(office: Office, users: Path) -> None:
    people = People(file=UsersFile(path=users))
    app = create_app(dataclasses.replace(office.site, people=people))
    clients = [TestClient(app, client=(f"192.0.2.{n}", 1), follow_redirects=False) for n in range(LOGIN_ATTEMPTS + 1)]
    answers = [attempt(client, "李办", "wrong") for client in clients]
    assert (answers, attempt(clients[0], "王总", PASSWORD)) == ([403] * LOGIN_ATTEMPTS + [429], 303)


def test_the_sixth_try_from_one_address_waits_whatever_the_user(client: TestClient) -> None:
    answers = [attempt(client, f"user{n}", "wrong") for n in range(LOGIN_ATTEMPTS)]
    assert (answers, attempt(client, "李办", PASSWORD)) == ([403] * LOGIN_ATTEMPTS, 429)


def test_a_good_try_does_not_count(client: TestClient) -> None:
    assert [attempt(client, "李办", PASSWORD) for _ in range(LOGIN_ATTEMPTS + 2)] == [303] * (LOGIN_ATTEMPTS + 2)


def test_a_try_that_is_refused_for_one_name_counts_under_none() -> None:
    window = Window(1, lambda: 0.0)
    assert [window.take("a"), window.take("a", "b"), window.take("b")] == [True, False, True]


@pytest.mark.parametrize(
    ("address", "source"), [("192.0.2.7", "192.0.2.7"), ("2001:db8::7", "2001:db8::/64"), ("testclient", "testclient")]
)
def test_an_ipv6_network_is_one_source(address: str, source: str) -> None:
    assert address_to_source(address) == source


def test_a_session_ends_after_eight_hours_however_it_was_used(client: TestClient, now: list[datetime]) -> None:
    sign_in(client, "李办")
    seen = []
    for hours in (4, 3.9, 0.2):
        now[0] += timedelta(hours=hours)
        client.get("/upload")
        seen.append(is_inside(client))
    assert seen == [True, True, False]


def test_a_removed_user_is_out_at_once(client: TestClient, users: Path) -> None:
    sign_in(client, "李办")
    write_users(users, read_users(users).without("李办"))
    assert not is_inside(client)


def test_a_changed_user_signs_in_again_and_others_stay(client: TestClient, users: Path) -> None:
    sign_in(client, "李办")
    other = TestClient(client.app, follow_redirects=False, headers={"accept": "text/html"})
    sign_in(other, "王总")
    known = read_users(users)
    changed = known.named("李办")
    assert changed is not None
    write_users(users, known.with_user(changed.model_copy(update={"prefixes": ("义安区/",)})))
    assert (is_inside(client), is_inside(other)) == (False, True)


@pytest.mark.parametrize("harm", [lambda path: path.write_text("x = "), lambda path: path.unlink()])
def test_while_the_file_cannot_be_read_its_users_are_nobody(client: TestClient, users: Path, harm: object) -> None:
    sign_in(client, "李办")
    assert callable(harm)
    harm(users)
    assert not is_inside(client)


def test_a_change_of_the_token_ends_its_sessions_in_every_process(office: Office, client: TestClient) -> None:
    client.get("/login", params={"token": TOKEN})
    other = create_app(dataclasses.replace(office.site, people=People(token="another")))
    moved = TestClient(other, cookies=dict(client.cookies), follow_redirects=False)
    assert moved.get("/documents").status_code == 401


def test_signing_in_and_out_are_written_down(client: TestClient, office: Office) -> None:
    csrf = sign_in(client, "李办")
    client.post("/logout", data={"csrf": csrf})
    lines = [office.store.get("results", o.key) or b"" for o in office.store.walk("results", "_audit/")]
    told = {(b"sign_in" in line, b"sign_out" in line, "李办".encode() in line) for line in lines}
    assert (len(lines), told) == (2, {(True, False, True), (False, True, True)})


def test_a_program_that_asks_too_often_is_told_to_wait(client: TestClient) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    answers = [client.get("/metrics", headers=headers).status_code for _ in range(61)]
    assert (answers[:60], answers[60]) == ([200] * 60, 429)


class TestStart:
    def test_users_are_enough_to_serve_other_machines(self, users: Path) -> None:
        people = settings_to_people(Settings(web_host="192.0.2.7", users=users))
        assert (people.token, people.has_users, people.is_open) == ("", True, False)

    def test_a_broken_users_file_refuses_the_start(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError, match="不能读取"):
            settings_to_people(Settings(users=tmp_path / "none.toml"))

    def test_without_signing_in_only_this_machine_is_served(self) -> None:
        with pytest.raises(ConfigurationError, match="--insecure-localhost"):
            settings_to_people(Settings(web_host="192.0.2.7"), insecure_localhost=True)

    def test_where_nobody_signs_in_every_page_is_open_to_this_machine(self, office: Office) -> None:
        people = settings_to_people(Settings(), insecure_localhost=True)
        client = TestClient(
            create_app(dataclasses.replace(office.site, people=people)), base_url="http://127.0.0.1:8600"
        )
        assert "本机（管理）" in client.get("/documents").text

    def test_where_nobody_signs_in_a_foreign_name_that_leads_here_is_refused(self, office: Office) -> None:
        people = settings_to_people(Settings(), insecure_localhost=True)
        client = TestClient(create_app(dataclasses.replace(office.site, people=people)), base_url="http://evil.example")
        assert client.get("/documents").status_code == 403


def test_every_person_of_the_tests_is_in_the_file(users: Path) -> None:
    assert {user.name for user in read_users(users).users} == {name for name, _, _ in PEOPLE}
