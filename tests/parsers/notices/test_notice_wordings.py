"""What a notice may say (domain.md 6.3): it asserts no intent, and demands only where the law is plain."""

from __future__ import annotations

import pytest

from parsers.model.finding import Severity
from parsers.rules import RULES
from parsers.rules.rule import Code

CODES = [code for rule in RULES for code in rule.codes]
INTENT = ("抄袭", "造假", "作假", "故意", "隐瞒", "瞒报", "虚报", "照搬")


@pytest.mark.parametrize("code", CODES, ids=[code.code for code in CODES])
def test_no_sentence_says_what_somebody_meant(code: Code) -> None:
    assert [word for word in INTENT if word in code.wording] == []


@pytest.mark.parametrize("code", CODES, ids=[code.code for code in CODES])
def test_only_an_error_is_to_be_corrected(code: Code) -> None:
    assert "请更正" not in code.wording or code.severity is Severity.ERROR
