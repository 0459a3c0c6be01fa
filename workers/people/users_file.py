"""The file of users (GOUJI_USERS): TOML, written by `gouji users`, readable by its owner alone."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from tasks.errors import ConfigurationError
from workers.exit_codes import EXIT_SETTINGS
from workers.people.passwords import is_hash
from workers.people.person import EVERYTHING, Person, Role

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_NAME = 64
KEY_BYTES = 32

HEAD = "# 看板用户。由 gouji users 写入；其中的 key 和口令摘要不要给别人看。\n"


class User(BaseModel):
    """One user as the file has it: the password as an Argon2id hash, the folders each ending in a slash."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    role: Role
    prefixes: tuple[str, ...]
    password: str

    @field_validator("name")
    @classmethod
    def _name_can_be_shown(cls, value: str) -> str:
        return require_name(value)

    @field_validator("password")
    @classmethod
    def _password_is_hashed(cls, value: str) -> str:
        if not is_hash(value):
            raise ValueError("口令不是 Argon2id 摘要，请用 gouji users passwd 设置")
        return value

    @model_validator(mode="after")
    def _folders_suit_the_role(self) -> User:
        require_prefixes(self.prefixes, self.role)
        return self

    def to_person(self) -> Person:
        """Who this is at the dashboard. The mark follows from the whole record, so that any change ends a session."""
        record = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        mark = hashlib.sha256(record.encode()).hexdigest()[:32]
        return Person(name=self.name, role=self.role, prefixes=self.prefixes, mark=mark)


class Users(BaseModel):
    """All of them. `key` signs their sessions: every dashboard process that has this file accepts them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    users: tuple[User, ...] = ()

    @field_validator("key")
    @classmethod
    def _key_is_long(cls, value: str) -> str:
        if len(value) < KEY_BYTES:
            raise ValueError("key 太短")
        return value

    @model_validator(mode="after")
    def _names_differ(self) -> Users:
        names = [user.name for user in self.users]
        if len(names) != len(frozenset(names)):
            raise ValueError("有同名的用户")
        return self

    def named(self, name: str) -> User | None:
        """The user of this name."""
        return next((user for user in self.users if user.name == to_name(name)), None)

    def with_user(self, user: User) -> Users:
        """The same with this one new or changed, in the order of names."""
        others = [other for other in self.users if other.name != user.name]
        return Users(key=self.key, users=tuple(sorted((*others, user), key=lambda one: one.name)))

    def without(self, name: str) -> Users:
        """The same without the one of this name."""
        return Users(key=self.key, users=tuple(user for user in self.users if user.name != name))


def to_name(text: str) -> str:
    """A name as it is compared: composed, without blanks around it."""
    return unicodedata.normalize("NFC", text).strip()


def require_name(value: str) -> str:
    """The name, or ValueError: it stands in the audit and on pages."""
    if not value or len(value) > MAX_NAME or not value.isprintable() or to_name(value) != value:
        raise ValueError(f"用户名应为 1 至 {MAX_NAME} 个可见字符")
    return value


def require_prefixes(prefixes: tuple[str, ...], role: Role) -> None:
    """Raise ValueError unless every prefix is a whole folder: one of half a name would open its neighbours too."""
    if not prefixes:
        raise ValueError("没有写明能看哪些目录")
    if EVERYTHING in prefixes and len(prefixes) > 1:
        raise ValueError("已能看全部目录，不能再列出目录")
    if role is Role.ADMIN and prefixes != (EVERYTHING,):
        raise ValueError("管理用户能看全部目录，不能限定目录")
    if any(prefix and (not prefix.endswith("/") or prefix.startswith(("/", "_"))) for prefix in prefixes):
        raise ValueError("目录应以 / 结尾，不以 / 或下划线开头，如 铜官区/")


def new_users() -> Users:
    """No user yet, and a key."""
    return Users(key=secrets.token_urlsafe(KEY_BYTES))


def read_users(path: Path) -> Users:
    """What the file holds. Raises ConfigurationError with a sentence that repeats nothing of it."""
    try:
        return Users.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ConfigurationError(f"用户文件 {path} 不能读取（{error.strerror}）", EXIT_SETTINGS) from None
    except ValidationError as error:
        raise ConfigurationError(f"用户文件 {path} 有误：{_what_is_wrong(error)}", EXIT_SETTINGS) from None
    except ValueError:
        raise ConfigurationError(f"用户文件 {path} 不合 TOML 的写法", EXIT_SETTINGS) from None


def write_users(path: Path, users: Users) -> None:
    """The whole file anew, in one step, for its owner alone. Raises ConfigurationError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(users_to_toml(users))
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)  # its owner may have let the dashboard's group read it
        Path(name).replace(path)
    except OSError as error:
        raise ConfigurationError(f"用户文件 {path} 不能写入（{error.strerror}）", EXIT_SETTINGS) from None


def users_to_toml(users: Users) -> str:
    """The file's text. A JSON string of printable text is a TOML string."""
    blocks = [f"key = {_text(users.key)}\n", *(_user_to_toml(user) for user in users.users)]
    return HEAD + "\n".join(blocks)


def _user_to_toml(user: User) -> str:
    prefixes = ", ".join(_text(prefix) for prefix in user.prefixes)
    lines = (
        "[[users]]",
        f"name = {_text(user.name)}",
        f"role = {_text(user.role)}",
        f"prefixes = [{prefixes}]",
        f"password = {_text(user.password)}",
    )
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _what_is_wrong(error: ValidationError) -> str:
    """The places and our own sentences; of the library's none, since they repeat the value."""
    return "；".join(dict.fromkeys(_wrong(found) for found in error.errors(include_input=False)))


def _wrong(found: ErrorDetails) -> str:
    place = "的 ".join(f"第 {part + 1} 个用户" if isinstance(part, int) else str(part) for part in found["loc"][1:])
    reason = str(found.get("ctx", {}).get("error")) if found["type"] == "value_error" else "缺少、多余或写法不对"
    return f"{place or '文件'}：{reason}"
