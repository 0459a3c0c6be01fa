"""Messages that nobody of ours sent: what cannot even be opened is said and dropped, and never ends the worker.

Whoever may write to the queue could otherwise stop every worker with one line. No document is lost by it: the sweep
knows what lies in the inbox.
"""

from __future__ import annotations

import logging
from typing import Any

from kombu.transport import redis

_MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What opening a foreign message raises, here and in Celery; a lost connection is none of them."""

_LOG = logging.getLogger(__name__)


class Channel(redis.Channel):
    """A channel that survives an envelope which is no JSON."""

    def _brpop_read(self, **options: Any) -> Any:
        """Take one message; a broken one counts as taken, since it is no longer in its queue."""
        try:
            return super()._brpop_read(**options)  # type: ignore[no-untyped-call] # kombu has few types
        except _MALFORMED as error:
            _tell(error)
            return True


class Transport(redis.Transport):
    """Redis, as Celery uses it, with such channels."""

    Channel = Channel

    def _deliver(self, message: Any, queue: str) -> None:
        """Hand a message on; what nobody can open must not come again after the visibility timeout."""
        try:
            super()._deliver(message, queue)  # type: ignore[no-untyped-call] # the same
        except _MALFORMED as error:
            _tell(error)
            self._forget(message)

    def _forget(self, message: Any) -> None:
        tag = _to_tag(message)
        for channel in self.channels:
            if tag is not None and tag in channel.qos._delivered:  # noqa: SLF001 - kombu's own way to know its messages
                channel.basic_reject(tag, requeue=False)


def _to_tag(message: Any) -> str | None:
    """The tag by which a message is acknowledged, where it has one."""
    properties = message.get("properties") if isinstance(message, dict) else None
    tag = properties.get("delivery_tag") if isinstance(properties, dict) else None
    return tag if isinstance(tag, str) else None


def _tell(error: Exception) -> None:
    _LOG.error("队列中有一条无法解读的消息（%s），已丢弃；收件桶里的文件由定期核对补发", type(error).__name__)
