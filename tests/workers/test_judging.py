"""The roster as a file of the operator: read once, refused with all that is wrong in it, and heard by `gouji check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers import BUILT_IN
from tasks.errors import ConfigurationError
from workers.check import run
from workers.config import load_settings
from workers.corpus.figures import written
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import layout
from workers.judging import files_to_judge, settings_to_judge

REPORT = layout("tabbed")(to_sheet("2021", written("2021")))


def saved(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_setting_the_judge_is_the_built_in_one() -> None:
    assert settings_to_judge(load_settings()) == BUILT_IN


def test_a_roster_that_is_wrong_is_refused_with_every_line_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "名册.csv", "名称,类别\n,部门\n某局,处\n")
    monkeypatch.setenv("GOUJI_ROSTER", str(path))
    with pytest.raises(ConfigurationError) as refusal:
        settings_to_judge(load_settings())
    assert refusal.value.exit_code == 70
    told = refusal.value.sentence.removeprefix(f"名册 {path} 不能使用：")
    assert [sentence.split("“")[0] for sentence in told.split("；")] == ["第2行：没有名称", "第3行：类别"]


def test_a_roster_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="不存在") as refusal:
        files_to_judge(tmp_path / "没有.csv")
    assert refusal.value.exit_code == 70


def test_a_process_judges_by_what_it_read_first(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.csv", "名称\n甲局\n")
    first = files_to_judge(path)
    saved(path, "名称\n乙局\n")
    assert files_to_judge(path) == first


def test_check_takes_name_and_kind_from_the_roster(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    report = saved(tmp_path / "报告.txt", REPORT)
    run([report], "json")
    written_name = json.loads(capfdbinary.readouterr().out)["report"]["agency"]["name"]
    roster = saved(tmp_path / "名册.csv", f"名称,别名,类别,编号\n某某局,{written_name},授权组织,A1\n")
    run([report], "json", roster)
    agency = json.loads(capfdbinary.readouterr().out)["report"]["agency"]
    assert (agency["key"], agency["name"], agency["kind"]) == ("A1", "某某局", "authorised_organisation")
