"""The title names the agency, the year and the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Passed, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding
from parsers.sections.title import is_agency_name, title_to_agency
from parsers.text.fold import squeeze

NO_AGENCY = Code(
    code="TITLE_NO_AGENCY",
    severity=Severity.WARNING,
    wording="标题未写明单位名称，请核实后规范为“{agency}{year}年政府信息公开工作年度报告”。",
)
FORM = Code(
    code="TITLE_FORM",
    severity=Severity.INFO,
    wording="标题“{title}”建议规范为“{agency}{year}年政府信息公开工作年度报告”。",
)
BASIS = "国办公开办函〔2021〕30号附件（格式标题）"

_ODD = re.compile(
    r"年度年度|报告报告|工作工作|公开公开|^关于|情[况況]的?[报報]告|总结|年[报報](?:\(.*\))?$|^(?!.*20[0-9]{2})(?!.*二[〇○零]).*$"
)
"""What no report's title has by the form: doubled words, a letter's 关于…, a summary, no year."""

NEAR = 3
"""So many lines around the title may carry the name instead."""


def check(subject: Subject) -> Iterator[Result]:
    """title_as_prescribed: 国办公开办函〔2021〕30号附件的标题，（机关全称）（年份）年政府信息公开工作年度报告。"""
    report = subject.report
    if not subject.is_judged or report.title is None or report.year is None or subject.is_recognised:
        return
    title = squeeze(report.title)
    code = NO_AGENCY if not _names_agency(subject, title) else FORM if _ODD.search(title) else None
    if code is None:
        yield Passed(rule="title_as_prescribed", code=FORM.code, scope="title")
        return
    agency = report.agency.name or "（机关全称）"
    yield make_finding(
        "title_as_prescribed",
        code,
        subject,
        "title",
        places=at(report.titled[0].place if report.titled else None, "标题", report.title),
        message=code.wording.format(title=inner(title), agency=agency, year=report.year),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
        filed=report.title,
        expected=f"{agency}{report.year}年政府信息公开工作年度报告",
    )


def _names_agency(subject: Subject, title: str) -> bool:
    """In the title, or on a line of its own beside it: a letterhead, or the issuer under the title."""
    report = subject.report
    beside = [line.text for line in report.preamble[:NEAR]] + [left.text for left in report.leftovers[: 2 * NEAR]]
    return title_to_agency(title) is not None or any(is_agency_name(text) for text in beside)


RULE = Rule(
    id="title_as_prescribed",
    title="标题是否规范",
    codes=(NO_AGENCY, FORM),
    law="国办公开办函〔2021〕30号附件：（机关全称）（年份）年政府信息公开工作年度报告。",
    formula="标题含单位名称、年份和“年度报告”；不写作“关于……情况的报告”“年报”“总结”，不重复“年度年度”",
    example="“2021年政府信息公开工作年度报告”“关于2021年度政府信息公开情况的报告”",
    passing="“澄湖县水务局2021年政府信息公开工作年度报告”",
    check=check,
)
