"""Name and date stand under the report, the name first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Passed, Severity
from parsers.model.report import SectionStatus
from parsers.model.source import Kind
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding
from parsers.rules.signed import date_line

MISSING = Code(
    code="SIGNATURE_MISSING",
    severity=Severity.INFO,
    wording="报告末尾没有落款，建议署单位全称和成文日期。",
)
ORDER = Code(
    code="SIGNATURE_ORDER",
    severity=Severity.INFO,
    wording="落款日期在署名之前，建议署名在前、日期在后。",
)
BASIS = "GB/T 9704—2012 第7.3.5条"
WEB = (Kind.HTML, Kind.MHTML)

_SITE = re.compile(r"来源[:：]|发布(?:时间|日期|机构)|当前位置|字号|浏览(?:次数|量)|索引号|信息分类")
"""What a page prints around a report, also where it was copied as text."""

BOTH = 2
"""A signature of name and date has two lines."""


def check(subject: Subject) -> Iterator[Result]:
    """signature_complete: 公文格式（GB/T 9704—2012），成文日期署在发文机关署名之下。"""
    report = subject.report
    last = report.sections["other"]
    if not subject.is_judged or last.status is not SectionStatus.PRESENT or subject.is_flattened:
        return
    date, is_named = date_line(subject), len(report.signature) >= BOTH
    if not report.signature and report.signed_on is None:
        if not subject.gaps and not _is_web_page(subject) and not _ends_in_name(last.text, report.agency.as_written):
            yield _make(subject, MISSING)
    elif is_named and date is not None and report.signature[0] == date:
        yield _make(subject, ORDER)
    elif is_named:
        yield Passed(rule="signature_complete", code=ORDER.code, scope="signature")


def _is_web_page(subject: Subject) -> bool:
    """A site prints issuer and date beside the title, and mostly nothing under the report."""
    report = subject.report
    beside = [*(line.text for line in report.preamble), *(left.text for left in report.leftovers)]
    return report.source.kind in WEB or any(_SITE.search(text) for text in beside)


def _ends_in_name(text: str, names: tuple[str, ...]) -> bool:
    """The signature may have been joined to the last paragraph."""
    end = "".join(text.split())[-40:]
    return "年" in end[-12:] or any(name in end for name in names)


def _make(subject: Subject, code: Code) -> Result:
    lines, last = subject.report.signature, subject.report.sections["other"]
    raw = "".join(line.text for line in lines) or None
    place = lines[0].place if lines else last.places[-1] if last.places else last.place
    return make_finding(
        "signature_complete",
        code,
        subject,
        "signature",
        places=at(place, "落款", raw),
        message=code.wording,
        basis=BASIS,
        confidence=Confidence.MEDIUM,
    )


RULE = Rule(
    id="signature_complete",
    title="落款是否完整",
    codes=(MISSING, ORDER),
    law="GB/T 9704—2012 第7.3.5条：发文机关署名和成文日期；成文日期在署名之下。",
    formula="第六部分之后有署名和日期，署名在前",
    example="末尾先写“2024年1月20日”，下一行写单位名称",
    passing="末尾先写单位名称，下一行写“2024年1月20日”",
    check=check,
)
