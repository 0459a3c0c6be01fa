"""Prose says that every request was answered, table 2 that some were carried forward."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.equations import to_cell
from parsers.model.finding import Passed, Severity
from parsers.model.report import Claim, Status
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding
from parsers.rules.stated import BASIS, claims_of, evidence_of

CODE = Code(
    code="ALL_ANSWERED_CONFLICT",
    severity=Severity.WARNING,
    wording="正文称“{quote}”，表二“四、结转下年度继续办理”总计为{filed}件，请核实表述。",
)
METRIC = "requests.all_answered_on_time"


def check(subject: Subject) -> Iterator[Result]:
    """prose_answered (ALL_ANSWERED_CONFLICT): 称申请均已答复的，结转下年度应为0，或者正文已说明结转件数。"""
    claims = list(claims_of(subject, (METRIC,)))
    if not claims or _is_told(subject, claims[0]):
        return
    cell = to_cell(claims[0].readings[0][0])
    figure = subject.figure(cell)
    if figure.status is not Status.NUMBER or subject.report.traces[cell[0]].glued:
        return
    if figure.value == 0:
        yield Passed(rule="prose_answered", code=CODE.code, scope=METRIC)
        return
    yield make_finding(
        "prose_answered",
        CODE,
        subject,
        f"{METRIC}.{claims[0].section}",
        places=evidence_of(subject, claims[0], (cell,)),
        message=CODE.wording.format(quote=inner(claims[0].quote), filed=figure.value),
        basis=BASIS,
        filed=claims[0].quote,
        expected=str(figure.value),
    )


def _is_told(subject: Subject, claim: Claim) -> bool:
    """Does prose say itself that some were carried forward, or count only those answered?"""
    told = [other for other in subject.report.claims if other.metric == "requests.carried_forward" and other.value]
    return bool(told) or _counts_the_answered(subject, claim)


def _counts_the_answered(subject: Subject, claim: Claim) -> bool:
    """办结264件，均按时答复 says it of the 264."""
    before = [other for other in subject.report.claims if other.section == claim.section and other.unit]
    index = subject.report.claims.index(claim)
    nearest = next((other for other in reversed(subject.report.claims[:index]) if other in before), None)
    return nearest is not None and nearest.metric == "requests.processed" and len(nearest.readings[0]) == 1


RULE = Rule(
    id="prose_answered",
    title="“均已答复”与结转件数",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件（四）：对“发布内容不准确不全面”等问题严肃追究责任。",
    formula="正文称申请均已答复 → 表二“四、结转下年度继续办理”总计 = 0",
    example="正文称“均按时答复”，表二结转下年度2件",
    passing="正文称“均按时答复”，表二结转下年度0件；或称“除2件结转外均已答复”，结转2件",
    check=check,
)
