"""The stock of documents implies last year's: to be compared with last year's report where the text is silent on it."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Severity
from parsers.rules.passages import is_read, said_anywhere
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding, short
from parsers.rules.stocks import subject_to_stocks

CODE = Code(
    code="CROSS_YEAR_NEEDED",
    severity=Severity.INFO,
    wording="表一“{row}”现行有效{in_force}件、本年制发{issued}件、本年废止{repealed}件，推得上年末现行有效{before}件，可与上年度报告核对。",
)


def check(subject: Subject) -> Iterator[Result]:
    """stock_to_compare: 国办公开办函〔2021〕30号附件表一；现行有效＝上年现行有效＋本年制发－本年废止。"""
    if not subject.is_judged or not is_read(subject, "overview") or "规范性文件" in said_anywhere(subject):
        return
    for stock in subject_to_stocks(subject):
        before = stock.in_force - stock.issued + stock.repealed
        if stock.issued + stock.repealed == 0 or before < 0:
            continue
        yield make_finding(
            "stock_to_compare",
            CODE,
            subject,
            f"proactive.{stock.row.id}",
            places=tuple(subject.evidence(cell) for cell in reversed(stock.cells)),
            message=CODE.wording.format(
                row=short(stock.row.label),
                in_force=stock.in_force,
                issued=stock.issued,
                repealed=stock.repealed,
                before=before,
            ),
            basis=subject.form.table("proactive").clause,
            filed=str(stock.in_force),
        )


RULE = Rule(
    id="stock_to_compare",
    title="上年末现行有效件数可供核对",
    codes=(CODE,),
    law="（提示）国办公开办函〔2021〕30号附件表一。",
    formula="上年末件数 ＝ 现行有效 − 本年制发 ＋ 本年废止；本年有制发或废止、而正文没有提到规范性文件时提示",
    example="制发 7、废止 0、现行有效 35，正文没有提到规范性文件：推得上年末 28 件",
    passing="制发 0、废止 0；或正文说明了规范性文件的制发和清理情况",
    check=check,
)
