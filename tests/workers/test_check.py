"""`gouji check` on files of this machine: one result a file, and one a member of a ZIP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.model.errors import DocumentError
from tasks.errors import ConfigurationError
from tasks.sandbox import Sandbox
from tests.make.archive import to_zip
from workers.check import assess_all, run
from workers.corpus.figures import written
from workers.corpus.ofd import to_ofd
from workers.corpus.sheet import to_sheet
from workers.corpus.workbook import on_one_sheet, to_xlsx
from workers.notice_folder import name_to_folder

SHEET = to_sheet("2021", written("2021"))
FILES = {"版式.ofd": to_ofd(SHEET)[0], "表/工作簿.xlsx": to_xlsx(on_one_sheet(SHEET)), "内.zip": to_zip({"a": b"a"})}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox()
    yield box
    box.close()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "全部.zip"
    path.write_bytes(to_zip(FILES, "gbk"))
    return path


def test_each_member_has_a_result_under_its_own_name(sandbox: Sandbox, archive: Path) -> None:
    results = dict(assess_all(sandbox, archive))
    assert list(results) == [f"{archive}!/{name}" for name in FILES]
    last = results[f"{archive}!/内.zip"]
    assert isinstance(last, DocumentError)
    assert last.code == "ZIP_NESTED"
    assert [type(result).__name__ for result in results.values()][:2] == ["Outcome", "Outcome"]


def test_json_prints_one_object_a_member(archive: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run([archive], "json") == 2
    printed = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [line["file"] for line in printed] == [f"{archive}!/{name}" for name in FILES]
    assert [line["report"]["source"]["kind"] for line in printed[:2]] == ["ofd", "xlsx"]
    assert printed[2]["quarantine"]["code"] == "ZIP_NESTED"


def test_a_file_that_is_not_there_is_told_under_its_name(sandbox: Sandbox, tmp_path: Path) -> None:
    ((name, result),) = assess_all(sandbox, tmp_path / "没有.zip")
    assert name.endswith("没有.zip")
    assert isinstance(result, DocumentError)
    assert result.code == "FILE_UNREADABLE"


def test_the_notice_of_each_report_is_written_into_a_folder_of_its_own(archive: Path, tmp_path: Path) -> None:
    assert run([archive, archive], "json", notices=tmp_path / "反馈") == 2
    assert sorted(path.name for path in (tmp_path / "反馈").iterdir()) == [
        *("工作簿.xlsx", "工作簿.xlsx-2", "版式.ofd", "版式.ofd-2"),
    ]
    names = sorted(path.name for path in (tmp_path / "反馈" / "版式.ofd").iterdir())
    assert names == ["findings.json", "notice.docx", "notice.html", "notice.json", "report.json"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("2023/住建局.pdf", "住建局.pdf"),
        ("a.zip!/../../etc/passwd", "passwd"),
        ("a.zip!/..", "report"),
        ("甲:乙*?.pdf", "甲_乙_.pdf"),
        ("a.zip!/内\\x\x00y.txt", "x_y.txt"),
        ("长" * 500 + ".pdf", "长" * 56 + ".pdf"),
    ],
)
def test_a_folder_is_named_after_its_file_and_stays_where_it_belongs(file: str, name: str) -> None:
    assert name_to_folder(file) == name


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("澄湖县水务局2023年政府信息公开工作年度报告\n一、总体情况\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="不能写入目录"):
        run([report], "json", notices=report)
