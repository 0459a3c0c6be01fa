"""How bodies speak of themselves, and which of these words a body cannot mean itself by."""

from __future__ import annotations

import pytest

from parsers.agencies.agency import Names, names_to_agency
from parsers.agencies.roles import agency_to_foreign_units, find_foreign_selves

UNITS = ("局", "镇", "乡", "街道", "办", "委", "厅", "县")


@pytest.mark.parametrize(
    "text", ["我局高度重视", "本镇政府", "我乡党委", "我街道积极", "我办共收到", "我委印发", "我厅", "我县各部门"]
)
def test_the_first_person_is_found(text: str) -> None:
    assert [text[start:end] for start, end in find_foreign_selves(text, UNITS)] == [
        text[:3] if "街" in text else text[:2]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "为我办实事",
        "我办理了",
        "我委托",
        "本办法",
        "本局部",
        "样本乡镇",
        "成本局",
        "基本办结",
        "本乡土",
        "自我局限",
        "各镇",
        "本县级",
    ],
)
def test_other_words_are_not_the_first_person(text: str) -> None:
    assert find_foreign_selves(text, UNITS) == []


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("石桥镇人民政府", ("局", "委", "厅", "办", "街道")),
        ("清溪街道办事处", ("局", "委", "厅")),
        ("澄湖县水务局", ("镇", "乡", "街道")),
        ("白沙区水务局", ("镇", "乡", "街道", "县")),
        ("白沙区某某镇综合行政执法局", ("乡", "街道", "县")),
        ("白沙区人民政府办公室", ("镇", "乡", "街道", "县")),
        ("澄湖县图书馆", ()),
        ("平潭综合实验区管理委员会", ()),
    ],
)
def test_what_a_body_cannot_call_itself_follows_from_kind_and_name(name: str, units: tuple[str, ...]) -> None:
    assert agency_to_foreign_units(names_to_agency(Names(signature=name), "区政府办公室受理申请")) == units
