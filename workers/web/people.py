"""Who is at the dashboard: the token's bearer, or a user of the users' file, which is read again when it changes."""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import ConfigurationError
from workers.people.passwords import is_password
from workers.people.person import EVERYTHING, Person, Role
from workers.people.users_file import Users, read_users

TOKEN_NAME = "令牌"  # noqa: S105 - what the audit calls whoever came with it
LOCAL_NAME = "本机"

log = logging.getLogger(__name__)


def is_token(given: str, token: str) -> bool:
    """Compare in constant time; an unset token matches nothing."""
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def everyone_here() -> Person:
    """Whoever uses this machine, where `--insecure-localhost` was asked for."""
    return Person(name=LOCAL_NAME, role=Role.ADMIN, prefixes=(EVERYTHING,), mark="")


@dataclass(slots=True)
class UsersFile:
    """The users as the file has them now. While it cannot be read there are none: nobody comes in by an old copy."""

    path: Path | None = None
    _seen: tuple[int, ...] = ()
    _users: Users | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> Users | None:
        """The users; None without a file, or while it is broken."""
        if self.path is None:
            return None
        with self._lock:
            looks = _look(self.path)
            if not looks or looks != self._seen:
                self._users, self._seen = _read(self.path), looks
            return self._users


def _look(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _read(path: Path) -> Users | None:
    try:
        return read_users(path)
    except ConfigurationError as error:
        log.error("%s；在改正之前，其中的用户不能登录", error.sentence)  # noqa: TRY400 - the sentence is all there is
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Both ways to come in. `token` may be empty; `is_open` lets everybody in (loopback only)."""

    token: str = ""
    file: UsersFile = field(default_factory=UsersFile)
    is_open: bool = False

    @property
    def has_users(self) -> bool:
        """Is there a file of users?"""
        return self.file.path is not None

    def session_key(self) -> str:
        """The key that signs sessions: it follows from the token and the file's own key, alike in every process.

        A new token ends every session, also across processes.
        """
        users = self.file.now()
        secret = f"{self.token}\n{users.key if users else ''}"
        return hmac.new(secret.encode(), b"gouji dashboard session", hashlib.sha256).hexdigest()

    def by_token(self, given: str) -> Person | None:
        """The administrator who has the token."""
        return self._token_bearer() if is_token(given, self.token) else None

    def by_password(self, name: str, password: str) -> Person | None:
        """The user of this name and password; an unknown name costs the same work."""
        users = self.file.now()
        user = users.named(name) if users else None
        fits = is_password(password, user.password if user else None)
        return user.to_person() if user and fits else None

    def by_session(self, name: str, mark: str) -> Person | None:
        """Who signed in under this name, if nothing about that person has changed since."""
        users = self.file.now()
        user = users.named(name) if users and name != TOKEN_NAME else None
        person = user.to_person() if user else self._token_bearer() if name == TOKEN_NAME and self.token else None
        return person if person and hmac.compare_digest(person.mark, mark) else None

    def _token_bearer(self) -> Person:
        mark = hashlib.sha256(b"token" + self.token.encode()).hexdigest()[:32]
        return Person(name=TOKEN_NAME, role=Role.ADMIN, prefixes=(EVERYTHING,), mark=mark)
