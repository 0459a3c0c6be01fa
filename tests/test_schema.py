"""Every file that the core publishes has the form that `gouji schema` prints."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import parsers
from parsers.model.files import json_to_value, value_to_json
from parsers.model.report import Report
from tests.test_determinism import WRONG
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout
from workers.reference import schemas

SCHEMAS = schemas()
ROOT = Path(__file__).parents[1]

REPORTS = {
    "clean": layout("tabbed")(to_sheet("2021", seeded("2021", 1))),
    "wrong": layout("cells_apart")(to_sheet("2021", seeded("2021", 2), WRONG)),
    "2019": layout("piped")(to_sheet("2019", seeded("2019", 3), Changes(year=2019))),
    "merged": layout("tight")(to_sheet("2021", seeded("2021", 4, merged=True), Changes(merged=True))),
    "bare": "澄湖县水务局2023年政府信息公开工作年度报告\n一、总体情况\n",
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_published_file_validates(name: str) -> None:
    files = parsers.outcome_to_files(parsers.assess(REPORTS[name].encode()))
    for file, data in files.items():
        if file.endswith(".json"):
            jsonschema.validate(json.loads(data), SCHEMAS[file], jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", REPORTS)
def test_a_document_validates_too(name: str) -> None:
    document = value_to_json(parsers.read(REPORTS[name].encode()))
    jsonschema.validate(json.loads(document), SCHEMAS["document.json"], jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_schema_and_refuses_what_is_no_such_file(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert not jsonschema.Draft202012Validator(SCHEMAS[name]).is_valid({"invented": 1})


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_docs_is_the_present_one(name: str) -> None:
    path = ROOT / "docs" / "schema" / f"{name.removesuffix('.json')}.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(SCHEMAS[name])), "run make docs"


def test_a_report_read_back_is_the_same_report() -> None:
    report = parsers.assess(REPORTS["wrong"].encode()).report
    data = value_to_json(report)
    assert value_to_json(json_to_value(data, Report)) == data


def test_every_published_json_names_its_schema_and_its_judge() -> None:
    files = parsers.outcome_to_files(parsers.assess(REPORTS["clean"].encode()))
    named = {name: json.loads(data) for name, data in files.items() if name.endswith(".json")}
    assert {name: data["schema"] for name, data in named.items()} == {
        "report.json": "gouji.report/1",
        "findings.json": "gouji.findings/1",
        "notice.json": "gouji.notice/1",
    }
    assert {data["judge_digest"] for data in named.values()} == {parsers.judge_digest()}
