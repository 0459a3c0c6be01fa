"""No cell is left blank; where there is nothing to report, a 0 is filed."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.equations import CellId
from parsers.editions.spec import TableSpec
from parsers.model.finding import Attribution, Passed, Severity
from parsers.model.report import Status
from parsers.rules.rule import TRUNCATED, UNREADABLE, Code, Result, Rule, Subject, make_finding

CODE = Code(
    code="CELL_BLANK",
    severity=Severity.WARNING,
    wording="{table}共有{n}个单元格未填写（{cells}），请核实，无数据的请填“0”。",
)

MOST_NAMED = 6
"""So many cells are named in the sentence; all of them are in the places."""


def check(subject: Subject) -> Iterator[Result]:
    """cells_filled: 国办公开办函〔2021〕30号附件所列表格逐格填报。"""
    if not subject.is_judged:
        return
    blanks = subject.with_status(Status.BLANK)
    # where values of this table could not be placed, a cell that looks blank may be one of theirs
    unreadable = subject.with_status(Status.UNREADABLE, Status.UNDECIDABLE)
    for table in subject.form.tables:
        cells = tuple(cell for cell, _ in blanks if cell[0] == table.id)
        torn = tuple(cell for cell in cells if cell[:2] in subject.torn_rows)
        doubt = any(cell[0] == table.id for cell, _ in unreadable)
        own = tuple(cell for cell in cells if cell not in torn)
        if torn:
            yield _finding(subject, table, torn, TRUNCATED)
        if own:
            yield _finding(subject, table, own, UNREADABLE if doubt else subject.table_root(table.id))
        if not cells and subject.report.traces[table.id].place is not None:
            yield Passed(rule="cells_filled", code=CODE.code, scope=table.id)


def _finding(subject: Subject, table: TableSpec, cells: tuple[CellId, ...], root: str | None) -> Result:
    named = "、".join(subject.cell_label(cell).removeprefix(table.name) for cell in cells[:MOST_NAMED])
    more = "等" if len(cells) > MOST_NAMED else ""
    suggested = subject.figure(cells[0]).suggested if len(cells) == 1 else None
    return make_finding(
        "cells_filled",
        CODE,
        subject,
        table.id,
        places=tuple(subject.evidence(cell) for cell in cells),
        message=CODE.wording.format(table=table.name, n=len(cells), cells=named + more),
        basis=table.clause,
        filed="",
        suggestion=None if suggested is None else str(suggested),
        attribution=Attribution.EXTRACTION if root in {UNREADABLE, TRUNCATED} else Attribution.FILED,
        root_cause=root,
    )


RULE = Rule(
    id="cells_filled",
    title="单元格是否填写",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件所列表格。",
    formula="每张表合并为一条；空白不等于 0，也不据此认定勾稽错误",
    example="表二“四、结转下年度继续办理”行“其他”列空白",
    passing="没有数据的单元格一律填“0”",
    check=check,
)
