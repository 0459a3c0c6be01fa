"""This year's tables against last year's: what was carried over, what is in force, what has not changed at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from parsers.across.pair import Pair
from parsers.editions.equations import CellId
from parsers.model.finding import Confidence, Passed, Severity
from parsers.model.report import Number, Report
from parsers.rules.rule import Code, Result, make_finding, short
from parsers.rules.stocks import subject_to_stocks

CARRIED = Code(
    code="Y01",
    severity=Severity.ERROR,
    wording="本年“上年结转”{column}为{x}，贵单位{year}年报告“结转下年度继续办理”{column}为{y}，两年数据不衔接，"
    "请核实更正；如因机构调整等原因，请予说明。",
)
STOCK = Code(
    code="Y02",
    severity=Severity.WARNING,
    wording="{row}现行有效{x}件，与上年现行有效{a}＋本年制发{b}－本年废止{c}＝{y}不一致，请核实或说明。",
)
PENDING = Code(
    code="Y03",
    severity=Severity.INFO,
    wording="上年“{group}”尚未审结{x}件，多于本年总计{y}件，建议核对是否漏计。",
)
ITEMS = Code(
    code="Y04",
    severity=Severity.INFO,
    wording="{row}“上一年项目数量”为{x}，上年报告该数与“本年增/减”之和为{y}，建议核对。",
)
CHANGE = Code(
    code="P10",
    severity=Severity.INFO,
    wording="{cell}本年{x}，上年{y}，变化超过{factor}倍，建议核对。",
)
UNCHANGED = Code(
    code="TABLE_UNCHANGED",
    severity=Severity.WARNING,
    wording="{table}全部数字与贵单位{year}年报告相同，请核实是否为本年度数据。",
)
CODES = (CARRIED, STOCK, PENDING, ITEMS, CHANGE, UNCHANGED)

_STATED = re.compile(r"机构改革|机构调整|职[能责](?:划转|调整|整合)|划[转入]|合并|分立|撤[销并]|重新归类|更正|口径调整")
"""Words by which a report says why two years may not follow each other."""

_TELLING = 4
"""Cells that are not zero: so many equal ones are no chance."""


def compare_years(pair: Pair) -> Iterator[Result]:
    """Everything about last year's report of the same body."""
    if not (pair.own.is_judged and pair.others.is_judged) or pair.own.gaps or pair.others.gaps:
        return
    yield from _carried_over(pair)
    if pair.is_same_form:
        yield from _stock(pair)
        yield from _items(pair)
        yield from _changes(pair)
        yield from _unchanged(pair)
    yield from _pending(pair)


def _carried_over(pair: Pair) -> Iterator[Result]:
    """Y01: row 二 of this year is row 四 of the last, column by column.

    The columns may differ where applicants were classified anew; the total may not, unless the report says why.
    """
    columns = [column.id for column in pair.own.form.table("requests").blocks[0].columns]
    is_broken = _differs(pair, ("requests", "carried_over", "total"), ("requests", "carried_forward", "total"))
    for column in columns:
        own, others = ("requests", "carried_over", column), ("requests", "carried_forward", column)
        x, y = pair.own.number(own), pair.others.number(others)
        if x is None or y is None:
            continue
        if x == y:
            yield Passed(rule="across_years", code=CARRIED.code, scope=".".join(own))
            continue
        is_error = column == "total" and is_broken and not _is_explained(pair.own.report) and _is_single(pair)
        yield make_finding(
            "across_years",
            CARRIED,
            pair.own,
            ".".join(own),
            places=(pair.own.evidence(own), pair.others_evidence(others)),
            message=_worded(CARRIED, is_error=is_error).format(
                column=f"“{_column_label(pair, column)}”列", x=x, y=y, year=pair.other.report.year
            ),
            basis="国办公开办函〔2021〕30号附件表二“二、上年结转”“四、结转下年度继续办理”",
            severity=Severity.ERROR if is_error else Severity.WARNING,
            confidence=Confidence.HIGH if is_error else Confidence.MEDIUM,
            filed=str(x),
            expected=str(y),
            root_cause=CARRIED.code if is_broken and column != "total" else None,
        )


def _worded(code: Code, *, is_error: bool) -> str:
    return code.wording if is_error else code.wording.replace("请核实更正", "请核实")


def _differs(pair: Pair, own: CellId, others: CellId) -> bool:
    x, y = pair.own.number(own), pair.others.number(others)
    return x is not None and y is not None and x != y


def _is_explained(report: Report) -> bool:
    return any(_STATED.search(section.text) for section in report.sections.values())


def _is_single(pair: Pair) -> bool:
    """The sum of many bodies may change because the bodies do."""
    return pair.own.report.agency.kind != "government"


def _column_label(pair: Pair, column: str) -> str:
    return next(c.label for c in pair.own.form.table("requests").blocks[0].columns if c.id == column)


