"""MiniStack's listings, by an index: as it is it looks at every key of the bucket for every page.

With a hundred thousand objects that is fifty milliseconds for a listing of two keys, and a hundred such pages for all.
Its buckets are plain dicts; ours keeps its keys sorted too. Answers are the same (the tests compare them).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import Any


class Objects(dict[str, Any]):
    """A bucket's objects by key, which also knows its keys in order."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__(known)
        self._keys = sorted(known)

    def __setitem__(self, key: str, value: Any) -> None:
        if key not in self:
            insort(self._keys, key)
        super().__setitem__(key, value)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        del self._keys[bisect_left(self._keys, key)]

    def pop(self, key: str, *default: Any) -> Any:
        """As a dict's."""
        if key not in self:
            return super().pop(key, *default)
        found = self[key]
        del self[key]
        return found

    def setdefault(self, key: str, default: Any = None) -> Any:
        """As a dict's."""
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, *more: Any, **named: Any) -> None:
        """As a dict's."""
        for key, value in dict(*more, **named).items():
            self[key] = value

    def clear(self) -> None:
        """As a dict's."""
        super().clear()
        self._keys.clear()

    def place(self, first: str, after: str) -> int:
        """The number of the first key that is not before `first` and comes after `after`, where one is named."""
        return max(bisect_left(self._keys, first), bisect_right(self._keys, after) if after else 0)

    def at(self, number: int) -> str | None:
        """The key of this number, in order."""
        return self._keys[number] if number < len(self._keys) else None


Row = tuple[str, bool]
"""A line of a listing: a key, or what several keys begin with."""


def list_entries(
    objects: Objects, prefix: str, delimiter: str, most: int, after: str
) -> tuple[list[str], list[str], bool, str]:
    """Keys, common prefixes, whether there is more, and the last line: as MiniStack's own function answers."""
    rows: list[Row] = []
    more = False
    for row in _rows(objects, prefix, delimiter, after):
        if len(rows) >= most:
            more = True
            break
        rows.append(row)
    keys, common = _of(rows, common=False), _of(rows, common=True)
    return keys, common, more, rows[-1][0] if rows else ""


def _of(rows: Iterable[Row], *, common: bool) -> list[str]:
    return [value for value, is_common in rows if is_common is common]


def _rows(objects: Objects, prefix: str, delimiter: str, after: str) -> Iterator[Row]:
    """Line by line; after a common prefix it goes on behind all keys that have it."""
    at = objects.place(prefix, after)
    while (key := objects.at(at)) is not None and key.startswith(prefix):
        end = key.find(delimiter, len(prefix)) if delimiter else -1
        if end < 0:
            yield key, False
            at += 1
            continue
        common = key[: end + len(delimiter)]
        if common > after:
            yield common, True
        at = objects.place(_behind(common), "")


def _behind(prefix: str) -> str:
    """The first string that is greater than all that begin so; a delimiter never ends in the last sign there is."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def index(s3: Any) -> None:
    """Let this module of MiniStack (`ministack.services.s3`) list by the index. Raises AttributeError if it changed."""
    ensure, collect = s3._ensure_bucket, s3._collect_list_entries  # noqa: SLF001 - it has no other door

    def ensure_indexed(name: str) -> Any:
        bucket = ensure(name)
        if bucket is not None and not isinstance(bucket["objects"], Objects):
            bucket["objects"] = Objects(bucket["objects"])
        return bucket

    def collect_indexed(objects: Any, *rest: Any) -> Any:
        return list_entries(objects, *rest) if isinstance(objects, Objects) else collect(objects, *rest)

    s3._ensure_bucket, s3._collect_list_entries = ensure_indexed, collect_indexed  # noqa: SLF001 - the same
