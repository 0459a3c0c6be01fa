"""`gouji make-corpus`."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import parsers
from parsers.model.outcome import Outcome
from tasks.errors import ConfigurationError
from workers.corpus.formats import FORMATS
from workers.corpus.texts import LAYOUTS
from workers.corpus.write import Made, run, seed_to_reports


def made(count: int, seed: int = 1, faulty: float = 0.0) -> list[Made]:
    return list(seed_to_reports(count, seed, FORMATS, faulty))


def figures(outcome: Outcome) -> dict[str, Decimal]:
    return {
        f"{table}.{row}.{column}": Decimal(figure.value)
        for table, rows in outcome.report.tables.items()
        for row, figures in rows.items()
        for column, figure in figures.items()
        if figure.value is not None
    }


def printed(gold: dict[str, Any]) -> dict[str, Decimal]:
    """As numbers: a workbook does not keep the last zero of 318.60."""
    return {cell: Decimal(value) for cell, value in gold["figures"].items()}


def codes(outcome: Outcome) -> list[str]:
    """Of findings, without what a merged （六） itself amounts to."""
    return [finding.code for finding in outcome.findings.findings if finding.code != "TABLE_ROWS_MISSING"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    assert made(4, faulty=0.5) == made(4, faulty=0.5)
    assert made(2, seed=1) != made(2, seed=2)


@pytest.mark.parametrize("number", range(2 * len(FORMATS)))
def test_the_gold_of_a_clean_report_is_what_is_read_and_nothing_is_found(number: int) -> None:
    report = made(number + 1)[number]
    outcome = parsers.assess(report.content)
    gold = json.loads(report.gold)
    assert figures(outcome) == printed(gold)
    assert (outcome.report.edition, outcome.report.year, outcome.report.title) == (
        gold["edition"],
        gold["year"],
        gold["title"],
    )
    assert codes(outcome) == gold["faults"] == []


SAID = {"N_RECEIVED", "N_CARRIED", "N_PROCESSED", "N_RESULT", "N_REVIEW", "N_LITIGATION"}
"""The prose tells the true figure."""

FOUND_BY: dict[str, set[str]] = {
    "wrong_total": {"A01", "A02", "A03", "A04", "A05", "A06"} | SAID,
    "blank_cell": {"CELL_BLANK"},
    "word_for_zero": {"CELL_NOT_NUMERIC"},
    "misspelt_label": {"LABEL_TYPO"},
    "missing_section": {"SEC_MISSING"},
    "outdated_form": {"FORMAT_OUTDATED"},
}


SPACED = [i for i, (name, _) in enumerate(LAYOUTS) if name in {"spaced", "tables_in_lines", "one_line"}]
"""The layouts in which a blank cell leaves no trace: its row cannot be read."""


def test_every_known_fault_is_found_as_what_it_is_and_the_other_figures_are_read() -> None:
    seen: dict[str, list[Any]] = {}
    for number, report in enumerate(seed_to_reports(40, 7, FORMATS[:1], 1.0)):
        gold = json.loads(report.gold)
        (fault,) = gold["faults"]
        outcome = parsers.assess(report.content)
        if number % len(LAYOUTS) in SPACED and fault["kind"] == "blank_cell":
            assert figures(outcome).items() < printed(gold).items()
            continue
        assert figures(outcome) == printed(gold), fault
        assert codes(outcome), fault
        assert set(codes(outcome)) <= FOUND_BY[fault["kind"]], fault
        seen.setdefault(fault["kind"], []).append(fault)
    assert set(seen) == set(FOUND_BY)


def test_about_the_wanted_share_has_a_fault() -> None:
    reports = list(seed_to_reports(200, 3, FORMATS[:1], 0.1))
    assert 10 <= sum(report.is_faulty for report in reports) <= 30
    assert all(report.is_faulty == bool(json.loads(report.gold)["faults"]) for report in reports)


def test_files_have_their_gold_beside_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "corpus"
    assert run(3, out, 0, ["pdf", "txt"], 0.0) == 0
    names = sorted(path.name for path in out.iterdir())
    assert names[:2] == ["report-000001.gold.json", "report-000001.pdf"]
    assert "report-000002.txt" in names
    assert "写入3份报告" in "".join(capsys.readouterr().out.split())


def test_a_folder_with_files_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="里已有文件"):
        run(1, tmp_path, 0, [], 0.0)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_format_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="--format 只能是 txt、pdf、"):
        run(1, tmp_path / "new", 0, ["doc"], 0.0)
    assert not (tmp_path / "new").exists()
