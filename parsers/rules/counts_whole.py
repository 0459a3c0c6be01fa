"""Counts are whole numbers, none is negative, and neither is an amount."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.equations import CellId
from parsers.model.finding import Passed, Severity
from parsers.model.report import Number, Status
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding
from parsers.text.numerals import Unit

CODE = Code(code="A08", severity=Severity.ERROR, wording="{cell}填报{value}，{demand}，请更正。")


def check(subject: Subject) -> Iterator[Result]:
    """counts_whole (A08): 统一格式各栏单位为“件”“项”的为非负整数；2019年格式“本年增/减”可以为负。"""
    if not subject.is_judged:
        return
    numbers = subject.with_status(Status.NUMBER)
    wrong = [(cell, figure) for cell, figure in numbers if _demand(subject, cell, figure.value) is not None]
    for cell, figure in wrong:
        yield make_finding(
            "counts_whole",
            CODE,
            subject,
            ".".join(cell),
            places=(subject.evidence(cell),),
            message=CODE.wording.format(
                cell=subject.cell_label(cell), value=figure.value, demand=_demand(subject, cell, figure.value)
            ),
            basis=subject.form.table(cell[0]).clause,
            filed=str(figure.value),
            root_cause=subject.table_root(cell[0]),
        )
    for table in subject.form.tables:
        has_numbers = any(cell[0] == table.id for cell, _ in numbers)
        if has_numbers and not any(cell[0] == table.id for cell, _ in wrong):
            yield Passed(rule="counts_whole", code=CODE.code, scope=table.id)


def _demand(subject: Subject, cell: CellId, value: Number | None) -> str | None:
    """What this value should be and is not, or None when it is in order."""
    table, row, column = cell
    unit = next(c.unit for c in subject.form.table(table).columns_of(row) if c.id == column)
    if value is None or unit is Unit.MONEY:
        return None
    if value < 0 and unit is not Unit.CHANGE:
        return "不应为负数"
    if value != int(value) and unit is not Unit.WAN_YUAN:
        return "件数应为非负整数" if unit is Unit.COUNT else "应为整数"
    return None


RULE = Rule(
    id="counts_whole",
    title="件数是否为非负整数",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件所列表格的计量单位。",
    formula="件数为整数且不小于 0；金额不小于 0；2019年格式“本年增/减”可为负",
    example="“行政处罚”填 -3 或 2.5",
    passing="“行政处罚”填 3；“行政事业性收费”填 1260.35；2019年格式“本年增/减”填 -3",
    check=check,
)
