"""The printed and definitional sums of the form: A01–A06, each instance as the edition lists it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parsers.causes.block import check_name
from parsers.causes.misreading import looks_misread
from parsers.causes.words import cause_to_sentence
from parsers.editions.equations import Equation
from parsers.model.cause import Cause
from parsers.model.finding import Attribution, Confidence, Passed, Severity, Verdict
from parsers.rules.balance import Balance, Standing, places_of, scope_in_words, to_balance, undetermined
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding

_RESULTS = "{scope}：总计填报{left}，结果维持、结果纠正、其他结果、尚未审结合计{right}，相差{difference}，请更正。"

CODES = tuple(
    Code(code=code, severity=Severity.ERROR, wording=wording)
    for code, wording in (
        ("A01", "{scope}：一 + 二 = {left}，三（七） + 四 = {right}，相差{difference}，请更正。"),
        ("A02", "{scope}：“（七）总计”填报{left}，（一）至（六）各项合计{right}，相差{difference}，请更正。"),
        ("A03", "{scope}：总计填报{left}，自然人与法人或其他组织各列合计{right}，相差{difference}，请更正。"),
        ("A04", _RESULTS),
        ("A05", _RESULTS),
        ("A06", _RESULTS),
    )
)

SLIPPED = "（多行或多列同时不符，可能是读取时错位，请人工核对原件。）"
"""What is added where the pattern is that of cells that slipped while we read them."""


def check(subject: Subject) -> Iterator[Result]:
    """table_identities (A01–A06): “第一项加第二项之和，等于第三项加第四项之和”；各总计等于其分项之和。"""
    if not subject.is_judged:
        return
    results = [(equation, result) for equation in subject.equations for result in _check(subject, equation)]
    doubted = _misread_tables(subject, results)
    for equation, result in results:
        yield _in_doubt(result) if equation.identity.table in doubted else result


def _misread_tables(subject: Subject, results: list[tuple[Equation, Result]]) -> tuple[str, ...]:
    """Tables that may have slipped while we read them. A second reader who was asked has settled that."""
    if len(subject.report.readers) > 1:
        return ()
    violated = [equation for equation, result in results if not isinstance(result, Passed) and result.is_agencys]
    by_table = {e.identity.table: tuple(v for v in violated if v.identity.table == e.identity.table) for e in violated}
    tables = subject.report.tables
    return tuple(table for table, broken in by_table.items() if looks_misread(broken, tables, subject.causes))


def _in_doubt(result: Result) -> Result:
    """A person compares with the original before the agency hears of it."""
    if isinstance(result, Passed) or not result.is_agencys:
        return result
    return msgspec.structs.replace(
        result,
        verdict=Verdict.UNDETERMINED,
        confidence=Confidence.LOW,
        attribution=Attribution.UNCLEAR,
        message=result.message + SLIPPED,
    )


def _check(subject: Subject, equation: Equation) -> Iterator[Result]:
    balance, code = to_balance(subject, equation), RULE.code(equation.identity.code)
    cause = subject.causes.get(check_name(equation))
    if balance.standing is Standing.HOLDS:
        yield Passed(rule="table_identities", code=code.code, scope=equation.scope)
    elif balance.standing is Standing.BROKEN:
        yield make_finding(
            "table_identities",
            code,
            subject,
            f"{code.code}.{equation.scope}",
            places=places_of(subject, equation),
            message=_sentence(subject, equation, balance, cause),
            basis=equation.identity.clause,
            filed=str(balance.left),
            expected=str(balance.right),
            cause=cause,
        )
    elif balance.standing is not Standing.ABSENT:
        yield undetermined("table_identities", code, subject, equation, balance.standing, cause=cause)


def _sentence(subject: Subject, equation: Equation, balance: Balance, cause: Cause | None) -> str:
    told = RULE.code(equation.identity.code).wording.format(
        scope=scope_in_words(subject, equation),
        left=balance.left,
        right=balance.right,
        difference=abs(balance.left - balance.right),
    )
    return told + (cause_to_sentence(cause, subject.row_and_column) if cause else "")


RULE = Rule(
    id="table_identities",
    title="表内勾稽关系",
    codes=CODES,
    law="国办公开办函〔2021〕30号附件表二：“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”。",
    formula=(
        "A01 一+二=三（七）+四；A02 三（七）=（一）至（六）之和；A03 总计=各列之和；A04—A06 总计=四种结果之和。"
        "不相符时由各式交叉推断最可能有误的单元格：只有一种解释时说明，有几种时列出；仅作提示，不计入任何合计"
    ),
    example="“行政复议”结果维持 10、结果纠正 1，总计填 0",
    passing="“行政复议”结果维持 3、结果纠正 1、其他结果 0、尚未审结 0，总计填 4",
    check=check,
)
