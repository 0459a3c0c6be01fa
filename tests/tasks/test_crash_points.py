"""SQLite's method on one document: stop before and after every write, start again, and find the same results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tasks import layout
from tasks.errors import AgainError
from tasks.messages import SubmissionRef
from tasks.pipeline import process
from tasks.ports.ledger import State
from tasks.ports.store import Store, StoredObject
from tests.tasks.worlds import TEXT, World, make_world, same_bytes

IMAGE = b"\x89PNG\r\n\x1a\n"


class CrashError(BaseException):
    """The process is gone: no handler of ours may catch it."""


@dataclass(slots=True)
class CrashingStore:
    """A store whose process dies before, or just after, its n-th write (from 0)."""

    store: Store
    at: int
    after: bool
    writes: int = 0

    def _write(self) -> bool:
        """Whether to die after this write; dies before it if that is the order."""
        now = self.writes == self.at
        self.writes += 1
        if now and not self.after:
            raise CrashError
        return now

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        die = self._write()
        self.store.put(bucket, key, data, content_type)
        if die:
            raise CrashError

    def put_new(self, bucket: str, key: str, data: bytes, content_type: str) -> bool:
        die = self._write()
        written = self.store.put_new(bucket, key, data, content_type)
        if die:
            raise CrashError
        return written

    def delete(self, bucket: str, key: str) -> None:
        die = self._write()
        self.store.delete(bucket, key)
        if die:
            raise CrashError

    def head(self, bucket: str, key: str) -> StoredObject | None:
        return self.store.head(bucket, key)

    def fetch(self, ref: SubmissionRef) -> bytes:
        return self.store.fetch(ref)

    def get(self, bucket: str, key: str) -> bytes | None:
        return self.store.get(bucket, key)

    def walk(self, bucket: str, prefix: str = "") -> Iterator[StoredObject]:
        return self.store.walk(bucket, prefix)


def undisturbed(data: bytes) -> tuple[dict[str, bytes], int]:
    """The results of a run without a crash, and its number of writes."""
    world = make_world()
    counting = CrashingStore(world.store, at=-1, after=False)
    process(world.storing(counting), world.upload(data=data))
    return world.results(), counting.writes


def markers(world: World) -> list[str]:
    return [key for key in world.results(layout.SUBMISSIONS) if key.count("/") == 2]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("data", [TEXT, IMAGE], ids=["good", "unreadable"])
def test_each_point_is_survived(data: bytes, after: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """After the restart the results are those of an undisturbed run, with one marker and one delivery."""
    expected, writes = undisturbed(data)
    assert writes >= 5
    for at in range(writes):
        world = make_world()
        ref = world.upload(data=data)
        with pytest.raises(CrashError):
            process(world.storing(CrashingStore(world.store, at=at, after=after)), ref)
        again(world, ref)
        assert same_bytes(world.results(), expected), at
        assert (len(markers(world)), len(world.results("_outbox/"))) == (1, 1), at


def test_a_second_crash_while_recovering_is_survived() -> None:
    expected, writes = undisturbed(TEXT)
    for at in range(writes):
        world = make_world()
        ref = world.upload()
        for after in (False, True):
            with pytest.raises(CrashError):
                process(world.storing(CrashingStore(world.store, at=at, after=after)), ref)
            if markers(world):
                break  # from here on a restart only repairs, and has fewer writes
        again(world, ref)
        assert same_bytes(world.results(), expected), at


def again(world: World, ref: SubmissionRef) -> State:
    """What the sweep does: send it once more; then once more, for it may be delivered twice."""
    try:
        process(world.context, ref)
    except AgainError:
        process(world.context, ref, alone=True)
    return process(world.context, ref)
