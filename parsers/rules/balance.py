"""How an identity stands in a report: it holds, is broken, or cannot be told; the same for the form's and an area's."""

from __future__ import annotations

from enum import StrEnum

from parsers.editions.equations import CellId, Equation
from parsers.editions.spec import Direction
from parsers.model.cause import Cause
from parsers.model.finding import Attribution, Confidence, Evidence, Finding, Verdict
from parsers.model.report import Number, Status
from parsers.model.value import Value
from parsers.rules.rule import UNREADABLE, Code, Subject, make_finding, short

MOST_NAMED = 2
"""So many blank cells are named, more are counted: the blanks have a finding of their own."""

_OURS = (Status.UNREADABLE, Status.UNDECIDABLE)
_AS_ZERO = (Status.BLANK, Status.NON_NUMERIC)


class Standing(StrEnum):
    """An absent operand says nothing. What we could not read, split ourselves, or was not filled in, accuses nobody."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"
    HOLDS = "holds"
    SPLIT = "split"
    OPEN = "open"
    BROKEN = "broken"


class Balance(Value):
    """The sums of both sides; blank and non-numeric cells count as 0 here and nowhere else (DESIGN 5.1)."""

    standing: Standing
    left: Number
    right: Number


def to_balance(subject: Subject, equation: Equation) -> Balance:
    """How this instance of an identity stands."""
    cells = (*equation.left, *equation.right)
    statuses = [subject.figure(cell).status for cell in cells]
    if Status.ABSENT in statuses:
        return Balance(standing=Standing.ABSENT, left=0, right=0)
    left, right = _sum(subject, equation.left), _sum(subject, equation.right)
    if any(status in _OURS for status in statuses):
        standing = Standing.UNREADABLE
    elif left == right:
        standing = Standing.HOLDS
    elif subject.report.traces[equation.identity.table].glued:
        standing = Standing.SPLIT
    else:
        standing = Standing.OPEN if any(status in _AS_ZERO for status in statuses) else Standing.BROKEN
    return Balance(standing=standing, left=left, right=right)


def _sum(subject: Subject, cells: tuple[CellId, ...]) -> Number:
    total = sum((subject.figure(cell).value or 0 for cell in cells), start=0)
    return int(total) if total == int(total) else total  # a fraction is A08's matter


def places_of(subject: Subject, equation: Equation) -> tuple[Evidence, ...]:
    """Every cell of it."""
    return tuple(subject.evidence(cell) for cell in (*equation.left, *equation.right))


def scope_in_words(subject: Subject, equation: Equation) -> str:
    """`表二“自然人”列` or `表三“行政复议”`."""
    table = subject.form.table(equation.identity.table)
    over = equation.scope.split(".")[1]
    if equation.identity.each is Direction.COLUMN:
        return f"{table.name}“{next(c.label for block in table.blocks for c in block.columns if c.id == over)}”列"
    return f"{table.name}“{short(table.row(over).label)}”" + ("行" if len(table.rows) > 3 else "")  # noqa: PLR2004 - table 3 has no rows of its own


def undetermined(  # noqa: PLR0913 - whose finding, of what, and why
    rule: str, code: Code, subject: Subject, equation: Equation, standing: Standing, *, cause: Cause | None = None
) -> Finding:
    """That an identity cannot be told, and why."""
    is_unread, is_ours = standing is Standing.UNREADABLE, standing is not Standing.OPEN
    scope, formula = scope_in_words(subject, equation), equation.identity.formula
    return make_finding(
        rule,
        code,
        subject,
        f"{equation.identity.code}.{equation.scope}",
        places=places_of(subject, equation),
        message=f"{scope}勾稽关系（{formula}）无法判定：{_why(subject, equation, standing)}，请人工核对原件。",
        basis=equation.identity.clause,
        verdict=Verdict.UNDETERMINED,
        confidence=Confidence.LOW,
        attribution=Attribution.EXTRACTION if is_ours else Attribution.UNCLEAR,
        root_cause=UNREADABLE if is_unread else None,
        cause=None if is_ours else cause,
    )


def _why(subject: Subject, equation: Equation, standing: Standing) -> str:
    if standing is Standing.UNREADABLE:
        return "其中有单元格未能辨认"
    return "数字连写，由系统按合计切分" if standing is Standing.SPLIT else _implied(subject, equation)


def _implied(subject: Subject, equation: Equation) -> str:
    open_cells = [c for c in (*equation.left, *equation.right) if subject.figure(c).status in _AS_ZERO]
    named = "、".join(subject.cell_label(cell) for cell in open_cells[:MOST_NAMED])
    named += f"等{len(open_cells)}个单元格" if len(open_cells) > MOST_NAMED else ""
    if len(open_cells) == 1 and subject.figure(open_cells[0]).suggested:
        return f"{named}未填数字，若为 {subject.figure(open_cells[0]).suggested} 则相符"
    return f"{named}未填数字，无法判定"
