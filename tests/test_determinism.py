"""The same bytes give the same bytes: in another process, with other hash seeds, languages, time zones and folders."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workers.corpus.figures import seeded
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

ASK = """
import hashlib, json, sys
import parsers
data = open(sys.argv[1], "rb").read()
outcome = parsers.assess(data)
order = parsers.outcome_to_order(outcome)
files = parsers.outcome_to_files(outcome, parsers.render(data, order) if order else None)
print(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}))
"""

SETTINGS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "LANG": "zh_CN.GBK"},
)

# a text with every kind of finding: typo, blank, no number, wrong sum, lost section
WRONG = Changes(
    labels={"本年废止件数": "本年度止件数"},
    cells={
        ("requests", "granted", "natural_person"): "",
        ("proactive", "administrative_fee", "amount_wan_yuan"): "无",
        ("review_litigation", "review", "total"): "9999",
    },
    drop_sections=("problems",),
    drop_rows=("requests.not_processed_duplicate",),
)


def hashes_elsewhere(path: Path, settings: dict[str, str], folder: Path) -> dict[str, str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1]), **settings}
    command = [sys.executable, "-W", "error", "-c", ASK, str(path)]
    answer = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=True, timeout=120)
    found: dict[str, str] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("kind", ["text", "pdf"])
def test_two_processes_write_the_same_bytes(kind: str, tmp_path: Path) -> None:
    sheet = to_sheet("2021", seeded("2021", 11), WRONG)
    path = tmp_path / "report"
    path.write_bytes(to_pdf(sheet) if kind == "pdf" else layout("tabbed")(sheet).encode())
    folders = (tmp_path, Path("/"))
    answers = [hashes_elsewhere(path, settings, at) for settings, at in zip(SETTINGS, folders, strict=True)]
    assert answers[0] == answers[1]
    drawn = ["annotated.pdf"] if kind == "pdf" else []
    written = ["findings.json", "notice.docx", "notice.html", "notice.json", "report.json"]
    assert sorted(answers[0]) == [*drawn, *written]


def test_a_generated_pdf_is_the_same_bytes_every_time() -> None:
    sheet = to_sheet("2021", seeded("2021", 3))
    assert hashlib.sha256(to_pdf(sheet)).hexdigest() == hashlib.sha256(to_pdf(sheet)).hexdigest()
