"""Rows of a copied table stand whole and in their place; what was mended in reading is told to who compares."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions.spec import TableSpec
from parsers.model.finding import Attribution, Evidence, Severity
from parsers.model.report import Printed
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding

BROKEN = Code(
    code="TABLE_ROW_LABEL_SPLIT",
    severity=Severity.INFO,
    wording="（内部）{table}行名“{found}”被断成两段，已接合后读取。",
)
MOVED = Code(
    code="TABLE_COLUMN_SHIFT",
    severity=Severity.INFO,
    wording="（内部）{table}“{found}”一行与其他行没有对齐，已按最后几个数字读取。",
)
BASIS = "来源核查"


def check(subject: Subject) -> Iterator[Result]:
    """rows_in_place: 来源核查，复制的文本中表格行名断开、列错位，不属于报送错误。"""
    if not subject.is_judged:
        return
    for table in subject.form.tables:
        oddities = subject.report.traces[table.id].oddities
        for code, printed in ((BROKEN, oddities.broken), (MOVED, oddities.moved)):
            if printed:
                yield _make(subject, table, code, printed)


def _make(subject: Subject, table: TableSpec, code: Code, printed: tuple[Printed, ...]) -> Result:
    places = tuple(_evidence(table, row) for row in printed)
    found = "”“".join(inner(row.found) for row in printed)
    return make_finding(
        "rows_in_place",
        code,
        subject,
        f"{table.id}.rows",
        places=places,
        message=code.wording.format(table=table.name, found=found),
        basis=BASIS,
        attribution=Attribution.EXTRACTION,
    )


def _evidence(table: TableSpec, row: Printed) -> Evidence:
    return Evidence(figure=None, label=f"{table.name}行名", raw=row.found, place=row.place)


RULE = Rule(
    id="rows_in_place",
    title="表格行是否完整、对齐",
    codes=(BROKEN, MOVED),
    law="来源核查：复制、转换造成的断行和错位由我方处理，不属于报送错误。",
    formula="行名的前半在数字之前、后半独占下一行；同级各行行首的制表符数目一致",
    example="“2.没有现成信息需要”之后是数字，“另行制作”在下一行",
    passing="“2.没有现成信息需要另行制作”在同一行",
    check=check,
)
