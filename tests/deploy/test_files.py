"""Every file for operators is well formed and passes the linter of its kind."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path
from string import Template

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sysconfig.get_path("scripts"))
SCRIPTS = (".ci/run", "tests/real/rgw")
JSON_FILES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "deploy").rglob("*.json"))


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_compose_file_follows_the_compose_specification() -> None:
    told = run(PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "deploy/compose.yaml")

    assert (told.returncode, told.stderr) == (0, "")


def test_the_compose_schema_would_notice_a_wrong_word(tmp_path: Path) -> None:
    text = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(text.replace("    mem_limit: 4g", "    memory_limit: 4g"), encoding="utf-8")

    told = run(PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", wrong)

    assert told.returncode == 1


def test_the_containerfile_passes_hadolint() -> None:
    told = run(PROGRAMS / "hadolint", "deploy/Containerfile")

    assert (told.returncode, told.stdout) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_shell_scripts_pass_shellcheck(script: str) -> None:
    told = run(PROGRAMS / "shellcheck", "--enable=quote-safe-variables", script)

    assert (told.returncode, told.stdout) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_shell_scripts_can_be_run(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111 == 0o111


@pytest.mark.parametrize("name", JSON_FILES)
def test_json_files_are_json_once_their_names_are_filled_in(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    words = ("inbox", "results", "queue", "queue_arn", "region", "account")

    assert isinstance(json.loads(Template(text).substitute(dict.fromkeys(words, "x"))), dict)
