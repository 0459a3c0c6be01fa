"""What a report says is found alike in whatever order its sections and parts were stored."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.files import json_to_value, value_to_json
from parsers.model.report import Report
from parsers.rules import RULES
from parsers.rules.rule import Rule, Subject
from tests.make.cases import load, to_text

CASES = load()


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_stored_report_is_judged_alike(rule: Rule) -> None:
    for text in [to_text(case) for name, case in CASES if name == rule.id]:
        report = parsers.classify(parsers.read(text.encode()))
        stored = json_to_value(value_to_json(report), Report)
        assert list(rule.check(Subject(stored))) == list(rule.check(Subject(report)))
