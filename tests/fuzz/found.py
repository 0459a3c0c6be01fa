"""What fuzzing and foreign files once found, by target: each input stays a test."""

from __future__ import annotations

from tests.hostile.zip_file import Member, to_zip

FOUND: tuple[tuple[str, str, bytes], ...] = (
    ("zip_guard", "a member without a name", to_zip([Member("", b"x")])),
    ("numerals", "five thousand digits", b"9" * 5_000),
    ("numerals", "five thousand digits with a remark", b"9" * 5_000 + "件(约)".encode()),
    ("numerals", "five thousand Chinese digits", "〇".encode() * 5_000),
)
"""Target, what it is, the bytes."""
