"""A member of a ZIP: its own bytes, as they stood before they were packed."""

from __future__ import annotations

from parsers.model.value import Value


class Member(Value):
    """One file taken out of a container."""

    data: bytes
