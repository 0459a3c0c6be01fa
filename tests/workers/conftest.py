"""What the tests of the processes share."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from workers.people import passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash of the right kind that costs nothing."""
    nobodys = CHEAP.hash("the password of nobody")
    monkeypatch.setattr(passwords, "_hasher", lambda: CHEAP)
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: nobodys)
