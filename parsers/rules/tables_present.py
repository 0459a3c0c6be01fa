"""The three statutory tables are there."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.spec import TableSpec
from parsers.model.document import Place
from parsers.model.finding import Attribution, Passed, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding

CODE = Code(
    code="TABLE_MISSING",
    severity=Severity.ERROR,
    wording="报告缺少{table}（“{section}”部分的表格），不符合《条例》第五十条和统一格式要求，请补充。",
)


def check(subject: Subject) -> Iterator[Result]:
    """tables_present: 国办公开办函〔2021〕30号附件，第二、三、四部分以表格形式报告。"""
    if not subject.is_judged:
        return
    for table in subject.form.tables:
        if subject.report.traces[table.id].place is not None:
            yield Passed(rule="tables_present", code=CODE.code, scope=table.id)
            continue
        if subject.report.traces[table.id].flattened is not None:
            continue
        section = subject.form.section(table.section)
        root = subject.lost_root(f"head.{table.id}")
        yield make_finding(
            "tables_present",
            CODE,
            subject,
            f"table.{table.id}",
            places=at(_expected_place(subject, table), f"应有{table.name}之处"),
            message=CODE.wording.format(table=table.name, section=section.heading),
            basis=table.clause,
            attribution=Attribution.EXTRACTION if root else Attribution.FILED,
            root_cause=root,
        )


def _expected_place(subject: Subject, table: TableSpec) -> Place:
    """Under its heading, else where the text before it ends."""
    heading = subject.report.sections[table.section].place
    return heading or next(iter(subject.report.tables[table.id][table.rows[0].id].values())).place


RULE = Rule(
    id="tables_present",
    title="三张表格是否齐全",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件：第二、三、四部分为统一表格。",
    formula="每张表至少能找到一个表头、行名或栏目",
    example="“二、主动公开政府信息情况”之下没有表格，或表格以图片形式发布",
    passing="表格以制表符、“|”或一格一行的形式排出，表头和行名可以辨认",
    check=check,
)
