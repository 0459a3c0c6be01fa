"""What an area decides otherwise is told otherwise, and the result names the pack that decided it."""

from __future__ import annotations

from typing import Any

import pytest

import parsers
from parsers.model.finding import Severity
from tests.make.cases import Case, to_judge, to_text

SPOILT: Case = {"name": "a wrong total and a blank", "cells": {"requests.granted.total": "15"}}


def told(codes: dict[str, Any]) -> dict[str, tuple[str, str]]:
    case = SPOILT | {"pack": {"codes": codes}}
    found = parsers.assess(to_text(case).encode(), to_judge(case)).findings.findings
    return {finding.code: (finding.severity.value, finding.message) for finding in found}


def test_a_code_that_is_switched_off_is_not_told_and_not_passed() -> None:
    case = SPOILT | {"pack": {"codes": {"A02": {"enabled": False}}}}
    findings = parsers.assess(to_text(case).encode(), to_judge(case)).findings
    assert "A02" not in {*(finding.code for finding in findings.findings), *(passed.code for passed in findings.passed)}


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_an_error_that_is_a_warning_here_asks_for_no_correction(severity: str) -> None:
    told_as, message = told({"A03": {"severity": severity}})["A03"]
    assert (told_as, "请更正" in message, "请核实" in message) == (severity, False, True)


def test_a_report_with_errors_made_warnings_has_no_error() -> None:
    codes = {code: {"severity": "warning"} for code in ("A02", "A03", "N_RESULT")}
    case = SPOILT | {"pack": {"codes": codes}}
    outcome = parsers.assess(to_text(case).encode(), to_judge(case))
    assert (outcome.has_error, outcome.counts[Severity.ERROR.value]) == (False, 0)


def test_the_findings_name_the_pack() -> None:
    case = SPOILT | {"pack": {"codes": {"A03": {"enabled": False}}}}
    judge = to_judge(case)
    findings = parsers.assess(to_text(case).encode(), judge).findings
    assert findings.pack is not None
    assert (findings.pack.id, findings.pack.digest, findings.judge_digest) == ("case", judge.pack.digest, judge.digest)


def test_without_a_pack_none_is_named() -> None:
    assert parsers.assess(to_text(SPOILT).encode()).findings.pack is None
