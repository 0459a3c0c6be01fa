"""The report says which days its figures cover."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Attribution, Confidence, Evidence, Passed, Severity
from parsers.model.report import SectionStatus
from parsers.rules.rule import TRUNCATED, Code, Result, Rule, Subject, at, inner, make_finding

UNCLEAR = Code(
    code="PERIOD_UNCLEAR",
    severity=Severity.WARNING,
    wording="报告数据统计期限应为{year}年1月1日至12月31日，“{quote}”表述不清，请核实后写明。",
)
NOT_STATED = Code(
    code="PERIOD_NOT_STATED",
    severity=Severity.INFO,
    wording="报告未写明数据统计期限，建议写明“{year}年1月1日至12月31日”。",
)
BASIS = "DB51/T 2660—2019 第2.1条"

_STATED = re.compile(
    r"0?1月0?1日.{0,12}?12月31日|统计(?:的?数据)?(?:期限|时限|时间|周期|区间|时段|截止|截至|口径)|(?:期限|时限)(?:为|是|自|从)"
    r"|(?:截止|截至|止于|到)[^。，；]{0,8}12月(?:31日|底)"
)
"""The period in words, or a cut-off at the year's end."""

_VAGUE = re.compile(r"今年以来|(?:截止|截至|到|直到|迄至)(?:到)?目前(?:为止)?|截至发稿|迄今(?:为止)?")
_FIGURE = re.compile(r"[0-9]+(?:余|多)?(?:万?条|万?件|篇|份|次|期|个|项|人次|场|起|宗)")
WHERE = ("preamble", "overview", "requests", "other")


def check(subject: Subject) -> Iterator[Result]:
    """period_stated: 统计期限为报告年度的1月1日至12月31日（DB51/T 2660—2019 第2.1条）。"""
    report = subject.report
    if not subject.is_judged or report.year is None or _is_unseen(subject):
        return
    if report.period or any(_STATED.search(prose.text) for prose in subject.prose):
        yield Passed(rule="period_stated", code=NOT_STATED.code, scope="period")
        return
    places = vague_places(subject)
    code = UNCLEAR if places else NOT_STATED
    root = TRUNCATED if "section.overview" in subject.lost else None
    quotes = dict.fromkeys(inner(evidence.raw or "") for evidence in places)
    yield make_finding(
        "period_stated",
        code,
        subject,
        "period",
        places=places or at(report.sections["overview"].place, "一、总体情况"),
        message=code.wording.format(year=report.year, quote="”“".join(quotes)),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
        attribution=Attribution.EXTRACTION if root else Attribution.FILED,
        root_cause=root,
    )


def _is_unseen(subject: Subject) -> bool:
    """Without section one nothing tells where the period would stand."""
    return subject.report.sections["overview"].status is not SectionStatus.PRESENT or not subject.report.titled


def vague_places(subject: Subject) -> tuple[Evidence, ...]:
    """Words that leave the last day open, if a figure hangs on some of them; then all of them."""
    found = [
        (prose.evidence(sentence.start() + vague.start(), sentence.start() + vague.end()), _FIGURE.search(sentence[0]))
        for prose in subject.prose
        if prose.id in WHERE
        for sentence in prose.sentences()
        for vague in _VAGUE.finditer(sentence[0])
    ]
    return tuple(evidence for evidence, _ in found) if any(figure for _, figure in found) else ()


RULE = Rule(
    id="period_stated",
    title="是否写明统计期限",
    codes=(UNCLEAR, NOT_STATED),
    law="DB51/T 2660—2019 第2.1条：统计期限为报告年度的1月1日至12月31日。",
    formula="全文有“1月1日至12月31日”“统计期限”等表述；没有而数据前写“今年以来”“截止目前”的，表述不清",
    example="全文未写统计期限，正文称“截止目前，共发布信息555条”",
    passing="“所列数据的统计期限自2023年1月1日起至2023年12月31日止”",
    check=check,
)
