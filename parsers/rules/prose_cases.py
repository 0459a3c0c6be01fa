"""Reviews and lawsuits in prose beside table 3, also where prose says that all were upheld or none was corrected."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.equations import to_cell
from parsers.model.finding import Passed, Severity
from parsers.model.report import Claim, Status
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding
from parsers.rules.stated import BASIS, claims_of, compare_all, evidence_of, figures_in_words, severity_of

_WORDING = "正文称“{quote}”，与{figures}（{filed}）不一致，请更正并统一。"
CODES = tuple(Code(code=code, severity=Severity.ERROR, wording=_WORDING) for code in ("N_REVIEW", "N_LITIGATION"))
_REVIEW, _LITIGATION = CODES
BY_METRIC = {"review": _REVIEW, "litigation": _LITIGATION}
METRICS = ("review.", "litigation", "review_and_litigation.")


def check(subject: Subject) -> Iterator[Result]:
    """prose_cases (N_REVIEW, N_LITIGATION): 内容应当准确，正文与表三的复议、诉讼件数应当一致；备案件数不比较。"""
    yield from compare_all(subject, "prose_cases", BY_METRIC, METRICS)
    for claim in claims_of(subject, METRICS):
        if claim.value is True:
            yield from _nothing_else(subject, claim)


def _nothing_else(subject: Subject, claim: Claim) -> Iterator[Result]:
    """均获维持: nothing corrected, nothing of other result, nothing pending."""
    cells = tuple(to_cell(figure) for figure in claim.readings[0])
    figures = [subject.figure(cell) for cell in cells]
    against = tuple(cell for cell, figure in zip(cells, figures, strict=True) if figure.value)
    code = next(code for begins, code in BY_METRIC.items() if claim.metric.startswith(begins))
    if against:
        filed = "、".join(str(subject.figure(cell).value) for cell in against)
        yield make_finding(
            "prose_cases",
            code,
            subject,
            f"{claim.metric}.{claim.section}",
            places=evidence_of(subject, claim, against),
            message=code.wording.format(
                quote=inner(claim.quote), figures=figures_in_words(subject, against), filed=filed
            ),
            basis=BASIS,
            severity=severity_of(subject, code, claim),
            filed=claim.quote,
            expected="0",
        )
    elif all(figure.status is Status.NUMBER for figure in figures):
        yield Passed(rule="prose_cases", code=code.code, scope=claim.metric)


RULE = Rule(
    id="prose_cases",
    title="正文复议诉讼件数与表三",
    codes=CODES,
    law="国办公开办函〔2021〕30号附件（四）：对“发布内容不准确不全面”等问题严肃追究责任。",
    formula="正文所称行政复议、行政诉讼件数 = 表三相应总计；称“均获维持”的，结果纠正、其他结果、尚未审结均为0",
    example="正文称“诉讼9件，均获维持”，表三尚未审结1件",
    passing="正文称“诉讼9件，其中维持8件，1件尚未审结”，表三相同",
    check=check,
)
