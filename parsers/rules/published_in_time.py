"""The report was published by the day that the law sets for its kind of body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.agencies.matching import agency_to_body
from parsers.model.finding import Attribution, Confidence, Evidence, Passed, Severity, Verdict
from parsers.model.pack import BUILT_IN_PACK, Deadlines
from parsers.model.value import Value
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding
from parsers.rules.signed import date_evidence, day_to_words

CODE = Code(
    code="LATE_PUBLICATION",
    severity=Severity.ERROR,
    wording="贵单位{year}年度报告{of}日期为{date}，晚于《条例》第四十九条规定的{deadline}，请说明原因。",
)
TOWNSHIP = "贵单位{year}年度报告{of}日期为{date}，晚于{deadline}（《条例》第四十九条），请核实。"
DOUBT = "{year}年度报告{of}日期为{date}，晚于政府部门的期限{deadline}；单位类别不明，请人工核对。"
LOCAL = "贵单位{year}年度报告{of}日期为{date}，晚于{by}规定的{deadline}，请核实并说明原因。"
BASIS = "条例第四十九条"

LAW = BUILT_IN_PACK.deadlines
"""The last days that the law sets; an area may ask for earlier ones by its rule pack."""


_OF_SYSTEM = re.compile(r"系统|关区|(?<!各)(?<!等)部门(?=20\d\d年)|(?:全[国省市])(?:税务|海关|气象)")
"""What an office reports for its whole line, out of its offices' reports: the law sets it no earlier day."""


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
    deadline = _deadline(LAW, subject, dated, year)
    local = min(deadline, _deadline(subject.judge.pack.deadlines, subject, dated, year))
    if dated.day > deadline:
        yield _finding(subject, dated, year, deadline)
    elif dated.day > local:
        yield _local_finding(subject, dated, year, local)
    elif dated.day > f"{year}-12-31":
        yield Passed(rule="published_in_time", code=CODE.code, scope="signature")


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


def _deadline(deadlines: Deadlines, subject: Subject, dated: Dated, year: int) -> str:
    """What is late for everybody is late by the latest day, whatever the body is."""
    late = f"{year + 1}-{deadlines.government}"
    kind = subject.report.agency.kind
    is_of_system = _OF_SYSTEM.search(subject.report.title or "")
    if kind == "government" or is_of_system or (kind is None and dated.day > late):
        return late
    return f"{year + 1}-{deadlines.township if kind == 'township' else deadlines.department}"


def _finding(subject: Subject, dated: Dated, year: int, deadline: str) -> Result:
    """An error; a warning for townships, which the law does not name; undetermined where kind or year is in doubt."""
    kind = subject.report.agency.kind
    is_doubtful = kind is None and deadline.endswith(LAW.department)
    is_of_later_year = dated.day[:4] > str(year + 1)  # published anew, or the year is a slip
    return _late(
        subject,
        dated,
        deadline,
        message=_worded(
            DOUBT if is_doubtful else TOWNSHIP if kind == "township" else CODE.wording, dated, year, deadline
        ),
        basis=BASIS,
        severity=Severity.WARNING if kind == "township" else None,
        is_sure=not is_doubtful and not is_of_later_year,
    )


def _local_finding(subject: Subject, dated: Dated, year: int, deadline: str) -> Result:
    """In time by the law, late by what the area asks for: a warning, by the area's own document."""
    by = subject.judge.pack.basis or subject.judge.pack.name
    return _late(
        subject,
        dated,
        deadline,
        message=_worded(LOCAL, dated, year, deadline, by=by),
        basis=by,
        severity=Severity.WARNING,
        is_sure=subject.report.agency.kind is not None,
    )


def _worded(wording: str, dated: Dated, year: int, deadline: str, by: str = "") -> str:
    date, last = day_to_words(dated.day), day_to_words(deadline)
    return wording.format(year=year, of=dated.of, date=date, deadline=last, by=by)


def _late(  # noqa: PLR0913 - all but three are named
    subject: Subject,
    dated: Dated,
    deadline: str,
    *,
    message: str,
    basis: str,
    severity: Severity | None,
    is_sure: bool,
) -> Result:
    return make_finding(
        "published_in_time",
        CODE,
        subject,
        "publication",
        places=dated.places,
        message=message,
        basis=basis,
        severity=severity,
        verdict=Verdict.VIOLATED if is_sure else Verdict.UNDETERMINED,
        confidence=Confidence.HIGH if is_sure else Confidence.LOW,
        attribution=Attribution.FILED if is_sure else Attribution.UNCLEAR,
        filed=dated.day,
        expected=f"不晚于{deadline}",
    )


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
