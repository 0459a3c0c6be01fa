"""Every rule, case by case: what it finds, in the very words that the official reads, and what it leaves alone."""

from __future__ import annotations

import pytest

import parsers
from parsers.rules import RULES
from parsers.rules.rule import Rule, Subject
from tests.make.cases import Case, load, to_judge, to_report, to_row

CASES = load()


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule}: {case['name']}" for rule, case in CASES])
def test_case(rule: str, case: Case) -> None:
    outcome = parsers.check(to_report(case), to_judge(case))
    found = [finding for finding in outcome.findings.findings if finding.rule == rule]
    assert [to_row(finding) for finding in found] == [
        {name: str(value) for name, value in row.items()} for row in case["findings"]
    ]
    scopes = [passed.scope for passed in outcome.findings.passed if passed.rule == rule]
    assert (len(scopes) if isinstance(case["passed"], int) else scopes) == case["passed"]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_code_of_a_rule_is_shown_by_a_case(rule: Rule) -> None:
    codes = {code.code for code in rule.codes}
    shown = {row["code"] for name, case in CASES if name == rule.id for row in case["findings"]}
    assert shown == codes


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_report_from_before_the_form_concerns_no_rule(rule: Rule) -> None:
    text = "澄湖县水务局2016年政府信息公开工作年度报告\n一、概述\n全年公开信息20条。\n二、主动公开政府信息情况\n"
    report = parsers.classify(parsers.read(text.encode()))
    results = list(rule.check(Subject(report)))
    assert (report.edition, results) == ("pre_2019", [])
