"""The users of deploy/redis/users.acl.example on a real redis-server: what each role may and may not do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

from tests.real.servers import ROLES, Broker

pytestmark = pytest.mark.realredis

ALLOWED = (
    ("SET", "gouji:a", "1"),
    ("LPUSH", "gouji:b", "1"),
    ("BRPOP", "gouji:b", "1"),
    ("EVAL", "return redis.call('get', KEYS[1])", "1", "gouji:a"),
    ("PUBLISH", "gouji:c", "1"),
    ("CONFIG", "GET", "maxmemory-policy"),
    ("INFO", "all"),
    ("TIME",),
    ("CLIENT", "SETNAME", "worker"),
)
DENIED = (
    ("SET", "other:a", "1"),
    ("EVAL", "return redis.call('get', 'other:a')", "0"),
    ("KEYS", "*"),
    ("FLUSHALL",),
    ("CONFIG", "SET", "maxmemory-policy", "allkeys-lru"),
    ("ACL", "LIST"),
    ("CLIENT", "LIST"),
    ("SHUTDOWN", "NOSAVE"),
    ("PUBLISH", "other:c", "1"),
)
REFUSED = r"(?i)no permission|can't access|can't run|ACL failure"


@pytest.fixture(params=ROLES)
def client(request: pytest.FixtureRequest, broker: Broker) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(broker.url(request.param), socket_timeout=5) as made:
        yield made


def answer(client: redis.Redis, command: tuple[str, ...]) -> object:
    return client.execute_command(*command)  # type: ignore[no-untyped-call] # redis-py leaves it untyped


@pytest.mark.parametrize("command", ALLOWED, ids=lambda words: " ".join(words[:2]))
def test_a_role_may_do_its_work(client: redis.Redis, command: tuple[str, ...]) -> None:
    client.set("gouji:a", "1")
    client.lpush("gouji:b", "1")

    assert answer(client, command) is not None


@pytest.mark.parametrize("command", DENIED, ids=lambda words: " ".join(words[:2]))
def test_a_role_may_do_nothing_else(client: redis.Redis, command: tuple[str, ...]) -> None:
    with pytest.raises(redis.ResponseError, match=REFUSED):
        answer(client, command)


def test_nobody_comes_in_without_a_name(broker: Broker) -> None:
    with (
        redis.Redis(host=broker.host, port=broker.port, socket_timeout=5) as nobody,
        pytest.raises(redis.AuthenticationError),
    ):
        nobody.ping()
