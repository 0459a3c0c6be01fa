"""The report was published by the day that the law sets for its kind of body."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.agencies.matching import agency_to_body
from parsers.model.finding import Attribution, Confidence, Evidence, Passed, Severity, Verdict
from parsers.model.value import Value
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding
from parsers.rules.signed import date_evidence

CODE = Code(
    code="LATE_PUBLICATION",
    severity=Severity.ERROR,
    wording="贵单位{year}年度报告{of}日期为{date}，晚于《条例》第四十九条规定的{deadline}，请说明原因。",
)
TOWNSHIP = "贵单位{year}年度报告{of}日期为{date}，晚于{deadline}（《条例》第四十九条），请核实。"
DOUBT = "{year}年度报告{of}日期为{date}，晚于政府部门的期限{deadline}；单位类别不明，请人工核对。"
BASIS = "条例第四十九条"

DEPARTMENTS = "01-31"
GOVERNMENTS = "03-31"
"""The last days, of departments and of governments that report for their whole area."""


class Dated(Value):
    """A day (ISO) on which the report was published or signed, as it is called, and where it is told."""

    day: str
    of: str
    places: tuple[Evidence, ...]


def check(subject: Subject) -> Iterator[Result]:
    """published_in_time: 条例第四十九条，部门每年1月31日前、政府3月31日前公布上一年度报告。"""
    dated = _dated(subject)
    year = subject.report.year
    if not subject.is_judged or not subject.has_known_year or dated is None or year is None:
        return
    deadline = _deadline(subject, dated, year)
    if dated.day <= deadline:
        if dated.day > f"{year}-12-31":
            yield Passed(rule="published_in_time", code=CODE.code, scope="signature")
        return
    yield _finding(subject, dated, year, deadline)


def _dated(subject: Subject) -> Dated | None:
    """The roster's day of publication for this year's report, else the day of the signature."""
    report, roster = subject.report, subject.judge.roster
    body = agency_to_body(roster, report.agency) if roster else None
    days = [day for day in (body.published if body else ()) if report.year and day[:4] == str(report.year + 1)]
    if days:
        place = report.titled[0].place if report.titled else None
        return Dated(day=days[0], of="发布", places=at(place, "名册所列发布日期", days[0]))
    if report.signed_on is None:
        return None
    return Dated(day=report.signed_on, of="落款", places=date_evidence(subject))


def _deadline(subject: Subject, dated: Dated, year: int) -> str:
    """What is late for everybody is late by the later day, whatever the body is."""
    late = f"{year + 1}-{GOVERNMENTS}"
    kind = subject.report.agency.kind
    return late if kind == "government" or (kind is None and dated.day > late) else f"{year + 1}-{DEPARTMENTS}"


def _finding(subject: Subject, dated: Dated, year: int, deadline: str) -> Result:
    """An error; a warning for townships, which the law does not name; undetermined where kind or year is in doubt."""
    kind = subject.report.agency.kind
    is_doubtful = kind is None and deadline.endswith(DEPARTMENTS)
    is_of_later_year = dated.day[:4] > str(year + 1)  # published anew, or the year is a slip
    wording = DOUBT if is_doubtful else TOWNSHIP if kind == "township" else CODE.wording
    told = {"year": year, "of": dated.of, "date": _in_words(dated.day), "deadline": _in_words(deadline)}
    is_sure = not is_doubtful and not is_of_later_year
    return make_finding(
        "published_in_time",
        CODE,
        subject,
        "publication",
        places=dated.places,
        message=wording.format(**told),
        basis=BASIS,
        severity=Severity.WARNING if kind == "township" else None,
        verdict=Verdict.VIOLATED if is_sure else Verdict.UNDETERMINED,
        confidence=Confidence.HIGH if is_sure else Confidence.LOW,
        attribution=Attribution.FILED if is_sure else Attribution.UNCLEAR,
        filed=dated.day,
        expected=f"不晚于{deadline}",
    )


def _in_words(day: str) -> str:
    """`2024-01-31` → 2024年1月31日."""
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


RULE = Rule(
    id="published_in_time",
    title="是否按期公布",
    codes=(CODE,),
    law="条例第四十九条：县级以上人民政府部门应当在每年1月31日前公布上一年度政府信息公开工作年度报告；"
    "县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前公布本级政府上一年度报告。",
    formula="落款日期（名册载有发布日期的，按发布日期）≤ 次年1月31日（本级政府的报告为3月31日）；"
    "乡镇、街道逾期的提示核实；单位类别不明的，3月31日以后才判为逾期",
    example="某县财政局2024年度报告落款2025年2月6日",
    passing="某县人民政府2024年度报告（全县汇总）落款2025年3月20日",
    check=check,
)
