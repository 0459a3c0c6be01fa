"""No row of a statutory table is missing."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.spec import TableSpec
from parsers.model.finding import Attribution, Passed, Severity
from parsers.model.report import Status
from parsers.rules.rule import TRUNCATED, Code, Result, Rule, Subject, at, make_finding, short

CODE = Code(
    code="TABLE_ROWS_MISSING",
    severity=Severity.ERROR,
    wording="{table}缺少{rows}，请按统一格式补齐。",
)

MOST_NAMED = 6
"""So many rows are named in the sentence."""


def check(subject: Subject) -> Iterator[Result]:
    """table_rows_present: 国办公开办函〔2021〕30号附件所列表格的全部行。"""
    if not subject.is_judged:
        return
    for table in subject.form.tables:
        if subject.report.traces[table.id].place is None:
            continue
        missing = _missing(subject, table)
        merged = _merged(subject, table)
        if merged:
            yield _merged_finding(subject, table, merged)
        lost = tuple(row for row in missing if f"row.{table.id}.{row}" in subject.lost)
        own = tuple(row for row in missing if row not in lost and row not in merged)
        for rows, root in ((lost, TRUNCATED), (own, subject.table_root(table.id))):
            if rows:
                yield _finding(subject, table, rows, root)
        if not missing:
            yield Passed(rule="table_rows_present", code=CODE.code, scope=table.id)


def _missing(subject: Subject, table: TableSpec) -> tuple[str, ...]:
    rows = subject.report.tables[table.id]
    return tuple(
        row.id
        for row in table.rows
        if row.id in rows and all(figure.status is Status.ABSENT for figure in rows[row.id].values())
    )


def _merged(subject: Subject, table: TableSpec) -> tuple[str, ...]:
    """Sub-rows that a merged row was filed for."""
    filed = subject.report.tables[table.id]
    return tuple(name for row in table.rows if row.stands_for and row.id in filed for name in row.stands_for)


def _finding(subject: Subject, table: TableSpec, rows: tuple[str, ...], root: str | None) -> Result:
    names = "、".join(f"“{short(table.row(row).label)}”" for row in rows[:MOST_NAMED])
    count = f"等{len(rows)}行" if len(rows) > MOST_NAMED else (f"{len(rows)}行" if len(rows) > 1 else "一行")
    place = subject.figure((table.id, rows[0], table.columns_of(rows[0])[0].id)).place
    return make_finding(
        "table_rows_present",
        CODE,
        subject,
        f"{table.id}.{rows[0]}",
        places=at(place, f"{table.name}应有{names}之处"),
        message=CODE.wording.format(table=table.name, rows=names + count),
        basis=table.clause,
        attribution=Attribution.EXTRACTION if root == TRUNCATED else Attribution.FILED,
        root_cause=root,
    )


def _merged_finding(subject: Subject, table: TableSpec, rows: tuple[str, ...]) -> Result:
    """A merged row adds up, so it is a matter of form: a warning."""
    row = next(r for r in table.rows if r.stands_for)
    names = "、".join(f"“{short(table.row(name).label)}”" for name in rows)
    first = subject.figure((table.id, row.id, table.columns_of(row.id)[0].id))
    return make_finding(
        "table_rows_present",
        CODE,
        subject,
        f"{table.id}.{row.id}",
        places=at(first.place, f"{table.name}“{row.label}”行"),
        message=f"{table.name}“{row.label}”只填了一行，缺少{names}三个分项，请核实并按统一格式分列。",
        basis=table.clause,
        severity=Severity.WARNING,
    )


RULE = Rule(
    id="table_rows_present",
    title="表格各行是否齐全",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件所列表格。",
    formula="格式中的每一行都应出现；（六）合并为一行时按提示处理",
    example="表二没有“2.重复申请”一行",
    passing="表一、表二、表三各行俱全，无数据的行填“0”",
    check=check,
)
