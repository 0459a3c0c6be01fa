"""The ledger in Redis or Valkey: an entry per job, sorted sets by time and state, a stream of changes, leases.

Everything stands under `gouji:`. A fault of the connection is a TransientError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import redis

from parsers.model.files import json_to_value, value_to_json_line
from tasks.errors import TransientError
from tasks.ports.ledger import AT_A_NAME, ENDS, Change, Entry, Heartbeat, Met, Query, State, Tally
from tasks.ports.ledger_query import filters, page

P = ParamSpec("P")
T = TypeVar("T")

PREFIX = "gouji:"
ENTRY = f"{PREFIX}entry:"
RECEIVED = f"{PREFIX}received"
STATE = f"{PREFIX}state:"
FINISHED = f"{PREFIX}finished:"
CHANGES = f"{PREFIX}changes"
LEASE = f"{PREFIX}lease:"
BEAT = f"{PREFIX}beat:"
MEETING = f"{PREFIX}met:"
BEATS = f"{PREFIX}beats"
TALLY = f"{PREFIX}tally:"

MAX_CHANGES = 10_000
HEARTBEAT_SECONDS = 120
_CHUNK = 1000

_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"
_RENEW = (
    "if redis.call('get', KEYS[1]) == ARGV[1] "
    "then redis.call('set', KEYS[1], ARGV[1], 'EX', ARGV[2]) return 1 else return 0 end"
)


def redis_client(url: str) -> redis.Redis:
    """A client with time-outs, so that a dead connection is noticed."""
    return redis.Redis.from_url(
        url, socket_timeout=15, socket_connect_timeout=5, socket_keepalive=True, health_check_interval=10
    )


def _transient(call: Callable[P, T]) -> Callable[P, T]:
    """A fault of Redis for the moment becomes a TransientError."""

    @wraps(call)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except redis.RedisError as error:
            raise TransientError(f"Redis {type(error).__name__}") from error

    return wrapped


@dataclass(slots=True)
class RedisLedger:
    """The Ledger over one redis-py client (safe to use from threads)."""

    client: redis.Redis

    @_transient
    def record(self, entry: Entry) -> None:
        """Set the whole entry, update the indexes, and tell the live pages."""
        received = {entry.job: entry.received.timestamp()}
        with self.client.pipeline(transaction=True) as pipe:
            pipe.set(ENTRY + entry.job, value_to_json_line(entry))
            pipe.zadd(RECEIVED, received)
            for state in State:
                if state is not entry.state:
                    pipe.zrem(STATE + state, entry.job)
            pipe.zadd(STATE + entry.state, received)
            for end in ENDS:
                if end is entry.state and entry.finished:
                    pipe.zadd(FINISHED + end, {entry.job: entry.finished.timestamp()})
                else:
                    pipe.zrem(FINISHED + end, entry.job)
            pipe.xadd(CHANGES, {"job": entry.job, "state": entry.state.value}, maxlen=MAX_CHANGES, approximate=True)
            pipe.execute()

    @_transient
    def entry(self, job: str) -> Entry | None:
        """What is known of this job."""
        found: Any = self.client.get(ENTRY + job)
        return json_to_value(found, Entry) if found else None

    @_transient
    def entries(self, query: Query) -> tuple[tuple[Entry, ...], int]:
        """One page of matching entries, and how many match in all.

        Without a filter, or by state alone, in the order of arrival only the page itself is read.
        """
        by_arrival = query.sort in ("received", "-received")
        only_state = Query(state=query.state, sort=query.sort, offset=query.offset, limit=query.limit)
        ordered = RECEIVED if query.state is None else STATE + query.state
        if by_arrival and (not filters(query) or query == only_state):
            last = query.offset + query.limit - 1
            jobs: Any = self.client.zrange(ordered, query.offset, last, desc=query.sort.startswith("-"))
            return tuple(self._read(jobs)), int(self._number(self.client.zcard(ordered)))
        everything: Any = self.client.zrange(ordered, 0, -1)
        return page(self._read(everything), query)

    @_transient
    def counts(self) -> dict[State, int]:
        """How many submissions stand in each state."""
        with self.client.pipeline(transaction=False) as pipe:
            for state in State:
                pipe.zcard(STATE + state)
            return dict(zip(State, pipe.execute(), strict=True))

    @_transient
    def finished_between(self, start: datetime, end: datetime) -> tuple[tuple[datetime, State], ...]:
        """When submissions ended in this span; ordered by time."""
        found: list[tuple[float, State]] = []
        for state in ENDS:
            span: Any = self.client.zrangebyscore(
                FINISHED + state, start.timestamp(), f"({end.timestamp()!r}", withscores=True
            )
            found += [(score, state) for _, score in span]
        return tuple((datetime.fromtimestamp(score, UTC), state) for score, state in sorted(found))

    @_transient
    def position(self) -> str:
        """The id of the newest change."""
        newest: Any = self.client.xrevrange(CHANGES, count=1)
        return newest[0][0].decode() if newest else "0-0"

    @_transient
    def changes(self, after: str, wait_seconds: float) -> tuple[Change, ...]:
        """Changes since `after`; waits at most so long for the first one."""
        block = max(1, int(wait_seconds * 1000))
        answer: Any = self.client.xread({CHANGES: after or "$"}, count=1000, block=block)
        lines = answer.values() if isinstance(answer, dict) else [entry[1] for entry in answer or ()]
        return tuple(_change(*line) for stream in lines for line in _flat(stream))

    @_transient
    def lease(self, job: str, owner: str, seconds: int) -> bool:
        """Take the work for so long; False if anybody has it."""
        return bool(self.client.set(LEASE + job, owner, nx=True, ex=seconds))

    @_transient
    def renew(self, job: str, owner: str, seconds: int) -> bool:
        """Keep one's own lease for so long from now."""
        return self._number(self.client.eval(_RENEW, 1, LEASE + job, owner, str(seconds))) == 1

    @_transient
    def release(self, job: str, owner: str) -> None:
        """Give one's own lease back."""
        self.client.eval(_RELEASE, 1, LEASE + job, owner)

    @_transient
    def beat(self, heartbeat: Heartbeat) -> None:
        """Note that a process lives (kept for two minutes)."""
        name = f"{heartbeat.process}:{heartbeat.instance}"
        with self.client.pipeline(transaction=False) as pipe:
            pipe.set(BEAT + name, value_to_json_line(heartbeat), ex=HEARTBEAT_SECONDS)
            pipe.sadd(BEATS, name)
            pipe.execute()

    @_transient
    def heartbeats(self) -> tuple[Heartbeat, ...]:
        """The processes heard of in the last two minutes, by name and instance."""
        names: list[bytes] = sorted(self._members(BEATS))
        if not names:
            return ()
        found: Any = self.client.mget([BEAT.encode() + name for name in names])
        gone = [name for name, data in zip(names, found, strict=True) if data is None]
        if gone:
            self.client.srem(BEATS, *gone)
        return tuple(json_to_value(data, Heartbeat) for data in found if data is not None)

    @_transient
    def count(self, tally: Tally, label: str, number: int = 1) -> None:
        """Add to a figure."""
        self.client.hincrby(TALLY + tally, label, number)

    @_transient
    def tallied(self, tally: Tally) -> dict[str, int]:
        """A figure by its labels, in their order."""
        found: Any = self.client.hgetall(TALLY + tally)
        return {label.decode(): int(number) for label, number in sorted(found.items())}

    @_transient
    def meet(self, group: str, names: Iterable[str], job: str) -> Met:
        """Leave this job under each of these names of a group, and see who else was there."""
        keys = [f"{MEETING}{group}:{name}" for name in names]
        with self.client.pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.zadd(key, {job: 0})  # of one score: they stand in the order of their ids
            pipe.execute()
        first = self._ids(keys, AT_A_NAME)
        crowds = [key for key, ids in zip(keys, first, strict=True) if job in ids]
        around = {other for ids in self._ids(crowds, -1) for other in ids}
        seen = tuple(tuple(other for other in ids if other != job)[:AT_A_NAME] for ids in first)
        return Met(seen=seen, around=tuple(sorted(around - {job})))

    def _ids(self, keys: list[str], last: int) -> list[list[str]]:
        """The ids under each of these keys, up to the one with this number."""
        with self.client.pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.zrange(key, 0, last)
            answers: Any = pipe.execute()
        return [[other.decode() for other in ids] for ids in answers]

    @_transient
    def forget(self, jobs: Iterable[str]) -> None:
        """Remove entries that the buckets no longer know."""
        for job in jobs:
            with self.client.pipeline(transaction=True) as pipe:
                pipe.delete(ENTRY + job)
                for name in (RECEIVED, *(STATE + state for state in State), *(FINISHED + end for end in ENDS)):
                    pipe.zrem(name, job)
                pipe.execute()

    def _read(self, jobs: list[bytes]) -> Iterable[Entry]:
        for start in range(0, len(jobs), _CHUNK):
            found: Any = self.client.mget([ENTRY.encode() + job for job in jobs[start : start + _CHUNK]])
            yield from (json_to_value(data, Entry) for data in found if data is not None)

    def _members(self, name: str) -> Any:
        return self.client.smembers(name)

    def _number(self, answer: Any) -> int:
        return int(answer)


def _flat(stream: Any) -> Any:
    """redis-py wraps a stream's lines once more under RESP 3."""
    return stream[0] if stream and isinstance(stream[0], list) else stream


def _change(identity: bytes, fields: dict[bytes, bytes]) -> Change:
    return Change(id=identity.decode(), job=fields[b"job"].decode(), state=State(fields[b"state"].decode()))
