"""What counts as a side effect: everything that is not known to be mere looking, also what is added later."""

from __future__ import annotations

import dataclasses
import inspect
from dataclasses import dataclass
from typing import Any

import pytest

from tasks.context import Context
from tasks.ports.ledger import Ledger
from tasks.ports.poster import Poster
from tasks.ports.store import Store
from tests.tasks.life import COMPOSED, INERT, LOOKING, CrashError, Life, Mortal, mortal
from tests.tasks.worlds import RESULTS, make_world

EFFECTS: dict[Any, set[str]] = {
    Store: {"put", "put_new", "delete"},
    Ledger: {"record", "lease", "renew", "release", "beat", "count", "meet", "forget"},
    Poster: {"post"},
}


@pytest.mark.parametrize("port", EFFECTS)
def test_each_method_of_a_port_that_does_something_is_counted(port: Any) -> None:
    methods = {name for name, _ in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")}
    assert methods - LOOKING == EFFECTS[port]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wider(Context):
    """A release that does one more thing outside."""

    mailer: Any


def widened(mailer: object) -> Wider:
    known = {each.name: getattr(make_world().context, each.name) for each in dataclasses.fields(Context)}
    return Wider(**known, mailer=mailer)


class Mailer:
    def send(self, letter: str) -> str:
        return letter


def test_a_port_that_is_added_to_the_context_is_counted_by_itself() -> None:
    life = Life()
    context = mortal(widened(Mailer()), life)
    assert (context.mailer.send("x"), life.effects) == ("x", ["Mailer.send"])  # type: ignore[attr-defined] # a Wider


def test_a_value_that_is_added_to_the_context_must_be_thought_of() -> None:
    with pytest.raises(TypeError, match="mailer"):
        mortal(widened("smtp://"), Life())


def test_a_callable_that_is_added_to_the_context_is_counted_by_itself() -> None:
    life = Life()
    context = mortal(widened(len), life)
    assert (context.mailer("four"), life.effects) == (4, ["mailer"])  # type: ignore[attr-defined] # a Wider


def test_every_field_of_the_context_is_a_port_or_known_to_do_nothing() -> None:
    fields = {each.name for each in dataclasses.fields(Context)}
    assert fields - INERT - COMPOSED == {"store", "ledger", "poster"}


@pytest.mark.parametrize(("after", "written"), [(False, 0), (True, 1)])
def test_the_process_dies_before_or_after_the_effect_and_does_nothing_more(*, after: bool, written: int) -> None:
    world, life = make_world(), Life(at=0, after=after)
    store: Any = Mortal(world.store, life)
    for _ in range(2):
        with pytest.raises(CrashError):
            store.put(RESULTS, "a", b"1", "text/plain")
    with pytest.raises(CrashError):
        store.get(RESULTS, "a")
    assert len(world.results()) == written


def test_something_else_may_happen_instead_of_death() -> None:
    world, happened = make_world(), []
    store: Any = Mortal(world.store, Life(at=0, then=lambda: happened.append(len(world.results()))))
    store.put(RESULTS, "a", b"1", "text/plain")
    assert (happened, len(world.results())) == ([0], 1)
