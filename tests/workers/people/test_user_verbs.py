"""`gouji users`: what each verb says and writes; a password is never taken from the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tasks.errors import ConfigurationError
from workers.people import verbs
from workers.people.passwords import is_password
from workers.people.users_file import read_users

PASSWORD = "correct horse battery"
ALL = "--all"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings say that the users stand; a pipe types the password."""
    path = tmp_path / "users.toml"
    monkeypatch.setenv("GOUJI_USERS", str(path))
    typed(monkeypatch, PASSWORD)
    return path


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


def test_a_user_is_added_with_the_password_as_a_hash(file: Path) -> None:
    said = verbs.add(None, "张三", "operator", ("铜官区/",), everything=False)
    (user,) = read_users(file).users
    assert (said, PASSWORD in file.read_text("utf-8"), is_password(PASSWORD, user.password)) == (
        "已添加：张三　经办　铜官区/",
        False,
        True,
    )


def test_users_are_listed_by_name(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verbs.add(None, "b", "admin", (), everything=False)
    typed(monkeypatch, PASSWORD)
    verbs.add(None, "a", "viewer", (), everything=True)
    assert (verbs.listed(None), file.exists()) == ("a　查看　全部目录\nb　管理　全部目录", True)


def test_a_changed_password_is_another_record(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verbs.add(None, "a", "viewer", ("x/",), everything=False)
    before = read_users(file).users[0].to_person().mark
    typed(monkeypatch, "another one of these")
    verbs.change_password(None, "a")
    (after,) = read_users(file).users
    assert (after.to_person().mark == before, is_password("another one of these", after.password)) == (False, True)


def test_a_removed_user_is_gone(file: Path) -> None:
    verbs.add(None, "a", "viewer", ("x/",), everything=False)
    verbs.remove(None, "a")
    assert (verbs.listed(None), read_users(file).users) == ("还没有用户", ())


@pytest.mark.parametrize(
    ("name", "role", "folders", "told"),
    [
        ("a", "boss", ("x/",), "角色只能是 viewer（查看）、operator（经办）、admin（管理）"),
        ("a", "viewer", (), "请用 --prefix 写明能看的目录"),
        ("a", "viewer", ("x/", ALL), "只能用一个"),
        ("a", "admin", ("x/",), "不能用 --prefix 限定"),
        ("a", "viewer", ("x",), "目录应以 / 结尾"),
        ("a\x07", "viewer", ("x/",), "用户名应为"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_writes_nothing(
    file: Path, name: str, role: str, folders: tuple[str, ...], told: str
) -> None:
    prefixes = tuple(folder for folder in folders if folder != ALL)
    with pytest.raises(ConfigurationError, match=told):
        verbs.add(None, name, role, prefixes, everything=ALL in folders)
    assert not file.exists()


@pytest.mark.usefixtures("file")
def test_a_short_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "short")
    with pytest.raises(ConfigurationError, match="口令应有 12 至 1000 个字符"):
        verbs.add(None, "a", "viewer", ("x/",), everything=False)


@pytest.mark.usefixtures("file")
def test_a_name_is_added_once_and_an_unknown_one_is_told() -> None:
    verbs.add(None, "a", "viewer", ("x/",), everything=False)
    with pytest.raises(ConfigurationError, match="已有用户 a"):
        verbs.add(None, "a", "viewer", ("x/",), everything=False)
    with pytest.raises(ConfigurationError, match="没有用户 b"):
        verbs.remove(None, "b")


def test_without_the_setting_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOUJI_USERS", raising=False)
    with pytest.raises(ConfigurationError, match="请先设 GOUJI_USERS"):
        verbs.listed(None)


def test_a_password_typed_twice_differently_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter((PASSWORD, "another one of these"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    with pytest.raises(ConfigurationError, match="两次输入的口令不同"):
        verbs.add(None, "a", "viewer", ("x/",), everything=False)
    assert not file.exists()
