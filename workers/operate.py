"""gouji retry, reprocess and redeliver: the operators' deeds by the command line, beside a running Gouji."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from tasks.delivery import Delivery
from tasks.errors import ConfigurationError, TransientError
from workers import audit, log, reporting
from workers.alongside import settings_alongside
from workers.build import settings_to_context
from workers.celery_app import make_app
from workers.cli_words import EXIT_USAGE
from workers.dispatch import open_dispatcher
from workers.refusals import require_all
from workers.verbs import Operator, chosen, deliveries_between, name_to_terminal, quarantined
from workers.zone import SHANGHAI

T = TypeVar("T")

EXIT_NOT_ALL = 1
_TAKEN = range(200, 300)
"""The answers of a receiver that has taken a delivery."""


def open_operator(config: Path | None) -> Operator:
    """Whoever called the command, on the store and broker of the settings. Raises ConfigurationError."""
    settings = settings_alongside(config)
    log.configure(settings.log, "operator")
    reporting.configure(settings, "operator")
    app = make_app(settings.redis_url)
    require_all(settings, app)
    context = settings_to_context(settings, app)
    dispatcher = open_dispatcher(settings, app)
    return Operator(context, audit.at_the_console(), lambda ref: dispatcher.again(context, ref))


def retry(operator: Operator, names: Iterable[str]) -> int:
    """A new chance for each of these; the exit code."""
    ends = ((name, quarantined(name_to_terminal(operator.context, name))) for name in names)
    done, is_all = _each(ends, "不在未能处理之列，没有重试", lambda end: operator.retry(end.ref, end.code))
    _say(f"已重新提交 {done} 份")
    return 0 if is_all else EXIT_NOT_ALL


def reprocess(operator: Operator, names: Iterable[str], prefix: str | None, judge: str) -> int:
    """Read and judge each of these once more, and all that match; the exit code."""
    ends = chosen(operator.context, names, prefix, judge)
    done, is_all = _each(
        ends, "没有核查完的结果，没有重新核查", lambda end: operator.reprocess(end.ref, end.judge_digest)
    )
    _say(f"已重新提交核查 {done} 份")
    return 0 if is_all else EXIT_NOT_ALL


def redeliver(operator: Operator, ids: Iterable[str]) -> int:
    """Send each of these once more, now; the exit code."""
    answers = [_redeliver(operator, delivery_id) for delivery_id in ids]
    return 0 if all(answers) else EXIT_NOT_ALL


def replay(
    operator: Operator, endpoint: str | None, start: datetime | None, end: datetime | None, *, only_dead: bool
) -> int:
    """Let all deliveries of an endpoint and a span wait for the sweep once more; the exit code."""
    known = {known.name for known in operator.context.endpoints}
    if endpoint is not None and endpoint not in known:
        raise ConfigurationError(f"设置中没有名为 {endpoint} 的接收端", EXIT_USAGE)
    ids = deliveries_between(operator.context, endpoint, start, end, only_dead=only_dead)
    _say(f"已重新排队 {operator.requeue(ids)} 条，由定期核对依次推送，编号不变")
    return 0


def words_to_moment(words: str) -> datetime:
    """`2026-01-05`, `2026-01-05T08:30` (Beijing time), or with an offset. Raises ConfigurationError."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        raise ConfigurationError(
            f"时间 {words} 应写成 2026-01-05 或 2026-01-05T08:30（北京时间）", EXIT_USAGE
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)


def run(config: Path | None, deed: Callable[[Operator], int]) -> int:
    """Do it; a store or broker that does not answer is one sentence, and what was done until then stays done.

    Raises ConfigurationError.
    """
    operator = open_operator(config)
    try:
        return deed(operator)
    except TransientError as error:
        _say(f"没有做完（{error}），请稍后再运行一次")
        return EXIT_NOT_ALL


def _redeliver(operator: Operator, delivery_id: str) -> bool:
    found = operator.redeliver(delivery_id)
    _say(f"{delivery_id}：{_delivery_to_sentence(found)}")
    return found is not None and bool(found.sendings) and found.sendings[-1].status in _TAKEN


def _delivery_to_sentence(found: Delivery | None) -> str:
    if found is None or not found.sendings:
        return "没有找到这条推送"
    last = found.sendings[-1]
    answer = "没有应答" if last.status is None else f"应答 {last.status}"
    return f"已重新推送，{answer}" + (f"：{last.reason}" if last.reason else "")


def _each(ends: Iterable[tuple[str, T | None]], missing: str, act: Callable[[T], object]) -> tuple[int, bool]:
    """Act on each end and say which names have none; how many were done, and whether all were."""
    done, is_all = 0, True
    for name, end in ends:
        if end is None:
            _say(f"{name}：{missing}")
            is_all = False
        else:
            act(end)
            done += 1
    return done, is_all


def _say(sentence: str) -> None:
    print(sentence)  # noqa: T201 - the answer to the command
