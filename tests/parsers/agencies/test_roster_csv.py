"""The roster as offices write it: read in either encoding, refused with everything that is wrong in it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import bytes_to_roster
from parsers.model.roster import Body, RosterError

CSV = """名称,别名,级别,上级,类别,地区,目录,编号,发布日期
铜陵市铜官区住房和城乡建设局,铜官区住建局；区住建局,县级,铜官区人民政府,部门,铜官区,2023/住建局/,A1,2024-01-20
铜官区人民政府,,县,,人民政府,铜官区,,,2023/3/1；2024年3月2日
"""


def wrong(text: str) -> tuple[str, ...]:
    with pytest.raises(RosterError) as refusal:
        bytes_to_roster(text.encode())
    return refusal.value.sentences


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_roster_says_the_same_in_every_encoding(encoding: str) -> None:
    roster = bytes_to_roster(CSV.encode(encoding))
    assert roster == bytes_to_roster(CSV.encode())
    assert roster.bodies == (
        Body(
            name="铜陵市铜官区住房和城乡建设局",
            aliases=("铜官区住建局", "区住建局"),
            kind="department",
            level="county",
            parent="铜官区人民政府",
            region="铜官区",
            prefix="2023/住建局/",
            id="A1",
            published=("2024-01-20",),
        ),
        Body(
            name="铜官区人民政府",
            kind="government",
            level="county",
            region="铜官区",
            published=("2023-03-01", "2024-03-02"),
        ),
    )


def test_a_head_in_english_and_ids_as_words_are_understood() -> None:
    (body,) = bytes_to_roster(b"NAME,Kind,level,key prefix\nX,Township,city,a/\n").bodies
    assert body == Body(name="X", kind="township", level="city", prefix="a/")


def test_a_quoted_cell_may_hold_commas_and_lines() -> None:
    (body,) = bytes_to_roster('名称,别名\n甲局,"乙局\n丙,局"\n'.encode()).bodies
    assert body.aliases == ("乙局", "丙,局")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ("没有内容",)),
        ("名字,类别\n甲,部门\n", ("第1行：不认识栏目“名字”", "第1行：缺少“名称”一栏")),
        ("名称,全称\n", ("第1行：栏目“名称”出现了两次",)),
        ("名称\n甲,部门\n", ("第2行：比表头多出 1 格",)),
        ("名称\n甲\n\n甲\n", ("第4行：名称“甲”与第2行相同",)),
        ("名称,编号\n甲,1\n乙,1\n", ("第3行：编号“1”与第2行相同",)),
        ("名称,目录\n甲,a/\n乙,a/\n", ("第3行：目录“a/”与第2行相同",)),
        ("名称,别名\n甲,乙\n乙,\n", ("第2行：别名“乙”是第3行的名称",)),
        ("名称,上级\n甲,丁\n", ("第2行：上级“丁”不在名册里",)),
        ("名称,发布日期\n甲,2024-02-30\n", ("第2行：发布日期“2024-02-30”不是日期",)),
        ("名称,发布日期\n甲,去年\n", ("第2行：发布日期“去年”不是日期",)),
        ('名称\n"甲\n', ("第2行：不合 CSV 的写法",)),
        ("名称,类别,级别\n,处,\n甲,部门,股级\n", ("第2行：没有名称", "第2行：类别“处”", "第3行：级别“股级”")),
    ],
)
def test_everything_that_is_wrong_is_said_with_its_line(text: str, sentences: tuple[str, ...]) -> None:
    told = wrong(text)
    assert len(told) == len(sentences)
    assert all(one.startswith(expected) for one, expected in zip(told, sentences, strict=True)), told


def test_a_long_list_of_mistakes_is_cut_and_counted() -> None:
    told = wrong("名称,类别\n" + "甲,处\n" * 30)
    assert (len(told), told[-1]) == (21, "另有 39 处")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(RosterError, match="不是 UTF-8 或 GB18030 的文字"):
        bytes_to_roster(b"PK\x03\x04\x00\x00\xff\xff")


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_are_a_roster_or_are_refused(data: bytes) -> None:
    for head in (b"", "名称,别名\n".encode()):
        with suppress(RosterError):
            bytes_to_roster(head + data)
