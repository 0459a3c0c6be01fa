"""A pack is tried before it is used: its tests are run, and what it would change is told without changing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers import Judge, bytes_to_pack
from tasks.errors import ConfigurationError
from tasks.pipeline import process
from tests.make.cases import to_text
from tests.tasks.worlds import World, make_world
from workers.packs import bucket_to_differences, case_to_failure, pack_to_sentences, show

HEAD = 'id = "huaihua"\nversion = "1"\nname = "口径"\n'
MILD = HEAD + '[codes.A03]\nseverity = "warning"\n[codes.A02]\nenabled = false\n'


def case(body: str) -> str | None:
    pack = bytes_to_pack((MILD + "[[cases]]\nname = 'x'\n" + body).encode())
    return case_to_failure(pack, pack.cases[0])


def test_a_case_that_comes_out_as_it_says_does_not_fail() -> None:
    assert case("cells = {'requests.granted.total' = '15'}\nexpect = ['A03']\nabsent = ['A02']") is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("expect = ['A03']", "没有报出 A03"),
        ("cells = {'requests.granted.total' = '15'}\nabsent = ['A03']", "不应报出 A03"),
        ("replace = {'没有这句话' = 'x'}", "干净的报告里没有“没有这句话”"),
    ],
)
def test_a_case_that_comes_out_otherwise_says_how(body: str, why: str) -> None:
    assert case(body) == why


def test_each_decision_of_a_pack_is_a_sentence() -> None:
    pack = bytes_to_pack((MILD + "[deadlines]\ndepartment = '01-26'\n").encode())
    assert pack_to_sentences(pack) == (
        "A03 的级别改为“提醒”",
        "不核查 A02",
        "部门的公开期限：01-26（原为 01-31）",
    )


def test_a_pack_whose_test_fails_is_told_by_the_exit_code(tmp_path: Path) -> None:
    file = tmp_path / "pack.toml"
    file.write_text(HEAD + "[[cases]]\nname = 'x'\nexpect = ['A03']\n", encoding="utf-8")
    assert show(file) == 1


def test_a_pack_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pack.toml"
    file.write_text(HEAD + "[codes.A99]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="A99") as refusal:
        show(file)
    assert refusal.value.exit_code == 70


def filed(world: World, key: str, **changes: object) -> None:
    process(world.context, world.upload(key, to_text({"name": "x", **changes}).encode()))


def test_a_trial_tells_what_would_change_under_a_prefix_and_writes_nothing() -> None:
    world = make_world()
    filed(world, "2023/甲.txt", cells={"requests.granted.total": "15"})
    filed(world, "2023/乙.txt")
    filed(world, "2022/丙.txt", cells={"requests.granted.total": "15"})
    before = world.results()
    judge = Judge(pack=bytes_to_pack(MILD.encode()))
    differences = {d.key: d for d in bucket_to_differences(world.context, judge, "2023/")}
    first = differences["2023/甲.txt"]
    assert sorted(differences) == ["2023/乙.txt", "2023/甲.txt"]
    assert {f.code for f in first.removed} == {"A02"}
    assert [(old.severity.value, new.severity.value) for old, new in first.changed] == [("error", "warning")]
    assert (first.added, differences["2023/乙.txt"].is_nothing, world.results() == before) == ((), True, True)
