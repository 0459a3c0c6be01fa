"""The printed and definitional sums of the form: A01–A06, each instance as the edition lists it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parsers.causes.block import check_name
from parsers.causes.misreading import looks_misread
from parsers.causes.words import cause_to_sentence
from parsers.editions.equations import CellId, Equation
from parsers.editions.spec import Direction
from parsers.model.finding import Attribution, Confidence, Evidence, Passed, Severity, Verdict
from parsers.model.report import Status
from parsers.rules.rule import UNREADABLE, Code, Result, Rule, Subject, make_finding, short

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

_OURS = (Status.UNREADABLE, Status.UNDECIDABLE)
MOST_NAMED = 2
"""So many blank cells are named, more are counted: the blanks have a finding of their own."""

SLIPPED = "（多行或多列同时不符，可能是读取时错位，请人工核对原件。）"
"""What is added where the pattern is that of cells that slipped while we read them."""

_AS_ZERO = (Status.BLANK, Status.NON_NUMERIC)


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
    """An equation with an absent operand says nothing; with a cell we could not read, nothing against anybody."""
    statuses = [subject.figure(cell).status for cell in (*equation.left, *equation.right)]
    if Status.ABSENT in statuses:
        return
    left, right = _sum(subject, equation.left), _sum(subject, equation.right)
    if any(status in _OURS for status in statuses):
        yield _undetermined(subject, equation, "其中有单元格未能辨认", root=UNREADABLE)
    elif left == right:
        yield Passed(rule="table_identities", code=equation.identity.code, scope=equation.scope)
    elif subject.report.traces[equation.identity.table].glued:
        yield _undetermined(subject, equation, "数字连写，由系统按合计切分", root=None, ours=True)
    elif any(status in _AS_ZERO for status in statuses):
        yield _undetermined(subject, equation, _implied(subject, equation), root=None)
    else:
        yield make_finding(
            "table_identities",
            _code(equation),
            subject,
            f"{equation.identity.code}.{equation.scope}",
            places=_places(subject, equation),
            message=_sentence(subject, equation),
            basis=equation.identity.clause,
            filed=str(left),
            expected=str(right),
            cause=subject.causes.get(check_name(equation)),
        )


def _sum(subject: Subject, cells: tuple[CellId, ...]) -> int:
    """The filed numbers added; blank and non-numeric cells count as 0 here and nowhere else (DESIGN 5.1)."""
    total = sum((subject.figure(cell).value or 0 for cell in cells), start=0)
    return int(total) if total == int(total) else total  # type: ignore[return-value] # a fraction is A08's matter


def _code(equation: Equation) -> Code:
    return next(code for code in CODES if code.code == equation.identity.code)


def _places(subject: Subject, equation: Equation) -> tuple[Evidence, ...]:
    return tuple(subject.evidence(cell) for cell in (*equation.left, *equation.right))


def _sentence(subject: Subject, equation: Equation) -> str:
    left, right = _sum(subject, equation.left), _sum(subject, equation.right)
    slots = {"scope": _scope(subject, equation), "left": left, "right": right, "difference": abs(left - right)}
    return _code(equation).wording.format(**slots) + _cause_sentence(subject, equation)


def _cause_sentence(subject: Subject, equation: Equation) -> str:
    cause = subject.causes.get(check_name(equation))
    return cause_to_sentence(cause, subject.row_and_column) if cause else ""


def _scope(subject: Subject, equation: Equation) -> str:
    """`表二“自然人”列` or `表三“行政复议”`."""
    table = subject.form.table(equation.identity.table)
    over = equation.scope.split(".")[1]
    if equation.identity.each is Direction.COLUMN:
        return f"{table.name}“{next(c.label for c in table.blocks[0].columns if c.id == over)}”列"
    return f"{table.name}“{short(table.row(over).label)}”" + ("行" if len(table.rows) > 3 else "")  # noqa: PLR2004 - table 3 has no rows of its own


def _implied(subject: Subject, equation: Equation) -> str:
    open_cells = [c for c in (*equation.left, *equation.right) if subject.figure(c).status in _AS_ZERO]
    named = "、".join(subject.cell_label(cell) for cell in open_cells[:MOST_NAMED])
    named += f"等{len(open_cells)}个单元格" if len(open_cells) > MOST_NAMED else ""
    if len(open_cells) == 1 and subject.figure(open_cells[0]).suggested:
        return f"{named}未填数字，若为 {subject.figure(open_cells[0]).suggested} 则相符"
    return f"{named}未填数字，无法判定"


def _undetermined(subject: Subject, equation: Equation, why: str, root: str | None, *, ours: bool = False) -> Result:
    return make_finding(
        "table_identities",
        _code(equation),
        subject,
        f"{equation.identity.code}.{equation.scope}",
        places=_places(subject, equation),
        message=f"{_scope(subject, equation)}勾稽关系（{equation.identity.formula}）无法判定：{why}，请人工核对原件。",
        basis=equation.identity.clause,
        verdict=Verdict.UNDETERMINED,
        confidence=Confidence.LOW,
        attribution=Attribution.EXTRACTION if ours or root else Attribution.UNCLEAR,
        root_cause=root,
        cause=None if ours or root else subject.causes.get(check_name(equation)),
    )


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