def _stock(pair: Pair) -> Iterator[Result]:
    """Y02: what is in force follows from last year's stock, this year's documents and repeals."""
    for stock in subject_to_stocks(pair.own):
        cell = stock.cells[-1]
        before = pair.others.number(cell)
        if before is None:
            continue
        follows = before + stock.issued - stock.repealed
        if stock.in_force == follows:
            yield Passed(rule="across_years", code=STOCK.code, scope=f"proactive.{stock.row.id}")
            continue
        yield make_finding(
            "across_years",
            STOCK,
            pair.own,
            f"proactive.{stock.row.id}",
            places=(*(pair.own.evidence(c) for c in reversed(stock.cells)), pair.others_evidence(cell)),
            message=STOCK.wording.format(
                row=short(stock.row.label), x=stock.in_force, a=before, b=stock.issued, c=stock.repealed, y=follows
            ),
            basis=pair.own.form.table("proactive").clause,
            filed=str(stock.in_force),
            expected=str(follows),
        )


def _pending(pair: Pair) -> Iterator[Result]:
    """Y03: cases that were pending are among this year's."""
    table = pair.own.form.table("review_litigation")
    for row in table.rows:
        total, pending = (table.id, row.id, "total"), (table.id, row.id, "pending")
        x, y = pair.others.number(pending), pair.own.number(total)
        if x is None or y is None:
            continue
        if x <= y:
            yield Passed(rule="across_years", code=PENDING.code, scope=f"{table.id}.{row.id}")
            continue
        yield make_finding(
            "across_years",
            PENDING,
            pair.own,
            f"{table.id}.{row.id}",
            places=(pair.own.evidence(total), pair.others_evidence(pending)),
            message=PENDING.wording.format(group=row.label, x=x, y=y),
            basis=table.clause,
            confidence=Confidence.LOW,
            filed=str(y),
        )


def _items(pair: Pair) -> Iterator[Result]:
    """Y04: of the form of 2019, last year's items are those of the year before and what was added."""
    table = pair.own.form.table("proactive")
    for row in table.rows:
        if "previous_year_items" not in (column.id for column in table.columns_of(row.id)):
            continue
        before, change = (table.id, row.id, "previous_year_items"), (table.id, row.id, "change")
        x, a, b = pair.own.number(before), pair.others.number(before), pair.others.number(change)
        if x is None or a is None or b is None:
            continue
        if x == a + b:
            yield Passed(rule="across_years", code=ITEMS.code, scope=".".join(before))
            continue
        yield make_finding(
            "across_years",
            ITEMS,
            pair.own,
            ".".join(before),
            places=(pair.own.evidence(before), pair.others_evidence(before), pair.others_evidence(change)),
            message=ITEMS.wording.format(row=short(row.label), x=x, y=a + b),
            basis=table.clause,
            confidence=Confidence.LOW,
            filed=str(x),
            expected=str(a + b),
        )


def _changes(pair: Pair) -> Iterator[Result]:
    """P10: decisions that grew or shrank by a factor."""
    limits = pair.own.judge.pack.thresholds
    for row in pair.own.form.table("proactive").rows:
        cell = ("proactive", row.id, "decisions")
        x, y = pair.own.number(cell), pair.others.number(cell)
        if x is None or y is None or max(x, y) < limits.year_base:
            continue
        if not _is_leap(x, y, limits.year_factor):
            yield Passed(rule="across_years", code=CHANGE.code, scope=".".join(cell))
            continue
        yield make_finding(
            "across_years",
            CHANGE,
            pair.own,
            ".".join(cell),
            places=(pair.own.evidence(cell), pair.others_evidence(cell)),
            message=CHANGE.wording.format(cell=pair.own.cell_label(cell), x=x, y=y, factor=limits.year_factor),
            basis=pair.own.form.table("proactive").clause,
            confidence=Confidence.LOW,
            filed=str(x),
        )


def _is_leap(x: Number, y: Number, factor: Decimal) -> bool:
    low, high = sorted((x, y))
    return high > low * factor


def _unchanged(pair: Pair) -> Iterator[Result]:
    """TABLE_UNCHANGED: a whole table of numbers that are not zero, all as last year."""
    for table in pair.own.form.tables:
        cells = [(table.id, row.id, column.id) for row in table.rows for column in table.columns_of(row.id)]
        numbers = [(pair.own.number(cell), pair.others.number(cell)) for cell in cells]
        telling = sum(bool(x) for x, _ in numbers)
        if telling < _TELLING:
            continue
        if any(x != y for x, y in numbers):
            yield Passed(rule="across_years", code=UNCHANGED.code, scope=table.id)
            continue
        first = next(cell for cell in cells if pair.own.number(cell))
        yield make_finding(
            "across_years",
            UNCHANGED,
            pair.own,
            table.id,
            places=(pair.own.evidence(first), pair.others_evidence(first)),
            message=UNCHANGED.wording.format(table=table.name, year=pair.other.report.year),
            basis="国办公开办函〔2021〕30号（四）",
            confidence=Confidence.MEDIUM,
        )
