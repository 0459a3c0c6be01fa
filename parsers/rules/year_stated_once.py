"""Title, period, signature and text speak of the same year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Evidence, Passed, Severity
from parsers.rules.prose import Prose
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding
from parsers.rules.signed import date_evidence, day_to_words, is_of_wrong_year

CODE = Code(
    code="STALE_YEAR",
    severity=Severity.ERROR,
    wording="报告统计期限写为{period}，与报告年度{year}不符，请更正。",
)
SIGNED = "报告落款日期写为{date}，与报告年度{year}不符，请更正。"
IN_TEXT = "正文“{quote}”的年份与报告年度{year}不符，请核实。"
CARRIED = "正文“{quote}”：{year}年度报告的结转对象应为{next_year}年，请核实。"
BASIS = "DB51/T 2660—2019 第2.1条；国办公开办函〔2021〕30号（四）"

_SUBJECT = re.compile(
    r"(?P<year>20[0-9]{2})年(?:度|全年|以来|全年度)?[,，]?(?:我(?:局|镇|乡|办|委|县|市|区|院|厅|处|中心|单位|街道)"
    r"|本(?:机关|单位|局|级|部门|年度?)|全[市县区镇乡局]?|各(?:级|部门)|共|累计|主动公开|收到|受理|新收|通过)"
)
"""A year as what present data are about: 2022年，我局共公开…"""

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?万?(?:余|多)?(?:条|件|篇|份|次|期|个|项|人次|场|起|宗)")
_OTHERWISE = re.compile(
    r"上年|去年|上一年|前一?年|往年|历年|同期|同比|环比|相比|对比|比20|较|增长|增加|上升|减少|下降|降低|结转|计划|规划|将|下一步"
    r"|目标|要点|方案|办法|意见|通知|整改|反馈|评估|考核|成立|启动|试行|实施|开始|起至|以来|至今|期间|—20|-20|－20|至20|到20|和20|、20"
    r"|〔20|\[20|\(20|（20|报告|截至|截止|底|末|今后|力争|继续"
)
"""What else a sentence may do with another year: compare, carry over, plan, cite."""

_CARRIED = re.compile(r"(?:结转|转结)(?:至|到|下年度?)?(?P<year>20[0-9]{2})年")

WHERE = ("preamble", "overview", "requests", "other")
"""Section five looks back at the problems of earlier years, and ahead."""


def check(subject: Subject) -> Iterator[Result]:
    """year_stated_once: 统计期限为报告年度的1月1日至12月31日（DB51/T 2660—2019 第2.1条）。"""
    report = subject.report
    if not subject.is_judged or not subject.has_known_year:
        return
    found = [*_period(subject), *_signature(subject), *_text(subject)]
    yield from found
    if not found and (report.period or report.signed_on):
        yield Passed(rule="year_stated_once", code=CODE.code, scope="year")


def _period(subject: Subject) -> Iterator[Result]:
    report = subject.report
    if report.period is None or all(date[:4] == str(report.year) for date in report.period.split("/")):
        return
    first, last = report.period.split("/")
    if not (first.endswith("-01-01") or last.endswith("-12-31")):
        return
    period = f"{first}至{last}"
    yield make_finding(
        "year_stated_once",
        CODE,
        subject,
        "period",
        places=_period_evidence(subject, first[:4]),
        message=CODE.wording.format(period=f"{day_to_words(first)}至{day_to_words(last)}", year=report.year),
        basis=BASIS,
        filed=period,
        expected=f"{report.year}-01-01至{report.year}-12-31",
    )


def _period_evidence(subject: Subject, year: str) -> tuple[Evidence, ...]:
    """The first sentence that names the period's year and speaks of dates."""
    for prose in subject.prose:
        for sentence in prose.sentences():
            match = re.search(rf"{year}年0?1月.*?日.*?12月31日|{year}年\d+月.*?\d+日", sentence[0])
            if match:
                start = sentence.start() + match.start()
                return (prose.evidence(start, start + len(match[0])),)
    return at(None, "统计期限", subject.report.period)


def _signature(subject: Subject) -> Iterator[Result]:
    report = subject.report
    if report.signed_on is None or not is_of_wrong_year(report.signed_on, report.year):
        return
    yield make_finding(
        "year_stated_once",
        CODE,
        subject,
        "signature",
        places=date_evidence(subject),
        message=SIGNED.format(date=day_to_words(report.signed_on), year=report.year),
        basis=BASIS,
        filed=report.signed_on,
    )


def _text(subject: Subject) -> Iterator[Result]:
    year = subject.report.year or 0
    for prose in subject.prose:
        if prose.id in WHERE:
            yield from _other_subjects(subject, prose, year)
            yield from _carried_into(subject, prose, year)


def _other_subjects(subject: Subject, prose: Prose, year: int) -> Iterator[Result]:
    """Another year as subject of a sentence's data, where the sentence does nothing else with it."""
    for match in _SUBJECT.finditer(prose.text):
        if int(match["year"]) == year or not _begins(prose, match.start()):
            continue
        sentence = prose.sentence_at(match.start())
        if str(year) not in sentence and _FIGURE.search(sentence) and not _OTHERWISE.search(sentence):
            yield _make(subject, prose, match, IN_TEXT)


def _carried_into(subject: Subject, prose: Prose, year: int) -> Iterator[Result]:
    """A carry-over into the year itself, where no year before it is spoken of."""
    for match in _CARRIED.finditer(prose.text):
        if int(match["year"]) == year and not re.search(
            rf"{year - 1}年|上年|去年|上一年", prose.sentence_at(match.start())
        ):
            yield _make(subject, prose, match, CARRIED)


def _begins(prose: Prose, offset: int) -> bool:
    """Does a sentence or a clause begin here?"""
    return prose.begins_line(offset) or offset == 0 or prose.text[offset - 1] in "。；，、：:,;.）)"


def _make(subject: Subject, prose: Prose, match: re.Match[str], wording: str) -> Result:
    year = subject.report.year or 0
    quote = prose.clause(match.start(), match.end())
    return make_finding(
        "year_stated_once",
        CODE,
        subject,
        f"text.{prose.id}.{match['year']}",
        places=(prose.evidence(match.start(), match.end()),),
        message=wording.format(quote=inner(quote), year=year, next_year=year + 1),
        basis=BASIS,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
    )


RULE = Rule(
    id="year_stated_once",
    title="年度是否前后一致",
    codes=(CODE,),
    law="DB51/T 2660—2019 第2.1条：统计期限为报告年度的1月1日至12月31日。",
    formula="标题年度 = 统计期限年度；落款不早于报告年度4月；正文本年数据的年份 = 报告年度（同比、结转、规划除外）",
    example="2021年度报告写“统计期限自2020年1月1日起至2020年12月31日止”",
    passing="2021年度报告写“2020年结转1件”“比2020年增长5%”，落款2022年1月18日",
    check=check,
)
