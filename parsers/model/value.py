"""The base of every value that flows: frozen, slotted, keyword only, equal by content, with a JSON form and a schema."""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value. See docs/decisions/0001: msgspec structs are our frozen dataclasses."""
