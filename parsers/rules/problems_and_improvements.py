"""Section five tells problems and improvements, both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Attribution, Passed, Severity
from parsers.rules.passages import is_silence_sure, said, section_place, silence_root
from parsers.rules.rule import OUTDATED, Code, Result, Rule, Subject, at, make_finding
from parsers.text.cues import (
    ZERO_PROBLEMS,
    hints_problem,
    tells_measure,
    tells_only_problems,
    tells_problem,
    to_statements,
)

NONE = Code(
    code="SEC5_NONE",
    severity=Severity.ERROR,
    wording="“存在的主要问题及改进情况”部分无实质内容，请如实补充。",
)
NO_IMPROVEMENT = Code(
    code="SEC5_NO_IMPROVEMENT",
    severity=Severity.ERROR,
    wording="“存在的主要问题及改进情况”部分仅列问题，缺少改进情况，请补充。",
)
NO_PROBLEM = Code(
    code="SEC5_NO_PROBLEM",
    severity=Severity.ERROR,
    wording="“存在的主要问题及改进情况”部分仅列措施，缺少主要问题，请补充。",
)
BASIS = "条例第五十条第一款第（四）项"

LEAST = 20
"""So many characters say something (domain.md 6.2, rule 17)."""

MOST_ZERO = 40
"""Not more characters than a sentence that there are no problems."""

BESIDE = ("review_litigation", "other")
"""Sections into which text of section five strays when its heading stands at the wrong place."""

_MARKS = re.compile(r"[^\w]")


def check(subject: Subject) -> Iterator[Result]:
    """problems_and_improvements: 条例第五十条第一款第（四）项，政府信息公开工作存在的主要问题及改进情况。"""
    if not subject.is_judged or not is_silence_sure(subject, "problems") or not said(subject, "overview"):
        return
    section = subject.report.sections["problems"]
    code = _missing(section.text, "".join(said(subject, name) for name in BESIDE))
    if code is None:
        yield Passed(rule="problems_and_improvements", code=NONE.code, scope="problems")
        return
    root = silence_root(subject)
    yield make_finding(
        "problems_and_improvements",
        code,
        subject,
        "section.problems",
        places=at(section_place(subject, "problems"), section.heading or "", section.text or None),
        message=code.wording,
        basis=BASIS,
        attribution=Attribution.FILED if root in (None, OUTDATED) else Attribution.EXTRACTION,
        root_cause=None if root == OUTDATED else root,  # both forms ask for it
    )


def _missing(text: str, beside: str) -> Code | None:
    """What this text does not tell; null when it tells both, or when what it lacks may be told in words we do not know.

    An error is put to the agency only where no reading is left: no sentence that is not a problem's, no word that hints
    at a problem, and nothing of the kind beside.
    """
    prose = to_statements(text)
    hint, measure = hints_problem(prose), tells_measure(prose)
    if not hint and not measure:
        length = len(_MARKS.sub("", prose))
        is_zero = length <= MOST_ZERO and ZERO_PROBLEMS.search(prose) is not None
        is_empty = (length < LEAST or is_zero) and not tells_problem(beside) and not tells_measure(beside)
        return NONE if is_empty else None
    if not measure:
        return NO_IMPROVEMENT if tells_only_problems(text) and not tells_measure(beside) else None
    return None if hint or tells_problem(beside) else NO_PROBLEM


RULE = Rule(
    id="problems_and_improvements",
    title="第五部分是否既有问题又有改进",
    codes=(NONE, NO_IMPROVEMENT, NO_PROBLEM),
    law="条例第五十条第一款第（四）项：政府信息公开工作存在的主要问题及改进情况。",
    formula=(
        "称无问题，或少于20字而既无问题又无改进，即无实质内容；每一句都落在问题上、没有改进用语的为缺改进情况，"
        "没有任何问题用语的为缺主要问题；原文残缺、部分为图片的不判"
    ),
    example="列出三项“有待增强”“有待提高”的问题，没有一项改进措施",
    passing="存在的主要问题：信息更新不够及时。改进情况：下一步将按月发布，并安排专人负责",
    check=check,
)
