"""The RUNBOOK says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tasks import layout
from workers import exit_codes

ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "deploy/RUNBOOK.md").read_text(encoding="utf-8")


def test_its_table_of_exit_codes_is_the_programs_own() -> None:
    in_program = re.findall(r"^(7\d) (.+)$", exit_codes.__doc__ or "", re.MULTILINE)
    in_runbook = re.findall(r"^\| (7\d) \| ([^|]+) \|", RUNBOOK, re.MULTILINE)

    assert in_runbook == in_program


def test_every_exit_code_has_a_name_and_a_row() -> None:
    named = sorted(value for name, value in vars(exit_codes).items() if name.startswith("EXIT_"))

    assert [int(code) for code in re.findall(r"^\| (7\d) ", RUNBOOK, re.MULTILINE)] == named


@pytest.mark.parametrize(
    "prefix", [value for name, value in vars(layout).items() if name.isupper() and str(value).endswith("/")]
)
def test_every_prefix_of_the_results_bucket_is_explained(prefix: str) -> None:
    assert f"`{prefix}" in RUNBOOK


def test_files_it_links_to_exist() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", RUNBOOK)

    assert [link for link in links if not (ROOT / "deploy" / link).exists()] == []


def test_settings_it_names_exist() -> None:
    from workers.config import Settings

    known = {f"GOUJI_{name.upper()}" for name in Settings.model_fields}

    assert [name for name in re.findall(r"GOUJI_[A-Z_]*[A-Z]", RUNBOOK) if name not in known] == []


def test_flower_is_not_shipped_and_the_runbook_says_what_is_wrong_with_it() -> None:
    shipped = [
        name
        for name in ("pyproject.toml", "uv.lock", "deploy/compose.yaml", "deploy/Containerfile")
        if "flower" in (ROOT / name).read_text(encoding="utf-8").casefold()
    ]

    assert (shipped, "Flower is not shipped" in RUNBOOK) == ([], True)


def test_the_audit_is_kept_for_at_least_six_months() -> None:
    assert "at least six months" in RUNBOOK
