"""Canonical bytes: sorted keys, digits as filed, UTF-8, one newline at the end. And back, with every field checked."""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder(order="sorted", decimal_format="number")


def value_to_json(value: object) -> bytes:
    """The one JSON form of a value: the same value gives the same bytes on any machine."""
    return msgspec.json.format(_ENCODER.encode(value), indent=1) + b"\n"


def value_to_json_line(value: object) -> bytes:
    """The same on one line, without the newline."""
    return _ENCODER.encode(value)


def json_to_value(data: bytes, kind: type[T]) -> T:
    """The value of these bytes; raises msgspec.ValidationError or DecodeError with the path of what is wrong."""
    return msgspec.json.decode(data, type=kind)
