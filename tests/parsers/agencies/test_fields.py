"""What departments work on: a name may have several fields, and a field of one's own or near to it is never foreign."""

from __future__ import annotations

import pytest

from parsers.agencies.fields import ANY, Field, fields, foreign_work, names_to_fields


def test_every_field_is_told_by_a_name_and_is_near_to_known_ones() -> None:
    ids = [field.id for field in fields()]
    assert len(set(ids)) == len(ids)
    assert [field.id for field in fields() if not field.names or not {*field.near} <= {*ids, ANY}] == []


@pytest.mark.parametrize("field", fields(), ids=lambda field: field.id)
def test_no_word_of_a_field_is_foreign_to_it(field: Field) -> None:
    pattern = foreign_work((field,))
    words = (*field.words, *field.common)
    assert pattern is None or [word for word in words if pattern.search(f"提高公众对{word}工作的知晓度")] == []


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("铜官区住房和城乡建设局", ["housing"]),
        ("某某县教育科技和体育局", ["education", "sport", "industry", "science"]),
        ("株洲市自然资源和规划局", ["natural_resources"]),
        ("某某县社会事业局", []),
    ],
)
def test_a_name_tells_its_fields(name: str, ids: list[str]) -> None:
    assert [field.id for field in names_to_fields((name,))] == ids


def test_a_department_of_no_known_field_is_never_suspected() -> None:
    assert foreign_work(names_to_fields(("某某县社会事业局",))) is None
