"""`gouji users`: add, change a password, list, remove. A password is asked for, never taken from the command line."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tasks.errors import ConfigurationError
from workers.config import load_settings
from workers.exit_codes import EXIT_SETTINGS
from workers.people.passwords import password_to_hash
from workers.people.person import EVERYTHING, ROLE_NAMES, Role
from workers.people.users_file import (
    User,
    Users,
    new_users,
    read_users,
    require_name,
    require_prefixes,
    to_name,
    write_users,
)

ROLE_WORDS = "、".join(f"{role}（{word}）" for role, word in ROLE_NAMES.items())


def add(config: Path | None, name: str, role: str, prefixes: Iterable[str], *, everything: bool) -> str:
    """A new user; the sentence that tells so. Raises ConfigurationError."""
    path = _path(config)
    users = read_users(path) if path.exists() else new_users()
    if users.named(name):
        raise ConfigurationError(f"已有用户 {to_name(name)}；改口令用 gouji users passwd", EXIT_SETTINGS)
    known = _role(role)
    folders = _folders(known, tuple(dict.fromkeys(map(to_name, prefixes))), everything=everything)
    _sound(lambda: require_name(to_name(name)))
    _sound(lambda: require_prefixes(folders, known))
    user = User(name=to_name(name), role=known, prefixes=folders, password=_ask())
    write_users(path, users.with_user(user))
    return f"已添加：{_line(user)}"


def change_password(config: Path | None, name: str) -> str:
    """A new password for a known user, which ends this user's sessions. Raises ConfigurationError."""
    path, users, user = _known(config, name)
    write_users(path, users.with_user(user.model_copy(update={"password": _ask()})))
    return f"已更改 {user.name} 的口令，原来的登录已失效"


def remove(config: Path | None, name: str) -> str:
    """Take a user out, which ends this user's sessions. Raises ConfigurationError."""
    path, users, user = _known(config, name)
    write_users(path, users.without(user.name))
    return f"已删除 {user.name}，原来的登录已失效"


def listed(config: Path | None) -> str:
    """One line a user: name, role, folders. Raises ConfigurationError."""
    users = read_users(_path(config)).users
    return "\n".join(map(_line, users)) or "还没有用户"


def _known(config: Path | None, name: str) -> tuple[Path, Users, User]:
    path = _path(config)
    users = read_users(path)
    user = users.named(name)
    if user is None:
        raise ConfigurationError(f"没有用户 {to_name(name)}", EXIT_SETTINGS)
    return path, users, user


def _path(config: Path | None) -> Path:
    path = load_settings(config).users
    if path is None:
        raise ConfigurationError("请先设 GOUJI_USERS：用户文件的路径，如 /etc/gouji/users.toml", EXIT_SETTINGS)
    return path


def _role(text: str) -> Role:
    if text not in tuple(Role):
        raise ConfigurationError(f"角色只能是 {ROLE_WORDS}", EXIT_SETTINGS)
    return Role(text)


def _folders(role: Role, prefixes: tuple[str, ...], *, everything: bool) -> tuple[str, ...]:
    if everything and prefixes:
        raise ConfigurationError("--prefix 与 --all 只能用一个", EXIT_SETTINGS)
    if role is Role.ADMIN and prefixes:
        raise ConfigurationError("管理用户能看全部目录，不能用 --prefix 限定", EXIT_SETTINGS)
    if everything or role is Role.ADMIN:
        return (EVERYTHING,)
    if not prefixes:
        raise ConfigurationError("请用 --prefix 写明能看的目录（可重复），或用 --all 表示全部", EXIT_SETTINGS)
    return prefixes


def _sound(check: Callable[[], object]) -> None:
    try:
        check()
    except ValueError as error:
        raise ConfigurationError(str(error), EXIT_SETTINGS) from None


def _ask() -> str:
    """The password's hash: typed twice without being shown, or one line of a pipe."""
    if not sys.stdin.isatty():
        given = again = sys.stdin.readline().rstrip("\n")
    else:
        given, again = getpass.getpass("口令（不显示）："), getpass.getpass("再输入一次：")
    if given != again:
        raise ConfigurationError("两次输入的口令不同", EXIT_SETTINGS)
    try:
        return password_to_hash(given)
    except ValueError as error:
        raise ConfigurationError(str(error), EXIT_SETTINGS) from None


def _line(user: User) -> str:
    folders = "全部目录" if EVERYTHING in user.prefixes else "、".join(user.prefixes)
    return f"{user.name}　{ROLE_NAMES[user.role]}　{folders}"
