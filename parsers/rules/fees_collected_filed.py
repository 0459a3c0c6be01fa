"""What was collected for processing information is among the fees of table 1."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parsers.editions.equations import CellId
from parsers.model.finding import Confidence, Evidence, Passed, Severity
from parsers.model.report import Claim, Precision, Scope, Status
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding

CODE = Code(
    code="P03",
    severity=Severity.INFO,
    wording="正文称“{quote}”，信息处理费属于行政事业性收费，表一“行政事业性收费”填报{amount}万元，建议核对是否已计入。",
)
CELL: CellId = ("proactive", "administrative_fee", "amount_wan_yuan")
WAN = 10_000
ROUNDING = Decimal("0.5")
"""Of ten thousand yuan: so little may be lost where an office files whole ones."""


def check(subject: Subject) -> Iterator[Result]:
    """fees_collected_filed (P03): 国办函〔2020〕109号，信息处理费按行政事业性收费管理。"""
    if not subject.is_judged or subject.form.id != "2021":
        return
    figure = subject.figure(CELL)
    claim = next((claim for claim in subject.report.claims if _is_own_sum(claim)), None)
    if claim is None or figure.status is not Status.NUMBER or figure.value is None:
        return
    if Decimal(claim.value or 0) / WAN <= figure.value + ROUNDING:
        yield Passed(rule="fees_collected_filed", code=CODE.code, scope=".".join(CELL))
        return
    told = Evidence(figure=None, label="正文", raw=claim.quote, place=claim.place)
    yield make_finding(
        "fees_collected_filed",
        CODE,
        subject,
        ".".join(CELL),
        places=(told, subject.evidence(CELL)),
        message=CODE.wording.format(quote=claim.quote, amount=figure.value),
        basis="国办函〔2020〕109号",
        confidence=Confidence.LOW,
        filed=str(figure.value),
    )


def _is_own_sum(claim: Claim) -> bool:
    """An exact sum of this body and this year."""
    is_own = claim.scope is Scope.BODY and claim.precision is Precision.EXACT and claim.period is None
    return claim.metric == "fee.collected_yuan" and is_own and not isinstance(claim.value, bool) and bool(claim.value)


RULE = Rule(
    id="fees_collected_filed",
    title="收取的信息处理费是否计入行政事业性收费",
    codes=(CODE,),
    law="国办函〔2020〕109号《政府信息公开信息处理费管理办法》：信息处理费按行政事业性收费管理。",
    formula="正文所称收取的信息处理费（元）÷10000 ≤ 表一“行政事业性收费”本年收费金额（万元），相差不足半万元的不论",
    example="正文称收取信息处理费29500元，表一“行政事业性收费”填0",
    passing="正文称收取信息处理费2950元，表一“行政事业性收费”填0（不足半万元）",
    check=check,
)
