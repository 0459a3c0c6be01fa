"""The index answers as MiniStack's own listing does, whatever is put, removed and asked."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.embedded.s3_index import Objects, index, list_entries

KEYS = st.text(alphabet="ab/报", min_size=1, max_size=6)


@pytest.fixture(scope="module")
def own() -> object:
    """MiniStack's function, from its source: importing the module starts its store."""
    import ast
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("ministack")
    assert spec
    assert spec.submodule_search_locations
    source = (Path(spec.submodule_search_locations[0]) / "services" / "s3.py").read_text("utf-8")
    found = next(node for node in ast.parse(source).body if getattr(node, "name", "") == "_collect_list_entries")
    scope: dict[str, object] = {}
    exec(compile(ast.Module([found], []), "s3.py", "exec"), scope)  # noqa: S102 - the library's own lines
    return scope["_collect_list_entries"]


@given(
    keys=st.lists(KEYS),
    removed=st.lists(KEYS),
    prefix=st.text(alphabet="ab/", max_size=2),
    delimiter=st.sampled_from(["", "/"]),
    most=st.integers(1, 4),
    after=st.one_of(st.just(""), KEYS),
)
def test_a_listing_by_the_index_is_the_listing_of_ministack(  # noqa: PLR0913, PLR0917 - what is drawn
    own: object, keys: list[str], removed: list[str], prefix: str, delimiter: str, most: int, after: str
) -> None:
    plain = dict.fromkeys(keys, 1)
    objects = Objects({})
    for key in keys:
        objects[key] = 1
    for key in removed:
        plain.pop(key, None)
        objects.pop(key, None)
    asked = (prefix, delimiter, most, after)
    assert list_entries(objects, *asked) == own(plain, *asked)  # type: ignore[operator] # a function


def test_a_bucket_that_is_asked_for_is_indexed_with_what_it_holds() -> None:
    bucket = {"objects": {"b": 1, "a": 2}}
    s3 = SimpleNamespace(_ensure_bucket={"x": bucket}.get, _collect_list_entries=None)
    index(s3)
    objects = s3._ensure_bucket("x")["objects"]
    assert s3._collect_list_entries(objects, "", "", 1, "") == (["a"], [], True, "a")
    assert s3._ensure_bucket("none") is None
