"""Messages that no Gouji ever sent lie in the queue of a real worker: it goes on, and every upload gets its end."""

from __future__ import annotations

import base64
import json
import pickle
import uuid
from datetime import timedelta
from typing import Any

import pytest
import redis

from tasks.celery_tasks import HEAVY, PROCESS, to_message
from tasks.copies import to_ref
from tests.workers.test_worker_chain import World, end, world
from workers.celery_app import KEY_PREFIX, make_app
from workers.sweep import Sweeper, finished_jobs

__all__ = ["world"]


def envelope(body: bytes, task: str = PROCESS, kind: str = "application/json", **headers: Any) -> bytes:
    """A message as kombu puts it into a list of Redis."""
    tag = str(uuid.uuid4())
    made = {
        "body": base64.b64encode(body).decode(),
        "content-encoding": "utf-8",
        "content-type": kind,
        "headers": {
            "lang": "py",
            "task": task,
            "id": tag,
            "root_id": tag,
            "argsrepr": "()",
            "kwargsrepr": "{}",
            "retries": 0,
            **headers,
        },
        "properties": {
            "correlation_id": tag,
            "delivery_mode": 2,
            "delivery_info": {"exchange": "", "routing_key": HEAVY},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": str(uuid.uuid4()),
        },
    }
    return json.dumps(made).encode()


def args(*positional: object, **named: object) -> bytes:
    """A body of Celery's protocol 2."""
    return json.dumps([positional, named, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}]).encode()


class Harm:
    """What a pickle would do to whoever opens it."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return open, (self.mark, "w")


def messages(ref: dict[str, Any], mark: str) -> dict[str, bytes]:
    """Every message by what is wrong with it; a pickle that is opened leaves a file of the name `mark`."""
    broken = envelope(args(ref=ref))
    return {
        "an unknown task": envelope(args(ref=ref), "gouji.of_the_next_release"),
        "no arguments": envelope(args()),
        "a missing field": envelope(args(ref={"bucket": "b"})),
        "a field of another kind": envelope(args(ref={**ref, "size": "large"})),
        "an argument too many": envelope(args(ref, 0, "more", 5)),
        "arguments that are a text": envelope(b'"text"'),
        "arguments that are no JSON": envelope(b"{not json"),
        "arguments in no encoding": envelope(b"\xff\xfe\x00"),
        "ten megabytes": envelope(args(ref={**ref, "key": "x" * 10_000_000})),
        "a pickle": envelope(pickle.dumps(((Harm(mark),), {}, {})), kind="application/x-python-serialize"),
        "a pickle that calls itself JSON": envelope(pickle.dumps(Harm(mark))),
        "an unknown kind of content": envelope(b"a: b", kind="application/x-yaml"),
        "headers of another kind": envelope(args(ref=ref), retries="many", timelimit="never", eta="soon", expires="x"),
        "no body": b'{"headers": {}, "properties": {}}',
        "an envelope that is a list": b"[1, 2]",
        "an envelope that is no JSON": b"{{{",
        "an envelope in no encoding": b"\xff\xfe\x00",
        "an envelope cut short": broken[: len(broken) // 2],
        "nothing": b"",
    }


@pytest.mark.parametrize("scheme", ["redis", "rediss"])
def test_tls_is_spoken_where_the_address_asks_for_it(scheme: str) -> None:
    app = make_app(f"{scheme}://user:secret@127.0.0.1:1/0")
    with app.connection_for_write() as connection:
        assert bool(connection.ssl) == (scheme == "rediss")
    app.close()


@pytest.mark.hostile
def test_no_message_ends_the_worker_and_none_is_obeyed(world: World) -> None:
    mark = world.log.with_name("opened")
    world.upload(["在前.txt", "在后.txt"])
    refs = [to_ref(world.context.inbox, stored) for stored in world.context.store.walk(world.context.inbox)]
    sweeper = Sweeper(context=world.context, enqueue=world.dispatcher.enqueue, min_age=timedelta(0))
    with redis.Redis.from_url(world.settings.redis_url) as client:
        for message in messages(to_message(refs[0]), str(mark)).values():
            client.lpush(KEY_PREFIX + HEAVY, message)
        worker = world.start_worker()
        try:
            world.wait(lambda: client.llen(KEY_PREFIX + HEAVY) == 0)
            sweeper.sweep()
            world.wait(lambda: len(finished_jobs(world.context)) == len(refs))
            assert worker.poll() is None
        finally:
            assert end(worker) == 0
    assert not mark.exists()
