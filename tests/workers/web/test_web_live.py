"""The live stream: every page hears every change once, also after a break."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from tasks.errors import TransientError
from tasks.ports.ledger import Change, State
from workers.web import live as live_module
from workers.web.live import Live, _moved

if TYPE_CHECKING:
    from tests.workers.web.conftest import Office


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question to the memory ledger needs no second."""
    monkeypatch.setattr(live_module, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(live_module, "PAUSE_SECONDS", 0.0)


async def following(office: Office) -> Live:
    """A stream that has begun to follow."""
    live = Live(office.site)
    live.start()
    await asyncio.sleep(0.1)
    return live


async def events(stream: AsyncIterator[str], count: int) -> list[tuple[str, list[list[str]], str]]:
    """The next events: name, data, id. Comments and the retry line are passed over."""
    found: list[tuple[str, list[list[str]], str]] = []
    while len(found) < count:
        text = await asyncio.wait_for(anext(stream), 5)
        fields = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line and not line.startswith(":"))
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"]), fields.get("id", "")))
    return found


def test_a_page_hears_of_a_change(office: Office) -> None:
    async def hear() -> tuple[str, list[list[str]], str]:
        live = await following(office)
        stream = live.stream("")
        await anext(stream)
        entry = office.noted(1, state=State.EXTRACT)
        (found,) = await events(stream, 1)
        await live.stop()
        assert found == ("moved", [[entry.job, "extract"]], "1-0")
        return found

    asyncio.run(hear())


def test_many_changes_of_one_report_come_as_its_newest_state(office: Office) -> None:
    async def hear() -> None:
        live = await following(office)
        stream = live.stream("")
        await anext(stream)
        for state in (State.EXTRACT, State.CLASSIFY, State.DONE):
            entry = office.noted(1, state=state)
        found: list[list[str]] = []
        while [entry.job, "done"] not in found:
            found += (await events(stream, 1))[0][1]
        await live.stop()
        assert found[-1] == [entry.job, "done"]

    asyncio.run(hear())


def test_a_report_that_passes_through_all_states_at_once_is_told_to_be_new() -> None:
    states = (State.QUEUED, State.EXTRACT, State.PUBLISH, State.DONE)
    told = _moved(tuple(Change(id=f"{n}-0", job="a", state=state) for n, state in enumerate(states)))
    assert 'data: [["a","queued"],["a","done"]]' in told


def test_a_page_that_comes_back_gets_what_it_missed(office: Office) -> None:
    async def hear() -> None:
        live = await following(office)
        first, second = office.noted(1), office.noted(2)
        await asyncio.sleep(0.2)
        stream = live.stream("1-0")
        assert await events(stream, 1) == [("moved", [[second.job, "done"]], "2-0")]
        assert first.job != second.job
        await live.stop()

    asyncio.run(hear())


def test_a_page_that_missed_too_much_is_told_to_look_again(office: Office) -> None:
    async def hear() -> None:
        live = await following(office)
        assert await events(live.stream("long-ago"), 1) == [("resync", [], "")]
        await live.stop()

    asyncio.run(hear())


def test_stopping_ends_every_page(office: Office) -> None:
    async def hear() -> None:
        live = await following(office)
        stream = live.stream("")
        await anext(stream)
        waiting = asyncio.create_task(anext(stream, "ended"))
        await asyncio.sleep(0.05)
        await live.stop()
        await waiting
        assert await anext(stream, "ended") == "ended"

    asyncio.run(hear())


def test_a_ledger_that_is_away_for_a_while_is_followed_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = type(office.ledger)
    changes = kind.changes
    failures = iter((True, True))

    def hesitate(ledger: object, after: str, wait_seconds: float) -> object:
        if next(failures, False):
            raise TransientError("away")
        return changes(ledger, after, wait_seconds)  # type: ignore[arg-type] # the patched class's own

    monkeypatch.setattr(kind, "changes", hesitate)

    async def hear() -> None:
        live = Live(office.site)
        live.start()
        stream = live.stream("")
        await anext(stream)
        await asyncio.sleep(0.3)
        entry = office.noted(1)
        assert (await events(stream, 1))[0][1] == [[entry.job, "done"]]
        await live.stop()

    asyncio.run(hear())
