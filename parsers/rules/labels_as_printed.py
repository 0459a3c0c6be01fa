"""Column heads and row labels are there and spelt as the form has them."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Attribution, Confidence, Passed, Severity
from parsers.rules.rule import TRUNCATED, Code, Result, Rule, Subject, at, inner, make_finding

HEADER_MISSING = Code(
    code="TABLE_HEADER_MISSING", severity=Severity.WARNING, wording="{table}没有列标题，请核实并按统一格式补齐。"
)
HEADER_TYPO = Code(
    code="HEADER_TYPO", severity=Severity.WARNING, wording="{table}表头“{found}”应为“{expected}”，请核实更正。"
)
LABEL_TYPO = Code(
    code="LABEL_TYPO", severity=Severity.WARNING, wording="{table}行名“{found}”应为“{expected}”，请核实更正。"
)


def check(subject: Subject) -> Iterator[Result]:
    """labels_as_printed: 国办公开办函〔2021〕30号附件所列表格的栏目名称。"""
    if not subject.is_judged:
        return
    for table in subject.form.tables:
        trace = subject.report.traces[table.id]
        if trace.place is None:
            continue
        if not trace.head:
            lost = f"head.{table.id}" in subject.lost
            yield make_finding(
                "labels_as_printed",
                HEADER_MISSING,
                subject,
                f"head.{table.id}",
                places=at(trace.place, f"{table.name}开头"),
                message=HEADER_MISSING.wording.format(table=table.name),
                basis=table.clause,
                attribution=Attribution.EXTRACTION if lost else Attribution.FILED,
                root_cause=TRUNCATED if lost else subject.table_root(table.id),
            )
        for printed in trace.printed:
            code = HEADER_TYPO if printed.header else LABEL_TYPO
            yield make_finding(
                "labels_as_printed",
                code,
                subject,
                f"{table.id}.{printed.expected}",
                places=at(printed.place, f"{table.name}{'表头' if printed.header else '行名'}", printed.found),
                message=code.wording.format(
                    table=table.name, found=inner(printed.found), expected=inner(printed.expected)
                ),
                basis=table.clause,
                confidence=Confidence.MEDIUM,
                filed=printed.found,
                expected=printed.expected,
                root_cause=subject.table_root(table.id),
            )
        if trace.head and not trace.printed:
            yield Passed(rule="labels_as_printed", code=HEADER_TYPO.code, scope=table.id)


RULE = Rule(
    id="labels_as_printed",
    title="表头和行名是否规范",
    codes=(HEADER_MISSING, HEADER_TYPO, LABEL_TYPO),
    law="国办公开办函〔2021〕30号附件所列表格的栏目名称。",
    formula="与格式逐字对照；五字以上差一字、十二字以上差两字以内视为错字，其他残缺按序号和位置识别",
    example="“本年废止件数”写成“本年度止件数”",
    passing="“本年废止件数”照原样印出，或仅有空格、换行、全角半角之别",
    check=check,
)
