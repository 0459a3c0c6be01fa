"""The pure core, asked only once for each question: thousands of runs of the shell wait for the same few answers.

Same values in, same values out, so nothing that the shell can notice is different.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.judge import Judge

PURE = (
    *("classify", "check", "second_reading_needed", "compare", "outcome_to_order", "outcome_to_files"),
    *("report_to_bands", "compare_across", "with_across", "reread", "member", "render"),
)
"""Functions of `parsers` that the stages call as such."""


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; an answer, or the DocumentError that it was, is given again to whoever asks the same."""
    known: dict[bytes, tuple[Any, DocumentError | None]] = {}

    @functools.wraps(function)
    def ask(*values: Any) -> Any:
        key = _question(values)
        if key not in known:
            known[key] = _answer(function, values)
        answer, error = known[key]
        if error is not None:
            raise error
        return answer

    return ask


read: Callable[[bytes], Document] = remembered(parsers.read)


@contextmanager
def remembering() -> Iterator[None]:
    """While it lasts, `parsers` remembers."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PURE:
            patch.setattr(parsers, name, _REMEMBERED[name])
        yield


def _answer(function: Callable[..., Any], values: tuple[Any, ...]) -> tuple[Any, DocumentError | None]:
    try:
        return function(*values), None
    except DocumentError as error:
        return None, error


def _question(values: tuple[Any, ...]) -> bytes:
    plain = tuple(value.digest if isinstance(value, Judge) else value for value in values)
    return hashlib.blake2b(msgspec.msgpack.encode(plain)).digest()


_REMEMBERED = {name: remembered(getattr(parsers, name)) for name in PURE}
