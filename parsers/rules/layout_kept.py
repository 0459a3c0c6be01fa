"""The text at hand has lost its lines and cells: the report may be in order, but its tables cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Attribution, Severity
from parsers.model.report import SectionStatus
from parsers.rules.rule import LAYOUT_LOST, Code, Result, Rule, Subject, at, make_finding

CODE = Code(
    code=LAYOUT_LOST,
    severity=Severity.ERROR,
    wording="（内部）文本的分行和分格已丢失，{what}无法辨认，请改用原件重新采集。",
)


def check(subject: Subject) -> Iterator[Result]:
    """layout_kept: 采集的文本失去分行分格时，先重新采集，不据此要求报送单位更正。"""
    if not subject.is_judged:
        return
    report, form = subject.report, subject.form
    tables = [t for t in form.tables if report.traces[t.id].flattened]
    sections = [s for s in form.sections if report.sections[s.id].status is SectionStatus.UNCLEAR]
    if not tables and not sections:
        return
    place = report.traces[tables[0].id].flattened if tables else report.sections[sections[0].id].place
    what = "、".join([t.name for t in tables] or [f"“{s.heading}”" for s in sections])
    yield make_finding(
        "layout_kept",
        CODE,
        subject,
        "layout",
        places=at(place, "正文连成一片之处"),
        message=CODE.wording.format(what=what),
        basis="（内部）采集质量",
        attribution=Attribution.EXTRACTION,
    )


RULE = Rule(
    id="layout_kept",
    title="文本是否保留了分行和分格",
    codes=(CODE,),
    law="（内部）采集质量，不作为报送错误。",
    formula="各部分标题或表格栏目出现在连续文字之中，而不是单独成行成格",
    example="网页复制成一整段，表格数字连在一起",
    passing="标题单独成行，表格一格一行、以制表符或“|”分隔，均可逐格读取",
    check=check,
)
