"""A person at the dashboard: what this person may do, and which part of the inbox this person may see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVERYTHING = ""
"""The prefix with which every key begins."""


class Role(StrEnum):
    """Each may do what those before it may (S27)."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"


ROLES = tuple(Role)

ROLE_NAMES = {Role.VIEWER: "查看", Role.OPERATOR: "经办", Role.ADMIN: "管理"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`prefixes` are the folders of the inbox that this person sees; `mark` changes with everything that is known."""

    name: str
    role: Role
    prefixes: tuple[str, ...]
    mark: str

    @property
    def sees_everything(self) -> bool:
        """Is no part of the inbox closed to this person?"""
        return EVERYTHING in self.prefixes

    @property
    def home(self) -> str:
        """The folder into which a file goes that names none of its own."""
        return EVERYTHING if self.sees_everything else next(iter(self.prefixes), EVERYTHING)

    def sees(self, key: str) -> bool:
        """May this person know of what lies under this inbox key?"""
        return key.startswith(self.prefixes)

    def may(self, role: Role) -> bool:
        """Does this person's role include that one?"""
        return ROLES.index(self.role) >= ROLES.index(role)
