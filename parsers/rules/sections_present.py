"""The six sections are there."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Attribution, Passed, Severity
from parsers.model.report import SectionStatus
from parsers.rules.coverage import is_tables_alone, report_to_elements
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding

CODE = Code(
    code="SEC_MISSING",
    severity=Severity.ERROR,
    wording="报告缺少“{section}”，不符合《条例》第五十条和统一格式要求，请补充。",
)


def check(subject: Subject) -> Iterator[Result]:
    """sections_present: 条例第五十条第一款，年度报告应当包括的内容；统一格式规定的六个部分。"""
    if not subject.is_judged or is_tables_alone(subject.report):
        return
    elements = report_to_elements(subject.report, subject.form)
    for section in subject.form.sections:
        status = subject.report.sections[section.id].status
        if status is SectionStatus.UNCLEAR:
            continue
        if status is SectionStatus.PRESENT:
            yield Passed(rule="sections_present", code=CODE.code, scope=section.id)
            continue
        name = f"section.{section.id}"
        root = subject.lost_root(name)
        position = [e.name for e in elements].index(name)
        before = next((e.place for e in reversed(elements[:position]) if e.place), None)
        yield make_finding(
            "sections_present",
            CODE,
            subject,
            name,
            places=at(before, f"应有“{section.heading}”之处"),
            message=CODE.wording.format(section=section.heading),
            basis=section.clause,
            attribution=Attribution.EXTRACTION if root else Attribution.FILED,
            root_cause=root,
        )


RULE = Rule(
    id="sections_present",
    title="六个部分是否齐全",
    codes=(CODE,),
    law="条例第五十条第一款：政府信息公开工作年度报告应当包括下列内容……",
    formula="统一格式的六个标题逐一查找，按文字而不按序号识别",
    example="报告从“四、”直接到“六、”，没有“五、存在的主要问题及改进情况”",
    passing="“五、存在问题和改进措施”“六、其他需要报告事项”，或序号写错、重复，均视为该部分存在",
    check=check,
)
