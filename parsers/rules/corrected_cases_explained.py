"""A case in which the agency was corrected is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Severity
from parsers.model.report import Figure, Status
from parsers.rules.passages import is_silence_sure, said
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding

CODE = Code(
    code="CORRECTED_CASE_UNEXPLAINED",
    severity=Severity.INFO,
    wording="表三显示结果纠正{corrected}件，建议在问题部分分析原因并提出改进措施。",
)

TABLE, COLUMN = "review_litigation", "corrected"

_CASES = re.compile(r"复议|诉讼|应诉|败诉|纠正|纠错|撤销|违法|案件")
_CAUSE = re.compile(r"纠正|纠错|败诉|撤销|确认违法|责令")


def check(subject: Subject) -> Iterator[Result]:
    """corrected_cases_explained: 条例第五十条第一款第（三）、（四）项，复议、诉讼情况和存在的主要问题及改进情况。"""
    if not subject.is_judged or subject.gaps or not is_silence_sure(subject, "problems"):
        return
    cells = [cell for cell, figure in subject.figures() if (cell[0], cell[2]) == (TABLE, COLUMN) and _is_some(figure)]
    corrected = sum(figure.value or 0 for cell in cells for figure in (subject.figure(cell),))
    is_told = _CASES.search(said(subject, "problems")) or any(
        _CAUSE.search(said(subject, name)) for name in ("overview", "review_litigation", "other")
    )
    if not cells or is_told:
        return
    yield make_finding(
        "corrected_cases_explained",
        CODE,
        subject,
        f"{TABLE}.{COLUMN}",
        places=tuple(subject.evidence(cell) for cell in cells),
        message=CODE.wording.format(corrected=corrected),
        basis=subject.form.table(TABLE).clause,
        filed=str(corrected),
    )


def _is_some(figure: Figure) -> bool:
    return figure.status is Status.NUMBER and bool(figure.value)


RULE = Rule(
    id="corrected_cases_explained",
    title="被纠正的案件是否说明",
    codes=(CODE,),
    law="条例第五十条第一款第（三）、（四）项。",
    formula="表三“结果纠正”大于0，而问题部分没有提到复议、诉讼，总体情况和其他事项也没有提到纠正、败诉",
    example="“未经复议直接起诉”结果纠正1件，全文没有提到这一案件",
    passing="结果纠正1件，问题部分写“答复说理不充分，1件被复议机关纠正，已组织学习”",
    check=check,
)
