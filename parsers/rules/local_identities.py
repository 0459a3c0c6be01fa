"""Equations that an area adds by its rule pack."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parsers.editions.equations import Equation, edition_to_equations
from parsers.editions.spec import Direction, Edition, Identity
from parsers.model.finding import Passed, Severity
from parsers.model.pack import LocalIdentity
from parsers.rules.balance import Standing, places_of, scope_in_words, to_balance, undetermined
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding

_WORDING = "{scope}：应有{formula}，左边为{left}，右边为{right}，相差{difference}，{demand}。"


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
    balance = to_balance(subject, equation)
    code = Code(code=local.code, severity=local.severity, wording=_WORDING)
    if balance.standing is Standing.HOLDS:
        yield Passed(rule="local_identities", code=local.code, scope=equation.scope)
    elif balance.standing is Standing.BROKEN:
        yield make_finding(
            "local_identities",
            code,
            subject,
            f"{local.code}.{equation.scope}",
            places=places_of(subject, equation),
            message=_WORDING.format(
                scope=scope_in_words(subject, equation),
                formula=local.formula,
                left=balance.left,
                right=balance.right,
                difference=abs(balance.left - balance.right),
                demand="请更正" if local.severity is Severity.ERROR else "请核实",
            ),
            basis=local.clause,
            filed=str(balance.left),
            expected=str(balance.right),
        )
    elif balance.standing is not Standing.ABSENT:
        yield undetermined("local_identities", code, subject, equation, balance.standing)


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
