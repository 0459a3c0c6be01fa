"""Passwords as Argon2id hashes (RFC 9106), and their comparison, which costs the same whoever is asked for."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_PASSWORD = 12
MAX_PASSWORD = 1000
"""Characters. Nobody types more; a megabyte is not hashed."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""A hash takes 64 MiB: so many are computed at the same time, the others wait."""


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("the password of nobody")


def password_to_hash(password: str) -> str:
    """The hash with its salt and parameters. Raises ValueError with a Chinese sentence for one that is too short."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise ValueError(f"口令应有 {MIN_PASSWORD} 至 {MAX_PASSWORD} 个字符。")
    return _hasher().hash(password)


def is_hash(text: str) -> bool:
    """Is this an Argon2id hash that can be compared with?"""
    try:
        _hasher().check_needs_rehash(text)
    except (InvalidHashError, ValueError):
        return False
    return text.startswith("$argon2id$")


def is_password(given: str, known: str | None) -> bool:
    """Does the password fit the hash? For a name that nobody has (None) the answer is no, after the same work."""
    with _AT_ONCE:
        fits = _fits(given[:MAX_PASSWORD], known or _nobodys_hash())
    return fits and known is not None and len(given) <= MAX_PASSWORD


def _fits(given: str, known: str) -> bool:
    try:
        return _hasher().verify(known, given)
    except (VerificationError, InvalidHashError):
        return False
