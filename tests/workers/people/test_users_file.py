"""The users' file: what is written is read again, and what is wrong in it is told without repeating it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ConfigurationError
from workers.people.person import EVERYTHING, Person, Role
from workers.people.users_file import User, Users, new_users, read_users, users_to_toml, write_users

HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("correct horse battery")


def user(name: str = "张三", role: Role = Role.OPERATOR, prefixes: tuple[str, ...] = ("铜官区/",)) -> User:
    return User(name=name, role=role, prefixes=prefixes, password=HASH)


def test_what_is_written_is_read_again_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    users = new_users().with_user(user()).with_user(user("钱管", Role.ADMIN, (EVERYTHING,)))
    write_users(path, users)
    assert (read_users(path), stat.S_IMODE(path.stat().st_mode)) == (users, 0o600)


def test_a_mode_that_the_owner_has_given_stays(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    write_users(path, new_users())
    path.chmod(0o640)
    write_users(path, new_users())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20))
def test_any_name_that_can_be_seen_is_read_again(name: str) -> None:
    import tomllib
    import unicodedata

    users = new_users().with_user(user(unicodedata.normalize("NFC", name)))
    assert Users.model_validate(tomllib.loads(users_to_toml(users))) == users


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("key = ", "不合 TOML 的写法"),
        ('key = "short"', "key 太短"),
        ("", "缺少、多余或写法不对"),
        (f'key = "{"k" * 43}"\nextra = 1', "缺少、多余或写法不对"),
        (f'key = "{"k" * 43}"\n[[users]]\nname = "a"', "第 1 个用户"),
    ],
)
def test_a_file_that_is_wrong_is_told_in_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "users.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=told) as refusal:
        read_users(path)
    assert ("short" in refusal.value.sentence, refusal.value.exit_code) == (False, 70)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="不能读取"):
        read_users(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("role", "prefixes"),
    [
        (Role.VIEWER, ()),
        (Role.VIEWER, ("铜官",)),
        (Role.VIEWER, ("/铜官区/",)),
        (Role.VIEWER, ("_audit/",)),
        (Role.VIEWER, ("", "铜官区/")),
        (Role.ADMIN, ("铜官区/",)),
    ],
)
def test_a_folder_is_whole_and_an_administrator_sees_everything(role: Role, prefixes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="目录"):
        user(role=role, prefixes=prefixes)


@pytest.mark.parametrize("name", ["", " a", "a\n", "a\u202eb", "x" * 65])
def test_a_name_can_be_seen(name: str) -> None:
    with pytest.raises(ValueError, match="用户名应为"):
        user(name)


def test_two_users_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="有同名的用户"):
        Users(key="k" * 43, users=(user(), user()))


def test_a_password_in_plain_is_refused() -> None:
    with pytest.raises(ValueError, match="口令不是 Argon2id 摘要"):
        User(name="a", role=Role.VIEWER, prefixes=("a/",), password="correct horse battery")


@pytest.mark.parametrize(
    "changed",
    [
        {"role": Role.VIEWER},
        {"prefixes": ("义安区/",)},
        {"password": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("another one of these")},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_mark_changes_with_the_whole_record(changed: dict[str, object]) -> None:
    assert user().to_person().mark != user().model_copy(update=changed).to_person().mark


@pytest.mark.parametrize(
    ("prefixes", "key", "sees"),
    [
        (("铜官区/",), "铜官区/甲.pdf", True),
        (("铜官区/",), "铜官区/包.zip!/../义安区/甲.pdf", True),
        (("铜官区/",), "铜官区", False),
        (("铜官区/",), "铜官区二/甲.pdf", False),
        (("铜官区/",), "", False),
        (("a/", "b/"), "b/x", True),
        ((EVERYTHING,), "x", True),
        ((), "x", False),
    ],
)
def test_a_person_sees_what_lies_in_the_folders(prefixes: tuple[str, ...], key: str, sees: bool) -> None:  # noqa: FBT001 - a column
    assert Person(name="a", role=Role.VIEWER, prefixes=prefixes, mark="").sees(key) is sees
