"""Bounds on a run's measures."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from benchmarks.__main__ import main
from benchmarks.bounds import Bound, Slack, file_to_bounds, measures_to_sentences
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
    assert [name for name in file_to_bounds().goal if name not in known] == []


OWN = ("cells_right", "second_reader_share", "memory_mb")


LEAST = {"html_vs_bs4": 0.5, "isolation_ms": 0.4, "docx_vs_python_docx": 0.7}
"""Shares of a goal that hold a change up where the reader is not at it yet, or a loaded machine stretches the clock."""


def test_slack_is_given_to_goals_on_time_alone_and_by_about_a_fifth() -> None:
    bounds = file_to_bounds()
    assert {name.rpartition("_")[2] for name in bounds.goal.keys() - bounds.ci} == {"producers", "right", "share", "mb"}
    shares = {name: _share(bounds.goal[name], slack) for name, slack in bounds.ci.items()}
    assert shares == pytest.approx({name: LEAST.get(name, 0.8) for name in shares}, abs=0.02)


def _share(goal: Bound, slack: Slack) -> float:
    return slack.min / goal.min if slack.min and goal.min else (goal.max or 0) / (slack.max or 1)


def test_a_bound_without_slack_must_hold_anywhere() -> None:
    assert file_to_bounds().least["pdf_cells_right"] == file_to_bounds().goal["pdf_cells_right"]


def checked(folder: Path, **measures: float) -> int:
    """The exit code of a check after a run that kept every goal but these."""
    kept = {name: float(bound.min or bound.max or 0) for name, bound in file_to_bounds().goal.items()}
    file = folder / "bench.json"
    file.write_bytes(msgspec.json.encode(Result(32, 5, kept | measures, {})))
    return main(["--check", "--json", str(file)])


MISSED = "没有达到目标：第一读取器与 PDFium 只解码的时间之比是"


def test_a_run_that_keeps_every_goal_passes_silently(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (checked(tmp_path), capsys.readouterr().err) == (0, "")


def test_a_goal_missed_by_no_more_than_noise_is_told_and_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (checked(tmp_path, pdf_vs_floor=2.0), capsys.readouterr().err) == (0, f"{MISSED} 2，应不大于 1.8。\n")


def test_a_goal_missed_by_more_than_noise_fails_with_both_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, pdf_vs_floor=2.5) == 1
    told, failed = capsys.readouterr().err.splitlines()
    assert told == f"{MISSED} 2.5，应不大于 1.8。"
    assert failed.startswith("不合格")
    assert failed.endswith("是 2.5，应不大于 2.25。")


def test_a_cell_less_fails(tmp_path: Path) -> None:
    assert checked(tmp_path, pdf_cells_right=0.9997) == 1


def test_a_check_before_any_run_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--json", str(tmp_path / "none.json")]) == 1
    assert capsys.readouterr().err.endswith("请先运行 make bench。\n")
