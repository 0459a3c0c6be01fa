"""Amounts and counts are in the unit that is printed beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from parsers.editions.equations import CellId
from parsers.model.finding import Confidence, Passed, Severity
from parsers.model.report import Figure, Status
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding
from parsers.text.numerals import Unit

CODE = Code(code="UNIT_SUSPECT", severity=Severity.WARNING, wording="{cell}填报{x}（万元），数额异常，请核实计量单位。")
IN_TEXT = "正文“{quote}”数额异常，请核实计量单位。"
BASIS = "国办公开办函〔2021〕30号附件表一（单位：万元）"

HUGE = 1_000_000
"""Ten thousand million yuan of fees in a year: no single agency has them."""

ROUND = 100_000
"""A thousand million to the hundred is rather an amount in yuan."""

_WAN = re.compile(r"(?<![0-9.])[0-9]{5,}(?:\.[0-9]+)?万(?:余|多)?(?:条|件|篇|份|项|个|起|宗|期)")
"""Nobody has a hundred million pieces: 173769万条 has its 万 too much."""

_WHOLE_AREA = re.compile(r"人民政府$|政府$|^[^局委办厅]*[省市]$")


def check(subject: Subject) -> Iterator[Result]:
    """amounts_plausible: 国办公开办函〔2021〕30号附件，行政事业性收费金额以万元计。"""
    if not subject.is_judged:
        return
    for cell in _cells_of_amounts(subject):
        if subject.figure(cell).status is Status.NUMBER:
            yield _cell(subject, cell, subject.figure(cell))
    if subject.is_to_the_letter:
        yield from _text(subject)


def _cells_of_amounts(subject: Subject) -> Iterator[CellId]:
    """The form's cells whose unit is ten thousand yuan."""
    for table in subject.form.tables:
        for block in table.blocks:
            amounts = [column.id for column in block.columns if column.unit is Unit.WAN_YUAN]
            yield from ((table.id, row.id, column) for row in block.rows for column in amounts)


def _cell(subject: Subject, cell: CellId, figure: Figure) -> Result:
    name = ".".join(cell)
    if not is_suspect(Decimal(figure.value or 0), is_area=_reports_for_area(subject)):
        return Passed(rule="amounts_plausible", code=CODE.code, scope=name)
    return make_finding(
        "amounts_plausible",
        CODE,
        subject,
        name,
        places=(subject.evidence(cell),),
        message=CODE.wording.format(cell=subject.cell_label(cell), x=figure.value),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
        filed=str(figure.value),
        root_cause=subject.table_root(cell[0]),
    )


def is_suspect(amount: Decimal, *, is_area: bool) -> bool:
    """Is this many 万元 improbable: huge for one agency, or large and round as an amount in yuan is?"""
    is_round = amount >= ROUND and amount == amount.to_integral_value() and amount % 100 == 0
    return is_round or (amount >= HUGE and not is_area)


def _reports_for_area(subject: Subject) -> bool:
    """A government adds up what all its agencies have collected."""
    agency = subject.report.agency
    return agency.kind == "government" or any(_WHOLE_AREA.search(name) for name in agency.as_written)


def _text(subject: Subject) -> Iterator[Result]:
    for prose in subject.prose:
        for match in _WAN.finditer(prose.text):
            yield make_finding(
                "amounts_plausible",
                CODE,
                subject,
                f"text.{prose.id}",
                places=(prose.evidence(match.start(), match.end()),),
                message=IN_TEXT.format(quote=inner(match[0])),
                basis="国办公开办函〔2021〕30号（四）",
                confidence=Confidence.MEDIUM,
                filed=match[0],
            )


RULE = Rule(
    id="amounts_plausible",
    title="计量单位是否写错",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件：本年收费金额（单位：万元）。",
    formula="收费金额 < 1000000 万元（政府汇总除外），且不是 100000 以上的整百数；正文万以上的数之后不再写“万条”“万件”",
    example="收费金额填报“1260350000”；正文“发布信息173769万条”",
    passing="收费金额填报“1260.35”；正文“发布信息17.4万条”",
    check=check,
)
