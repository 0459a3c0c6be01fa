"""The report was signed after the year it reports on had ended."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Confidence, Passed, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding
from parsers.rules.signed import date_evidence, day_to_words, is_of_wrong_year

CODE = Code(
    code="EARLY_PUBLICATION",
    severity=Severity.WARNING,
    wording="报告落款日期为{date}，早于统计期限届满，请核实全年数据。",
)
BASIS = "《条例》第四十九条"


def check(subject: Subject) -> Iterator[Result]:
    """signed_after_year: 条例第四十九条，每年1月31日前公布上一年度报告；统计期限至12月31日届满。"""
    report = subject.report
    if not subject.is_judged or not subject.has_known_year or report.signed_on is None:
        return
    if is_of_wrong_year(report.signed_on, report.year):
        return
    if report.signed_on >= f"{report.year}-12-31":
        yield Passed(rule="signed_after_year", code=CODE.code, scope="signature")
        return
    yield make_finding(
        "signed_after_year",
        CODE,
        subject,
        "signature",
        places=date_evidence(subject),
        message=CODE.wording.format(date=day_to_words(report.signed_on)),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
        filed=report.signed_on,
        expected=f"不早于{report.year}-12-31",
    )


RULE = Rule(
    id="signed_after_year",
    title="是否在年度结束后编制",
    codes=(CODE,),
    law="条例第四十九条：县级以上人民政府部门应当在每年1月31日前公布上一年度政府信息公开工作年度报告。",
    formula="落款日期 ≥ 报告年度12月31日；落款为当年1至3月或更早年份的，疑为年份写错，另按年度是否一致核查",
    example="2024年度报告落款2024年12月25日",
    passing="2024年度报告落款2025年1月6日",
    check=check,
)
