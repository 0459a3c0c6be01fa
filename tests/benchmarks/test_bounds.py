"""Bounds on a run's measures."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from benchmarks.__main__ import main
from benchmarks.bounds import Bound, file_to_bounds, measures_to_sentences
from benchmarks.rounds import Result
from benchmarks.ways import COMPARISONS, WAYS

FASTER = {"speed": Bound(words="快的倍数", min=10)}
SLIMMER = {"memory": Bound(words="内存（MB）", max=120)}


@pytest.mark.parametrize(
    ("measures", "bounds", "sentences"),
    [
        ({"speed": 10.0}, FASTER, []),
        ({"speed": 9.5}, FASTER, ["快的倍数是 9.5，应不小于 10。"]),
        ({"memory": 120.0}, SLIMMER, []),
        ({"memory": 130.04}, SLIMMER, ["内存（MB）是 130，应不大于 120。"]),
        ({}, FASTER, ["快的倍数：没有量到。"]),
        (
            {"speed": 1.0, "memory": 500.0},
            FASTER | SLIMMER,
            ["快的倍数是 1，应不小于 10。", "内存（MB）是 500，应不大于 120。"],
        ),
    ],
)
def test_every_broken_bound_is_one_sentence(
    measures: dict[str, float], bounds: dict[str, Bound], sentences: list[str]
) -> None:
    assert measures_to_sentences(measures, bounds) == sentences


def test_every_committed_bound_is_on_something_that_a_run_measures() -> None:
    ours = [f"{way.name}_{what}" for way in WAYS if way.is_ours for what in OWN]
    known = {comparison.name for comparison in COMPARISONS} | set(ours) | {"isolation_ms", "producers"}
    assert [name for name in file_to_bounds() if name not in known] == []


OWN = ("cells_right", "second_reader_share", "memory_mb")


def test_the_check_fails_with_the_sentences_of_the_last_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = {name: float(bound.min or bound.max or 0) for name, bound in file_to_bounds().items()}
    file = tmp_path / "bench.json"
    file.write_bytes(msgspec.json.encode(Result(32, 5, kept | {"pdf_vs_floor": 2.5}, {})))
    assert main(["--check", "--json", str(file)]) == 1
    assert capsys.readouterr().err == "第一读取器与 PDFium 只解码的时间之比是 2.5，应不大于 1.8。\n"
    file.write_bytes(msgspec.json.encode(Result(32, 5, kept, {})))
    assert main(["--check", "--json", str(file)]) == 0


def test_a_check_before_any_run_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--json", str(tmp_path / "none.json")]) == 1
    assert capsys.readouterr().err.endswith("请先运行 make bench。\n")
