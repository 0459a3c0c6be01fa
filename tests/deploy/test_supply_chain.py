"""What we run on is locked by hash, old enough, declared as needed, and listed (S32, S33, S35)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
PACKAGES: list[dict[str, Any]] = [package for package in LOCK["package"] if "registry" in package["source"]]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
UV = shutil.which("uv", path=ROOT / ".tools/bin") or shutil.which("uv") or "uv"
EXPORT = [UV, "export", "--frozen", "--quiet", "--no-dev", "--all-extras", "--format", "cyclonedx1.5",
          "--preview-features", "sbom-export"]  # fmt: skip

ATTACKED = {"pdfminer-six": (20260107,), "lxml": (6, 1), "pillow": (12, 3), "pypdfium2": (5, 15), "olefile": (0, 47)}
"""Libraries that open what strangers send, and the least version (S10, S12, S13)."""


def test_every_locked_file_has_a_hash_and_comes_from_the_one_index() -> None:
    files = [file for package in PACKAGES for file in [*package.get("wheels", []), package.get("sdist")] if file]
    assert len(files) > 500
    assert [file["url"] for file in files if not re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"])] == []
    assert {package["source"]["registry"] for package in PACKAGES} == {"https://pypi.org/simple"}
    assert [package["name"] for package in LOCK["package"] if "registry" not in package["source"]] == ["gouji"]


def test_nothing_younger_than_seven_days_is_locked() -> None:
    assert (PROJECT["tool"]["uv"]["exclude-newer"], LOCK["options"]["exclude-newer-span"]) == ("7 days", "P7D")


def test_the_lock_is_part_of_every_check_and_agrees_with_the_project() -> None:
    assert re.search(r"^check: lock ", MAKEFILE, re.MULTILINE)
    told = subprocess.run([UV, "lock", "--check", "--offline"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr if told.returncode else "") == (0, "")


def test_a_change_of_the_project_without_its_lock_is_noticed(tmp_path: Path) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (tmp_path / "pyproject.toml").write_text(text.replace('"rich>=14"', '"rich>=99"'), "utf-8")
    for name in ("uv.lock", "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    told = subprocess.run(
        [UV, "lock", "--check", "--offline"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert told.returncode != 0


def test_celery_and_its_broker_library_are_declared_by_us_and_not_by_an_extra() -> None:
    names = [re.split(r"[\[<>=;]", line)[0] for line in PROJECT["project"]["dependencies"]]
    assert [name for name in ("celery", "kombu", "redis", "packaging") if name not in names] == []
    assert [line for line in PROJECT["project"]["dependencies"] if "celery[" in line] == []


@pytest.mark.parametrize("name", ATTACKED)
def test_a_library_on_the_path_of_attack_is_as_new_as_its_last_advisory(name: str) -> None:
    (version,) = [package["version"] for package in PACKAGES if package["name"] == name]
    assert tuple(int(part) for part in re.findall(r"\d+", version)) >= ATTACKED[name]


@pytest.fixture(scope="module")
def bills() -> tuple[str, str]:
    """The bill of materials, made twice."""
    exported = [subprocess.run(EXPORT, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    made = [
        subprocess.run(
            [sys.executable, "deploy/sbom.py"], cwd=ROOT, input=bill, capture_output=True, text=True, check=True
        ).stdout
        for bill in exported
    ]
    return made[0], made[1]


def test_the_bill_of_materials_has_the_form_of_cyclonedx(bills: tuple[str, str]) -> None:
    bill = json.loads(bills[0])
    for part in bill["components"][1:]:
        part.pop("externalReferences", None)  # the schema's check of addresses takes a second each; one stands for all
    short = json.dumps(bill)
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(short) is None
    wrong = short.replace('"bomFormat": "CycloneDX"', '"bomFormat": "Other"')
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(wrong) is not None


def test_the_bill_of_materials_is_the_same_each_time(bills: tuple[str, str]) -> None:
    assert bills[0] == bills[1]


def test_the_bill_names_every_library_of_the_lock_with_its_hash_and_the_programs_that_are_here(
    bills: tuple[str, str],
) -> None:
    listed = {part["name"]: part for part in json.loads(bills[0])["components"]}
    needed = [re.split(r"[\[<>=;]", line)[0] for line in PROJECT["project"]["dependencies"]]
    assert [name for name in needed if name not in listed] == []
    assert all(file["hashes"] for file in listed["celery"]["externalReferences"])
    here = [name for name, command in (("libreoffice", "soffice"), ("antiword", "antiword")) if shutil.which(command)]
    assert [name for name in ("python", *here) if name not in listed] == []


def test_the_search_for_advisories_says_when_it_could_not_be_done() -> None:
    (recipe,) = re.findall(r"^audit: .*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert "audit --frozen" in recipe
    assert "没有查成" in recipe
    assert "exit $$code" in recipe
