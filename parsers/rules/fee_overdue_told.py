"""Requests ended because a fee was not paid, so fee notices were sent: section six has to say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.document import Place
from parsers.model.finding import Passed, Severity
from parsers.model.report import Claim, SectionStatus, Status
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding
from parsers.rules.stated import IN_PROSE

CODE = Code(
    code="FEE_OVERDUE_CONFLICT",
    severity=Severity.WARNING,
    wording="表二“申请人逾期未按收费通知要求缴纳费用”为{filed}件，{told}，请核实。",
)
SILENT = "第六部分未说明收费通知情况"
DENIED = "正文称“{quote}”"
CELL = ("requests", "other_overdue_fee", "total")
BASIS = "条例第四十二条；国办函〔2020〕109号"
_TOLD = re.compile(
    r"(?<!未)(?<!没有)(?:发出|作出|送达|下达|出具)[^，。；]{0,14}(?:收费|缴费)?通知|逾期(?:未|不)[^，。；]{0,8}缴"
)


def check(subject: Subject) -> Iterator[Result]:
    """fee_overdue_told (FEE_OVERDUE_CONFLICT): 有逾期未缴费的申请，正文应当说明收费通知情况，且件数不少于逾期件数。"""
    if not subject.is_judged or CELL[1] not in subject.report.tables.get(CELL[0], {}):
        return
    figure = subject.figure(CELL)
    section = subject.report.sections.get("other")
    if figure.status is not Status.NUMBER or not figure.value or section is None:
        return
    if section.status is not SectionStatus.PRESENT or subject.gaps:
        return
    denied = next(
        (c for c in subject.report.claims if c.metric == "fee.notices" and (c.value or 0) < figure.value), None
    )
    texts = [part.text for part in subject.report.sections.values()]
    if denied is None and any(_TOLD.search(re.sub(r"\s", "", text)) for text in texts):
        yield Passed(rule="fee_overdue_told", code=CODE.code, scope=".".join(CELL))
        return
    yield _conflict(subject, denied, section.place, str(figure.value))


def _conflict(subject: Subject, denied: Claim | None, section: Place | None, filed: str) -> Result:
    told = DENIED.format(quote=inner(denied.quote)) if denied else SILENT
    place = at(denied.place, IN_PROSE, denied.quote) if denied else at(section, "第六部分")
    return make_finding(
        "fee_overdue_told",
        CODE,
        subject,
        ".".join(CELL),
        places=(subject.evidence(CELL), *place),
        message=CODE.wording.format(filed=filed, told=told),
        basis=BASIS,
        filed=filed,
    )


RULE = Rule(
    id="fee_overdue_told",
    title="逾期未缴费与收费通知",
    codes=(CODE,),
    law="条例第四十二条；《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。",
    formula="表二（六）2 > 0 → 正文说明发出收费通知的情况",
    example="表二逾期未缴费2件，第六部分称“未发出收费通知”",
    passing="表二逾期未缴费2件，第六部分称“发出收费通知25件”",
    check=check,
)
