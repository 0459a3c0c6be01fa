"""A document of every kind dies at each of its side effects: what is started anew comes to the same end.

`python -m tests.tasks.crash_points` counts them, and dies after each as well as before.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.tasks import remembered
from tests.tasks.crash_points import (
    machine_to_picture,
    story_to_effects,
    story_to_failures,
    told,
)
from tests.tasks.life import Life
from tests.tasks.machine import Machine
from tests.tasks.stories import IMAGE, SAME_WAY, STORIES, Story, file
from tests.tasks.worlds import TEXT

OWN_WAY = tuple(story for story in STORIES if story.name not in SAME_WAY)


@cache
def effects(name: str) -> tuple[str, ...]:
    with remembered.remembering():
        return story_to_effects(next(story for story in STORIES if story.name == name))


@pytest.mark.parametrize("story", OWN_WAY, ids=lambda story: story.name)
def test_every_crash_point_is_survived(story: Story) -> None:
    _, points, failed = story_to_failures(story, both=False)
    assert (points > 0, failed) == (True, ())


@pytest.mark.parametrize("name", SAME_WAY)
def test_a_report_in_another_format_goes_the_way_of_a_text(name: str) -> None:
    """So its crash points are those of the text; the long run dies at all of them."""
    assert [_without_key(effect) for effect in effects(name)] == [_without_key(effect) for effect in effects("text")]


def test_every_kind_of_side_effect_is_among_the_crash_points() -> None:
    kinds = {_without_key(effect) for story in OWN_WAY for effect in effects(story.name)}
    assert kinds >= {
        *("WatchedStore.put", "WatchedStore.put_new", "WatchedStore.delete", "MemoryPoster.post"),
        *("MemoryLedger.record", "MemoryLedger.lease", "MemoryLedger.release", "MemoryLedger.meet"),
        *("Broker.send_task", "Broker.ack"),
    }


def test_a_second_crash_while_recovering_is_survived() -> None:
    story = next(story for story in STORIES if story.name == "text")
    with remembered.remembering():
        expected = machine_to_picture(told(story, Life()), open_past=False)
        for at in range(len(effects("text"))):
            machine = Machine(read=remembered.read)
            machine.upload("2023/铜官区 住建局.txt", TEXT)
            for life in (Life(at=at), Life(at=at)):
                machine.settle(life)
            machine.settle()
            assert machine_to_picture(machine, open_past=False) == expected, at


def test_a_webhook_that_was_sent_before_the_crash_is_sent_again_under_the_same_id() -> None:
    with remembered.remembering():
        (at,) = (number for number, effect in enumerate(effects("text")) if effect == "MemoryPoster.post")
        machine = Machine(read=remembered.read)
        file(machine, Life(at=at, after=True), "2023/铜官区 住建局.txt", TEXT)
        machine.settle()
    first, again = (posted.id for posted in machine.poster.posted)
    assert first == again


def test_without_a_restart_most_points_are_not_survived() -> None:
    """The proof of the proof: a crash does cut off what comes after it."""
    (story,) = (story for story in STORIES if story.name == "quarantined")

    def told_once(life: Life) -> dict[str, Any]:
        machine = Machine(read=remembered.read)
        machine.upload("a.png", IMAGE)
        machine.settle(life)
        return machine_to_picture(machine, open_past=False)

    with remembered.remembering():
        expected = told_once(Life())
        survived = [told_once(Life(at=at)) == expected for at in range(len(story_to_effects(story)))]
    assert survived.count(True) < len(survived) / 4


def _without_key(effect: str) -> str:
    return effect.split(maxsplit=1)[0]
