"""Two offices' documents and five kinds of people: the world in which rights are tried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import boto3
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from tasks import deliveries, layout
from tasks.delivery import Delivery, DeliveryState
from tasks.ports.ledger import Entry, State
from tests.workers.web.conftest import SECRET, TOKEN, Office
from workers.people.person import EVERYTHING, Role
from workers.people.users_file import User, Users, new_users, write_users
from workers.web.people import People, UsersFile
from workers.web.presigned import Presigner

__all__ = [
    "FOREIGN",
    "OWN",
    "PASSWORD",
    "PEOPLE",
    "SECRET",
    "TOKEN",
    "Share",
    "fill",
    "presigner",
    "sign_in",
    "write_people",
]

PASSWORD = "correct horse battery"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Cheap: what is tried out is who may do what."""

OWN, FOREIGN = "铜官区/", "义安区/"

PEOPLE = (
    ("张查", Role.VIEWER, (OWN,)),
    ("李办", Role.OPERATOR, (OWN,)),
    ("王总", Role.VIEWER, (EVERYTHING,)),
    ("赵总", Role.OPERATOR, (EVERYTHING,)),
    ("钱管", Role.ADMIN, (EVERYTHING,)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one folder holds: a finished document, a quarantined one, and two deliveries that were given up."""

    folder: str
    done: Entry
    failed: Entry
    deliveries: tuple[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """What tells of it: none of these may be read by somebody else."""
        return (self.folder.rstrip("/"), self.done.job, self.failed.job, *self.deliveries)


def fill(office: Office) -> tuple[Share, Share]:
    """The own share and the foreign one."""
    return _share(office, OWN), _share(office, FOREIGN)


def _share(office: Office, folder: str) -> Share:
    name = folder.rstrip("/")
    done = _entry(
        office, f"{folder}甲.txt", State.DONE, agency=f"{name}人民政府", counts={"error": 1}, codes={"A03": 1}
    )
    failed = _entry(
        office,
        f"{folder}乙.pdf",
        State.QUARANTINED,
        reason_code="PDF_DAMAGED",
        reason=f"{name}的文件已损坏。",
        advice="",
    )
    office.store.put("results", f"{layout.SUBMISSIONS}{done.job}/0123456789ab/report.json", b"{}", "application/json")
    sent = (_delivery(office, done.job, 1), _delivery(office, done.job, 2))
    return Share(folder=folder, done=done, failed=failed, deliveries=sent)


def _entry(office: Office, key: str, state: State, **fields: object) -> Entry:
    ref = office.put(key, b"x" + key.encode())
    now = datetime.now(UTC)
    values = {"state": state, "received": now, "finished": now} | fields
    entry = Entry(job=ref.job, ref=ref, **values)  # type: ignore[arg-type] # the caller names the fields
    office.ledger.record(entry)
    return entry


def _delivery(office: Office, job: str, number: int) -> str:
    now = datetime.now(UTC)
    delivery = Delivery(
        id=f"evt_{number}{job[:20]}",
        type="document.completed",
        job=job,
        endpoint="办公系统",
        body="{}",
        created=now,
        not_before=now,
        state=DeliveryState.DEAD,
        settled=now,
    )
    deliveries.put_settled(office.context, delivery, (), None)
    return delivery.id


@cache
def presigner() -> Presigner:
    """One that signs with made-up keys."""
    client = boto3.client(
        "s3",
        endpoint_url="https://store.example",
        region_name="us-east-1",
        aws_access_key_id="made-up",
        aws_secret_access_key="made-up",
    )
    return Presigner(client, "inbox")


def write_people(path: Path, people: tuple[tuple[str, Role, tuple[str, ...]], ...] = PEOPLE) -> People:
    """The users' file with these, and the token beside it."""
    users: Users = new_users()
    for name, role, prefixes in people:
        users = users.with_user(User(name=name, role=role, prefixes=prefixes, password=HASH))
    write_users(path, users)
    return People(token=TOKEN, file=UsersFile(path=path))


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> str:
    """Sign in by the form; the CSRF token of the session that begins."""
    csrf = _csrf(client.get("/login").text)
    answer = client.post("/login", data={"csrf": csrf, "name": name, "password": password})
    assert answer.status_code == 303, answer.text
    return _csrf(client.get("/documents").text)


def _csrf(page: str) -> str:
    return page.split('<meta name="csrf" content="')[1].split('"', maxsplit=1)[0]
