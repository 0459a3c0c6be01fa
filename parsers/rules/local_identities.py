"""Equations that an area adds by its rule pack."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parsers.editions.equations import Equation, edition_to_equations
from parsers.editions.spec import Direction, Edition, Identity
from parsers.model.finding import Attribution, Confidence, Passed, Severity, Verdict
from parsers.model.pack import LocalIdentity
from parsers.model.report import Status
from parsers.rules.rule import UNREADABLE, Code, Result, Rule, Subject, make_finding

_WORDING = "{table}{scope}：应有{formula}，左边为{left}，右边为{right}，相差{difference}，{demand}。"


def check(subject: Subject) -> Iterator[Result]:
    """local_identities: 规则包里的恒等式，依据由规则包写明；规则包没有恒等式时不检查。"""
    if not subject.is_judged or subject.is_outdated:
        return
    for local in subject.judge.pack.identities:
        if subject.form.id in local.editions:
            for equation in edition_to_equations(_form_of(subject.form, local), subject.report.tables):
                yield from _check(subject, local, equation)


def _form_of(form: Edition, local: LocalIdentity) -> Edition:
    """The form with this equation instead of its own."""
    identity = Identity(
        code=local.code,
        table=local.table,
        each=Direction(local.each),
        left=local.left,
        right=local.right,
        clause=local.clause,
        formula=local.formula,
        over=local.over,
    )
    return msgspec.structs.replace(form, identities=(identity,))


def _check(subject: Subject, local: LocalIdentity, equation: Equation) -> Iterator[Result]:
    """As with the form's own: an absent operand says nothing, one that could not be read nothing against anybody."""
    cells = (*equation.left, *equation.right)
    statuses = [subject.figure(cell).status for cell in cells]
    if Status.ABSENT in statuses:
        return
    left, right = (sum(subject.figure(cell).value or 0 for cell in side) for side in (equation.left, equation.right))
    if left == right and not {Status.UNREADABLE, Status.UNDECIDABLE} & set(statuses):
        yield Passed(rule="local_identities", code=local.code, scope=equation.scope)
        return
    is_certain = all(status is Status.NUMBER for status in statuses)
    table = subject.form.table(local.table)
    message = _WORDING.format(
        table=table.name,
        scope=_scope(subject, local, equation),
        formula=local.formula,
        left=left,
        right=right,
        difference=abs(left - right),
        demand="请更正" if local.severity is Severity.ERROR else "请核实",
    )
    ours = {Status.UNREADABLE, Status.UNDECIDABLE} & set(statuses)
    yield make_finding(
        "local_identities",
        Code(code=local.code, severity=local.severity, wording=_WORDING),
        subject,
        f"{local.code}.{equation.scope}",
        places=tuple(subject.evidence(cell) for cell in cells),
        message=message
        if is_certain
        else f"{table.name}{_scope(subject, local, equation)}：是否符合{local.formula}无法判定，请人工核对原件。",
        basis=local.clause,
        verdict=Verdict.VIOLATED if is_certain else Verdict.UNDETERMINED,
        confidence=Confidence.HIGH if is_certain else Confidence.LOW,
        attribution=Attribution.FILED if is_certain else Attribution.EXTRACTION if ours else Attribution.UNCLEAR,
        root_cause=UNREADABLE if ours else None,
        filed=str(left) if is_certain else None,
        expected=str(right) if is_certain else None,
    )


def _scope(subject: Subject, local: LocalIdentity, equation: Equation) -> str:
    """`“自然人”列` or `“（七）总计”行`."""
    table, over = subject.form.table(local.table), equation.scope.split(".")[1]
    if local.each == "column":
        return f"“{next(c.label for block in table.blocks for c in block.columns if c.id == over)}”列"
    return f"“{table.row(over).label}”行"


RULE = Rule(
    id="local_identities",
    title="本地规则包的勾稽关系",
    codes=(),
    law="由规则包写明（各地可在统一格式之外约定核对关系）。",
    formula="规则包中每一条恒等式逐列或逐行核对；没有规则包时不检查",
    example="规则包约定“一、本年新收 = 自然人 + 法人”，而报告两边不等",
    passing="两边相等，或没有使用规则包",
    check=check,
)
