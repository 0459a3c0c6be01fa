"""The release before reads what this one writes, and this one what that one wrote: the forms of JSON only grow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parsers.model.files import json_to_value, value_to_json
from tasks import layout
from tasks.finished import terminal
from tasks.pipeline import process
from tasks.records import Attempt, Done
from tests.tasks.worlds import RESULTS, make_world
from workers.reference import schemas

BEFORE = Path(__file__).parent / "releases" / "before"
NOW = json.loads(json.dumps(schemas()))
OLD = {path.name.replace(".schema", ""): json.loads(path.read_text("utf-8")) for path in sorted(BEFORE.glob("*.json"))}


def breaks(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Why one of the two releases could not read the other's file."""
    for name, was in old.get("$defs", {}).items():
        now = new.get("$defs", {}).get(name)
        if now is None:
            yield f"{name} is gone"
            continue
        yield from (f"{name}.{field} is gone or of another type" for field in _changed(was, now))
        missing = set(now.get("required", ())) - set(was.get("required", ()))
        yield from (f"{name}.{field} is required, and the release before did not write it" for field in sorted(missing))
        if was.get("enum") != now.get("enum"):
            yield f"{name} has other words"


def _changed(was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    properties = now.get("properties", {})
    for field, form in was.get("properties", {}).items():
        if _meaning(properties.get(field)) != _meaning(form):
            yield field


def _meaning(form: Any) -> Any:
    """The form without what only explains it, and without the value that stands for an absent field."""
    if not isinstance(form, dict):
        return form
    return {key: value for key, value in form.items() if key not in {"default", "description", "title"}}


@pytest.mark.parametrize("name", OLD)
def test_a_file_of_either_release_is_readable_by_the_other(name: str) -> None:
    assert list(breaks(OLD[name], NOW[name])) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"properties": {"a": {"type": "string"}}, "required": ["a"]}, "X.b is gone or of another type"),
        ({"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}, "X.b is gone or of another type"),
        (
            {"properties": {n: {"type": "integer" if n == "b" else "string"} for n in "abc"}, "required": ["a", "c"]},
            "X.c is required, and the release before did not write it",
        ),
    ],
)
def test_what_the_other_could_not_read_is_told(change: dict[str, Any], told: str) -> None:
    old = {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "required": ["a"]}
    assert list(breaks({"$defs": {"X": old}}, {"$defs": {"X": change}})) == [told]


def test_a_field_more_breaks_nothing() -> None:
    old = {"properties": {"a": {"type": "string"}}, "required": ["a"]}
    new = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a"]}
    assert list(breaks({"$defs": {"X": old}}, {"$defs": {"X": new}})) == []


def test_a_reader_passes_over_what_a_newer_release_added_also_inside() -> None:
    world = make_world()
    ref = world.upload()
    attempt = Attempt(job=ref.job, number=1, reader_digest="d", worker="w", started=world.clock())
    newer = json.loads(value_to_json(attempt)) | {"colour": "red"}
    assert json_to_value(json.dumps(newer).encode(), Attempt) == attempt


def test_a_marker_of_a_newer_release_is_a_marker() -> None:
    world = make_world()
    ref = world.upload()
    process(world.context, ref)
    done = json.loads(world.results()[layout.done(ref.job)])
    done["colour"], done["ref"]["shade"] = "red", 3
    world.store.put(RESULTS, layout.done(ref.job), json.dumps(done).encode(), "application/json")
    assert isinstance(terminal(world.context, ref.job), Done)
