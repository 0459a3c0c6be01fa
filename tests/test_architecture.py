"""The house keeps its shape: what a rule, a reader and a file must have, and which way imports run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from parsers.editions import EDITIONS
from parsers.model.finding import Severity
from parsers.model.source import Kind
from parsers.readers import READERS
from parsers.rules import RULES
from parsers.rules.rule import Rule
from workers.reference import rules_to_markdown

ROOT = Path(__file__).parents[1]
OURS = ("parsers", "tasks", "workers")
MOST_LINES = 330

NO_RULES = ("__init__", "balance", "coverage", "passages", "prose", "rule", "signed", "stated", "stocks", "terms")
"""Modules beside the rules that are no rule."""

RULE_FILES = sorted(p.stem for p in (ROOT / "parsers" / "rules").glob("*.py") if p.stem not in NO_RULES)
PYTHON = sorted(path.relative_to(ROOT) for package in OURS for path in (ROOT / package).rglob("*.py"))


class TestRules:
    def test_every_rule_file_stands_in_rules_under_its_own_name(self) -> None:
        assert sorted(rule.id for rule in RULES) == RULE_FILES

    def test_every_rule_has_a_case_file_and_every_case_file_a_rule(self) -> None:
        assert sorted(path.stem for path in (ROOT / "tests" / "cases").glob("*.yaml")) == RULE_FILES

    def test_every_rule_has_its_heading_in_the_docs(self) -> None:
        lines = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").split("\n")
        headings = [line for line in lines if line.startswith("## ")]
        assert headings == [f"## {rule.id}　{rule.title}" for rule in RULES]

    def test_the_rules_in_docs_are_the_present_ones(self) -> None:
        assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_to_markdown(), "run make docs"

    def test_what_is_only_a_remark_asks_for_no_correction(self) -> None:
        codes = [code for rule in RULES for code in rule.codes if code.severity is Severity.INFO]
        assert [code.code for code in codes if "请更正" in code.wording] == []

    def test_no_code_belongs_to_two_rules(self) -> None:
        codes = [code.code for rule in RULES for code in rule.codes]
        assert len(codes) == len(set(codes))

    @pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
    def test_every_rule_says_its_law_and_gives_an_example_of_each_side(self, rule: Rule) -> None:
        assert all((rule.title, rule.law, rule.formula, rule.example, rule.passing))
        assert rule.example != rule.passing

    def test_an_error_asks_for_correction_and_a_warning_for_a_check(self) -> None:
        said = [code for rule in RULES for code in rule.codes if not code.wording.startswith("（内部）")]
        codes = [code for code in said if code.severity is not Severity.INFO]
        wanted = {"error": ("更正", "补充", "补齐", "编制", "说明原因"), "warning": ("核实", "核对", "补")}
        assert [c.code for c in codes if not any(word in c.wording for word in wanted[c.severity.value])] == []


class TestReaders:
    @pytest.mark.parametrize("kind", [kind for kind, _ in READERS if kind is not Kind.ZIP])  # its members are documents
    def test_every_reader_has_a_document_in_the_corpus(self, kind: Kind) -> None:
        answers = (ROOT / "tests" / "corpus").glob("*/expected.json")
        assert any(f'"kind": "{kind.value}"' in answer.read_text(encoding="utf-8") for answer in answers)

    def test_the_public_surface_loads_no_reader_library(self) -> None:
        ask = (
            "import sys, parsers\n"
            "from parsers.model.document import Document, Line, Place\n"
            "from parsers.model.source import Kind, Source\n"
            "source = Source(sha256='0' * 64, kind=Kind.PDF, bytes=1, pages=1)\n"
            "texts = ('某局2023年政府信息公开工作年度报告', '一、总体情况')\n"
            "lines = tuple(Line(text=text, place=Place(page=1)) for text in texts)\n"
            "outcome = parsers.check(parsers.classify(Document(source=source, pages=(), blocks=lines)))\n"
            "parsers.outcome_to_files(outcome)\n"
            "print(sorted(set(sys.modules) & {'pdfplumber', 'pypdfium2', 'pdfminer'}))\n"
        )
        answer = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, check=True, text=True)
        assert answer.stdout.strip() == "[]"


class TestHouse:
    def test_import_contracts_hold(self) -> None:
        program = Path(sys.executable).with_name("lint-imports")
        answer = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stdout

    @pytest.mark.parametrize("path", PYTHON, ids=str)
    def test_a_file_holds_one_idea_and_is_no_longer_than_it_needs(self, path: Path) -> None:
        lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
        assert lines <= MOST_LINES

    def test_the_core_knows_editions_by_data_alone(self) -> None:
        """A form is one TOML file: each is loaded, and each file is a form."""
        files = sorted(path.stem for path in (ROOT / "parsers" / "editions").glob("*.toml"))
        assert [edition.id for edition in EDITIONS] == files
