"""A life: every side effect of one run is counted, and at the n-th of them the process dies, or somebody else acts.

What a port does is a side effect unless it is named here as mere looking: a method that is added later is counted by
itself, and so is a port that is added to the Context.
"""

from __future__ import annotations

import dataclasses
import inspect
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tasks.context import Context

LOOKING = frozenset(
    {
        *("head", "fetch", "get", "walk"),  # Store
        *("entry", "entries", "counts", "finished_between", "position", "changes", "heartbeats"),  # Ledger
        *("held", "tallied"),  # the same
        *("llen", "pipeline", "execute", "take"),  # the broker: what is taken stays until it is acknowledged
    }
)
"""Methods of ports that change nothing: dying before or after one of them is dying elsewhere."""

INERT = frozenset(
    {
        *("read", "reread", "member", "render", "read_office"),  # bytes in, values out
        *("link", "clock"),  # the same
        *("inbox", "results", "endpoints", "worker", "version", "judge", "lease_seconds"),  # values
    }
)
"""Fields of the Context that do nothing outside."""

COMPOSED = frozenset({"enqueue", "enqueue_notify", "enqueue_across"})
"""Fields that are made of the broker and the ledger, whose effects are counted one by one."""


class CrashError(BaseException):
    """The process is gone: no handler of ours may catch it, and nothing that it still tries has any effect."""


@dataclass(slots=True)
class Life:
    """Counts side effects from 0. Before the one numbered `at`, or after it, `then` happens: death by default."""

    at: int = -1
    after: bool = False
    then: Callable[[], None] | None = None
    dead: bool = False
    effects: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def effect(self, name: str, deed: Callable[[], Any]) -> Any:
        """Do it, with what is to happen before or after it."""
        is_now = self._count(name)
        if is_now and not self.after:
            self._happen()
        done = deed()
        if is_now and self.after:
            self._happen()
        return done

    def look(self, deed: Callable[[], Any]) -> Any:
        """Do it; the dead see nothing."""
        self._must_live()
        return deed()

    def _count(self, name: str) -> bool:
        with self._lock:
            self._must_live()
            self.effects.append(name)
            return len(self.effects) - 1 == self.at

    def _must_live(self) -> None:
        if self.dead:
            raise CrashError

    def _happen(self) -> None:
        if self.then is not None:
            self.then()
            return
        self.dead = True
        raise CrashError


class Mortal:
    """A port in the hands of a process: passes everything on to `port` while `life` lasts."""

    def __init__(self, port: Any, life: Life) -> None:
        self._port, self._life = port, life

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if not callable(found):
            return found
        if name in LOOKING:
            return lambda *values, **named: self._life.look(lambda: found(*values, **named))
        label = f"{type(self._port).__name__}.{name}"
        return lambda *values, **named: self._life.effect(_place(label, values), lambda: found(*values, **named))


def _place(label: str, values: tuple[Any, ...]) -> str:
    """The effect with the kind of place that it touches: `WatchedStore.put _outbox`."""
    key = next((v for v in values[1:2] if isinstance(v, str)), "") if "Store." in label else ""
    return f"{label} {key.split('/')[0]}".strip()


def mortal(context: Context, life: Life) -> Context:
    """The context with all its ports in this life's hands. Raises TypeError for a field that nobody thought of."""
    ports: dict[str, Any] = {}
    for name in (each.name for each in dataclasses.fields(context)):
        value = getattr(context, name)
        if name in INERT | COMPOSED:
            continue
        if inspect.isroutine(value):
            ports[name] = _counted(name, value, life)
        elif isinstance(value, str | int | float | tuple | None):
            raise TypeError(f"Context.{name}: say in tests/tasks/life.py whether it does anything outside")
        else:
            ports[name] = Mortal(value, life)
    return dataclasses.replace(context, **ports)


def _counted(name: str, deed: Callable[..., Any], life: Life) -> Callable[..., Any]:
    return lambda *values, **named: life.effect(name, lambda: deed(*values, **named))
