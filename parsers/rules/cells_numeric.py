"""A cell holds a number in the unit of its column."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Passed, Severity
from parsers.model.report import Number, Status
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding
from parsers.text.numerals import is_bare_number

CODE = Code(
    code="CELL_NOT_NUMERIC",
    severity=Severity.WARNING,
    wording="{cell}填写为“{raw}”，应填写数字，请核实，{advice}。",
)

_OTHER_UNIT = "{cell}填写为“{raw}”，表头的单位与统一格式不同，请核实，{advice}。"
"""Of a number that is none of the form's unit, because the head above it names another one."""


def check(subject: Subject) -> Iterator[Result]:
    """cells_numeric: 国办公开办函〔2021〕30号附件所列表格，各栏填报数字。"""
    if not subject.is_judged:
        return
    wrong = subject.with_status(Status.NON_NUMERIC)
    for cell, figure in wrong:
        raw = (figure.raw or "").strip()
        advice = _to_advice(raw, figure.suggested)
        yield make_finding(
            "cells_numeric",
            CODE,
            subject,
            ".".join(cell),
            places=(subject.evidence(cell),),
            message=(_OTHER_UNIT if is_bare_number(raw) else CODE.wording).format(
                cell=subject.cell_label(cell), raw=raw, advice=advice
            ),
            basis=subject.form.table(cell[0]).clause,
            filed=raw,
            suggestion=None if figure.suggested is None else str(figure.suggested),
            root_cause=subject.table_root(cell[0]),
        )
    for table in subject.form.tables:
        is_there = subject.report.traces[table.id].place is not None
        if is_there and not any(cell[0] == table.id for cell, _ in wrong):
            yield Passed(rule="cells_numeric", code=CODE.code, scope=table.id)


def _to_advice(raw: str, suggested: Number | None) -> str:
    """Where digits stand something was meant, though what it is may not be certain; `#DIV/0!` is a workbook's error."""
    if suggested not in (0, None):
        return f"似应为“{suggested}”"
    is_meant = any(map(str.isdigit, raw)) and not raw.startswith("#")
    return "只填数字" if is_meant else "无数据的请填“0”"


RULE = Rule(
    id="cells_numeric",
    title="填写的是否为数字",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件所列表格。",
    formula="“无”“/”“—”“251000元”（万元栏）等不是该栏的数字；原样保留，另给建议值",
    example="“行政事业性收费”填“无”",
    passing="“行政事业性收费”填“0”或“1260.35”",
    check=check,
)
