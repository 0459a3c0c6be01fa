"""Cells that we could not read: ours to look at, never the agency's mistake."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Attribution, Confidence, Severity, Verdict
from parsers.model.report import Status
from parsers.rules.rule import UNREADABLE, Code, Result, Rule, Subject, make_finding

CODE = Code(
    code=UNREADABLE,
    severity=Severity.WARNING,
    wording="{table}有{n}个单元格系统未能辨认，请人工核对原件。",
)


def check(subject: Subject) -> Iterator[Result]:
    """cells_readable: 未能辨认的单元格不作为报送错误，由核查人员核对原件。"""
    if not subject.is_judged:
        return
    doubtful = subject.with_status(Status.UNREADABLE, Status.UNDECIDABLE)
    for table in subject.form.tables:
        cells = tuple(cell for cell, _ in doubtful if cell[0] == table.id)
        if cells:
            yield make_finding(
                "cells_readable",
                CODE,
                subject,
                table.id,
                places=tuple(subject.evidence(cell) for cell in cells),
                message=CODE.wording.format(table=table.name, n=len(cells)),
                basis=table.clause,
                verdict=Verdict.UNDETERMINED,
                confidence=Confidence.LOW,
                attribution=Attribution.EXTRACTION,
            )


RULE = Rule(
    id="cells_readable",
    title="单元格能否辨认",
    codes=(CODE,),
    law="（内部）提取存疑不作为报送错误。",
    formula="数字与栏目对不上、字迹不清、有多种切分的单元格",
    example="一行只有三个数字，无法判断属于哪几列",
    passing="每一行的数字与栏目一一对应，字迹清楚",
    check=check,
)
