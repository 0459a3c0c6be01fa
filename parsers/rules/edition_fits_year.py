"""The form used is the one in force for the year reported on."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions import MIXED, edition_due
from parsers.model.finding import Passed, Severity
from parsers.rules.rule import OUTDATED, Code, Result, Rule, Subject, at, make_finding

OUTDATED_CODE = Code(
    code=OUTDATED,
    severity=Severity.ERROR,
    wording="报告使用的是2019年试行格式，自2021年度报告起应使用国办公开办函〔2021〕30号格式，请重新编制。",
)
MIXED_CODE = Code(
    code="FORMAT_MIXED",
    severity=Severity.ERROR,
    wording="报告同时出现2019年试行格式和2021年格式的栏目，请统一按国办公开办函〔2021〕30号格式编制。",
)
BASIS = "国办公开办函〔2021〕30号"


def check(subject: Subject) -> Iterator[Result]:
    """edition_fits_year: 条例第五十条第二款，全国统一格式由全国政府信息公开工作主管部门制定并适时更新。"""
    report = subject.report
    place = at(report.traces["proactive"].place, "表一表头", "、".join(subject.form.markers))
    if report.edition == MIXED:
        yield make_finding(
            "edition_fits_year", MIXED_CODE, subject, "form", places=place, message=MIXED_CODE.wording, basis=BASIS
        )
    elif subject.is_outdated:
        yield make_finding(
            "edition_fits_year",
            OUTDATED_CODE,
            subject,
            "form",
            places=place,
            message=OUTDATED_CODE.wording,
            basis=BASIS,
        )
    elif report.year is not None and edition_due(report.year) is not None and report.edition == subject.form.id:
        yield Passed(rule="edition_fits_year", code=OUTDATED, scope="form")


RULE = Rule(
    id="edition_fits_year",
    title="是否使用当年适用的格式",
    codes=(OUTDATED_CODE, MIXED_CODE),
    law="条例第五十条第二款：政府信息公开工作年度报告的格式由全国政府信息公开工作主管部门统一制定并适时更新。",
    formula="2019、2020年度用国办公开办函〔2019〕60号格式，2021年度起用〔2021〕30号格式；按表一的栏目名称识别",
    example="2023年度报告的表一仍列“本年新制作数量”“对外公开总数量”",
    passing="2023年度报告的表一列“本年制发件数”“本年废止件数”“现行有效件数”",
    check=check,
)
