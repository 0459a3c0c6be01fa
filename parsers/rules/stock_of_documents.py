"""More documents are in force than this year's balance alone leaves."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Passed, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding, short
from parsers.rules.stocks import subject_to_stocks

CODE = Code(
    code="A07",
    severity=Severity.WARNING,
    wording="表一“{row}”现行有效{in_force}件，少于本年制发{issued}件减本年废止{repealed}件之差，请核实或说明。",
)


def check(subject: Subject) -> Iterator[Result]:
    """stock_of_documents (A07): 现行有效件数不少于本年制发件数减本年废止件数（年内制发又失效的除外）。"""
    if not subject.is_judged:
        return
    for stock in subject_to_stocks(subject):
        least = stock.issued - stock.repealed
        if stock.in_force >= least:
            yield Passed(rule="stock_of_documents", code=CODE.code, scope=f"proactive.{stock.row.id}")
            continue
        yield make_finding(
            "stock_of_documents",
            CODE,
            subject,
            f"proactive.{stock.row.id}",
            places=tuple(subject.evidence(cell) for cell in reversed(stock.cells)),
            message=CODE.wording.format(
                row=short(stock.row.label), in_force=stock.in_force, issued=stock.issued, repealed=stock.repealed
            ),
            basis=subject.form.table("proactive").clause,
            filed=str(stock.in_force),
            expected=f"不少于{least}",
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
