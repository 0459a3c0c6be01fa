"""More documents are in force than this year's balance alone leaves."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Passed, Severity
from parsers.model.report import Status
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding, short

CODE = Code(
    code="A07",
    severity=Severity.WARNING,
    wording="表一“{row}”现行有效{in_force}件，少于本年制发{issued}件减本年废止{repealed}件之差，请核实或说明。",
)
COLUMNS = ("issued", "repealed", "in_force")


def check(subject: Subject) -> Iterator[Result]:
    """stock_of_documents (A07): 现行有效件数不少于本年制发件数减本年废止件数（年内制发又失效的除外）。"""
    if not subject.is_judged:
        return
    table = subject.form.table("proactive")
    for row in table.rows:
        if tuple(column.id for column in table.columns_of(row.id)) != COLUMNS:
            continue
        cells = tuple((table.id, row.id, column) for column in COLUMNS)
        figures = tuple(subject.figure(cell) for cell in cells)
        if any(figure.status is not Status.NUMBER for figure in figures):
            continue
        issued, repealed, in_force = (figure.value or 0 for figure in figures)
        if in_force >= issued - repealed:
            yield Passed(rule="stock_of_documents", code=CODE.code, scope=f"proactive.{row.id}")
            continue
        yield make_finding(
            "stock_of_documents",
            CODE,
            subject,
            f"proactive.{row.id}",
            places=tuple(subject.evidence(cell) for cell in reversed(cells)),
            message=CODE.wording.format(row=short(row.label), in_force=in_force, issued=issued, repealed=repealed),
            basis=table.clause,
            filed=str(in_force),
            expected=f"不少于{issued - repealed}",
        )


RULE = Rule(
    id="stock_of_documents",
    title="现行有效件数是否合理",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件表一。",
    formula="现行有效件数 ≥ 本年制发件数 − 本年废止件数",
    example="本年制发 7、废止 0、现行有效 5",
    passing="本年制发 7、废止 0、现行有效 35",
    check=check,
)
