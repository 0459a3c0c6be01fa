"""The base of every value that flows: frozen, slotted, keyword only, equal by content; with JSON form and schema."""

from __future__ import annotations

from typing import dataclass_transform

import msgspec


# tells type checkers what the keywords below hand down to every subclass
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value. See docs/decisions/0001: msgspec structs are our frozen dataclasses.

    Fields that a newer release added are passed over by a reader: two releases share a bucket while they are exchanged.
    """
